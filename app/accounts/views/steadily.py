"""Answering so that the clock tells a stranger nothing.

A form that mails a link to an address does more work when the address has an account. All its answers
are given after the same while, which is longer than that work takes.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import request

P = ParamSpec("P")
T = TypeVar("T")

WHILE_SECONDS = 0.4


def steadily(view: Callable[P, T]) -> Callable[P, T]:
    """Whatever is sent to this view is answered no earlier than a while after it came."""

    @wraps(view)
    def waiting(*args: P.args, **kwargs: P.kwargs) -> T:
        began = time.monotonic()
        answer = view(*args, **kwargs)
        if request.method == "POST":
            time.sleep(max(0.0, began + WHILE_SECONDS - time.monotonic()))
        return answer

    return waiting
