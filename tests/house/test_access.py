"""Every endpoint says who may reach it."""

from collections.abc import Callable, Iterator

import pytest
from flask import Blueprint, Flask

from app.web import access

NEED_NO_WORD = frozenset({"static"})
"""Served by Flask itself: files that lie in a public folder."""


def undeclared(app: Flask) -> Iterator[str]:
    """Endpoints that forgot to say who may reach them."""
    for name, view in app.view_functions.items():
        if name not in NEED_NO_WORD and not access.declared(view):
            yield name


def test_every_endpoint_declares_its_access(app: Flask) -> None:
    assert list(undeclared(app)) == []


def test_an_endpoint_without_a_word_would_be_found(make_app: Callable[[], Flask]) -> None:
    app = make_app()
    planted = Blueprint("planted", __name__)
    planted.add_url_rule("/bare", "bare", lambda: "")
    planted.add_url_rule("/open", "open", access.public(lambda: ""))
    planted.add_url_rule("/in", "in", access.signed_in(lambda: ""))
    app.register_blueprint(planted)

    assert list(undeclared(app)) == ["planted.bare"]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_what_asks_for_a_person_lets_nobody_else_in(app: Flask, method: str) -> None:
    """The words are true: to somebody who did not sign in, no guarded endpoint gives anything."""
    let_in = []
    addresses = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        word = access.declared(app.view_functions[rule.endpoint])
        if word == "public" or rule.endpoint in NEED_NO_WORD or method not in (rule.methods or ()):
            continue
        path = addresses.build(rule.endpoint, dict.fromkeys(rule.arguments, 1), method=method)
        answer = app.test_client().open(path, method=method)
        if answer.status_code < 300 or answer.status_code >= 500:
            let_in.append(f"{method} {path} ({word}): {answer.status}")

    assert let_in == []
