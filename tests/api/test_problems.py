"""Everything that goes wrong below /api is told as an RFC 9457 document, quickly."""

import json
import time
from collections.abc import Iterator

import pytest
from flask import Flask

from app.api import problems
from app.core.db import DatabaseAway
from app.core.errors import (
    Busy,
    DomainError,
    Forbidden,
    InvalidInput,
    MayHaveHappened,
    NotFound,
    TooMany,
    WrongState,
)
from tests.api.caller import Caller, problem, wrong_fields
from tests.api.conftest import As
from tests.cast import Cast

CHECK = "/bookings/check"


@pytest.fixture
def booker(as_: As, cast: Cast) -> Caller:
    return as_(cast.booker)


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_an_unknown_address(anybody: Caller, method: str) -> None:
    for path in ("/api/", "/api/nothing", "/api/v1", "/api/v1/", "/api/v1/nothing", "/api/v2/me"):
        problem(anybody.app.test_client().open(path, method=method), 404, "not-found")


def test_a_method_that_an_address_does_not_take(anybody: Caller) -> None:
    answer = anybody.send("DELETE", "/me")

    problem(answer, 405, "method-not-allowed")
    assert "GET" in answer.headers["Allow"]


def test_the_type_leads_to_an_explanation(anybody: Caller) -> None:
    assert anybody.get("/me").json["type"] == "http://127.0.0.1:5000/api/v1/docs#unauthorized"


BODIES = {
    "cut off": b'{"mode": "self"',
    "a key twice": b'{"mode": "self", "mode": "samples"}',
    "NaN": b'{"quantity": NaN}',
    "infinity": b'{"quantity": -Infinity}',
    "too deep": b"[" * 10_000 + b"]" * 10_000,
    "deep": b'{"a":' * 30 + b"1" + b"}" * 30,
    "not UTF-8": b'{"note": "\xff\xfe"}',
    "a huge number": b'{"quantity": ' + b"9" * 5000 + b"}",
    "two values": b"{} {}",
}


def test_what_is_no_proper_json_is_refused_quickly(booker: Caller) -> None:
    for name, body in BODIES.items():
        begun = time.perf_counter()
        answer = booker.send("POST", CHECK, data=body, content_type="application/json")

        assert answer.status_code == 400, name
        problem(answer, 400, "malformed-json")
        assert time.perf_counter() - begun < 1, name


def test_ten_megabytes_are_too_large(booker: Caller) -> None:
    body = json.dumps({"note": "x" * 10_000_000})

    problem(booker.send("POST", CHECK, data=body, content_type="application/json"), 413, "too-large")


def test_a_form_is_no_json(booker: Caller) -> None:
    problem(booker.send("POST", CHECK, data={"mode": "self"}), 415, "unsupported-media-type")


def test_the_body_is_an_object(booker: Caller) -> None:
    for body in ([], "text", 5, None, True):
        answer = booker.send("POST", CHECK, data=json.dumps(body), content_type="application/json")
        assert wrong_fields(answer) == {"": "wrong_type"}, body


def test_an_unknown_parameter_is_told(booker: Caller) -> None:
    assert wrong_fields(booker.get("/labs?password__like=a&limit=2")) == {"password__like": "unknown"}
    assert wrong_fields(booker.get("/me?include=everything")) == {"include": "unknown"}


def test_a_parameter_given_twice_is_told(booker: Caller) -> None:
    assert wrong_fields(booker.get("/labs?limit=2&limit=3")) == {"limit": "repeated"}


def test_a_limit_has_limits(booker: Caller) -> None:
    for limit in ("0", "201", "-1", "1.5", "many", "٣", "9" * 400):
        assert list(wrong_fields(booker.get(f"/labs?limit={limit}"))) == ["limit"], limit


@pytest.fixture
def failing(app: Flask) -> Iterator[list[Exception]]:
    """An address below the API that raises what the test puts in the list."""
    raised: list[Exception] = []

    def fail() -> None:
        raise raised[0]

    original = app.view_functions["me.show_me"]
    app.view_functions["me.show_me"] = fail
    yield raised
    app.view_functions["me.show_me"] = original


STATUSES: list[tuple[DomainError, int, str]] = [
    (NotFound(), 404, "not-found"),
    (Forbidden(), 403, "forbidden"),
    (Forbidden("four-eyes"), 403, "four-eyes"),
    (WrongState(state="declined"), 409, "wrong-state"),
    (InvalidInput(("name", "required")), 422, "invalid"),
    (TooMany(30), 429, "too-many"),
    (Busy(), 503, "busy"),
    (MayHaveHappened(), 503, "may-have-happened"),
    (DomainError("something-new"), 409, "something-new"),
]


def test_each_fact_has_its_status(app: Flask, failing: list[Exception]) -> None:
    for error, status, code in STATUSES:
        failing[:] = [error]
        answer = app.test_client().get("/api/v1/me")
        problem(answer, status, code)
        assert answer.headers.get("Retry-After") == {"too-many": "30", "busy": "2"}.get(code)


def test_a_mistake_of_ours_says_nothing_of_its_inside(
    app: Flask, failing: list[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    failing.append(RuntimeError("the secret is 42"))
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)

    answer = app.test_client().get("/api/v1/me")

    problem(answer, 500, "internal")
    assert "42" not in answer.text


def test_a_database_that_is_away_is_no_page(app: Flask, failing: list[Exception]) -> None:
    failing.append(DatabaseAway("SELECT 1", {}, Exception("server closed the connection")))

    problem(app.test_client().get("/api/v1/me"), 503, "busy")


def test_every_known_fact_is_told_in_words(app: Flask) -> None:
    for fact in problems.FACTS.values():
        assert 400 <= fact.status < 600
        assert str(fact.title).endswith(".")
