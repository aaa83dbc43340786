"""Every answer, of whatever kind, carries the headers that keep a browser out of trouble."""

from collections.abc import Callable

import pytest
from flask import Flask

from app.web.headers import HEADERS
from tests.visitor import Visitor

EVERY_KIND = {
    "a page": "/",
    "a page that is not there": "/nowhere",
    "a file": "/assets/any/favicon.svg",
    "the API": "/api/v1/labs",
    "a mistake": "/planted/mistake",
    "too large": "/planted/status/413",
}


@pytest.mark.parametrize("path", EVERY_KIND.values(), ids=EVERY_KIND.keys())
def test_every_answer_has_them(visitor: Visitor, path: str) -> None:
    with visitor.get(path) as answer:
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


def test_the_policy_lets_nothing_in_that_is_written_into_a_page(visitor: Visitor) -> None:
    policy = dict(
        rule.strip().split(" ", 1) for rule in visitor.get("/").headers["Content-Security-Policy"].split(";")
    )
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert policy["form-action"] == "'self'"


def test_pages_are_kept_by_nobody_but_a_view_may_say_otherwise(visitor: Visitor) -> None:
    assert visitor.get("/").headers["Cache-Control"] == "no-store"
    assert visitor.get("/planted/public").headers["Cache-Control"] == "public, max-age=60"


@pytest.mark.parametrize(
    ("address", "promise"),
    [
        ("http://127.0.0.1:5000", None),
        ("https://kargah.example.edu", "max-age=31536000; includeSubDomains"),
    ],
)
def test_only_a_site_on_https_promises_to_stay_there(
    make_app: Callable[..., Flask], address: str, promise: str | None
) -> None:
    app = make_app(PUBLIC_URL=address)
    with app.app_context():
        assert app.test_client().get("/").headers.get("Strict-Transport-Security") == promise
