"""Answering so that the clock tells a stranger nothing.

What mails a link to an address does other work when the address has an account. Once it is done, the
answer is given after the same while in every case, which is longer than that work takes. A refusal is
given at once, or a few strangers with faulty forms could hold every thread of the server: so whoever
refuses must do it before anything depends on whether the address is known.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

WHILE_SECONDS = 0.4


def steadily(deed: Callable[P, T]) -> Callable[P, T]:
    """The deed, done no earlier than a while after it began; what it raises is raised at once."""

    @wraps(deed)
    def waiting(*args: P.args, **kwargs: P.kwargs) -> T:
        began = time.monotonic()
        done = deed(*args, **kwargs)
        time.sleep(max(0.0, began + WHILE_SECONDS - time.monotonic()))
        return done

    return waiting
