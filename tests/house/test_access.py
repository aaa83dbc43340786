"""Every endpoint says who may reach it."""

from collections.abc import Callable, Iterator

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
