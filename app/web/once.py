"""A form that is sent twice (a second click, a slow line) is done once.

A page holds a fresh key (macro `once` of components/form.html). The same person sending the same content
with the same key is sent where the first went. Other content under the key is another wish: somebody
went back and changed the form.
"""

import hashlib
from collections.abc import Callable

from flask import Flask, request

from app.core.idempotency import Answer, Question, answer_once
from app.core.tokens import new_token

FIELD = "once"
NOT_CONTENT = frozenset({"csrf_token", "password"})
SEE_OTHER = 303


def do_once(user_id: int, work: Callable[[], str]) -> str:
    """Do the work that this form asks for, in one transaction; the path to go to afterwards.

    A refusal is not kept: nothing was done, and it may be tried again.
    """
    return answer_once(question_of(user_id), lambda: Answer(SEE_OTHER, work())).body


def question_of(user_id: int) -> Question:
    """What makes two sendings of a form the same: who, where, the key and the content."""
    content = sorted(
        (name, value) for name, value in request.form.items(multi=True) if name not in NOT_CONTENT
    )
    digest = hashlib.sha256(repr((request.path, content)).encode()).hexdigest()
    return Question(user_id, f"form:{digest}", digest)


def key() -> str:
    """The key of the form being shown: a new one, or that of the form that came back with a fault."""
    return request.form.get(FIELD) or new_token()


def register(app: Flask) -> None:
    app.jinja_env.globals["once_key"] = key
