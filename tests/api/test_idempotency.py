"""An Idempotency-Key: the same request again gets the same answer and does nothing again."""

import base64
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.api import idempotency
from app.booking.models import Booking
from app.core import clock
from app.core.errors import Busy
from app.core.idempotency import IdempotentAnswer, purge_answers
from app.extensions import db
from tests.api.caller import Caller, problem, token_of
from tests.api.conftest import As
from tests.api.wishes import wish
from tests.cast import NOW, Cast
from tests.databases import both_databases

AtOnce = Callable[[int, str, dict[str, Any]], list[tuple[int, bytes]]]


@pytest.fixture
def booker(as_: As, cast: Cast) -> Caller:
    return as_(cast.booker)


def test_the_same_request_is_done_once(booker: Caller, cast: Cast) -> None:
    first = booker.post("/bookings", wish(cast.stations), key="a")
    again = booker.post("/bookings", wish(cast.stations), key="a")

    assert (first.status_code, again.status_code) == (201, 201)
    assert again.data == first.data
    assert again.headers["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first.headers
    assert db.session.query(Booking).count() == 1


def test_the_body_is_compared_as_a_value(booker: Caller, cast: Cast) -> None:
    body = wish(cast.stations)
    first = booker.post("/bookings", body, key="a").json

    assert booker.post("/bookings", dict(reversed(body.items())), key="a").json == first


def test_another_key_is_another_request(booker: Caller, cast: Cast) -> None:
    first = booker.post("/bookings", wish(cast.stations), key="a").json["reference"]

    assert booker.post("/bookings", wish(cast.stations), key="b").json["reference"] != first


def test_a_key_belongs_to_one_request(booker: Caller, cast: Cast) -> None:
    reference = booker.post("/bookings", wish(cast.stations), key="a").json["reference"]

    problem(booker.post("/bookings", wish(cast.stations, hours=3), key="a"), 422, "idempotency-mismatch")
    problem(booker.post("/bookings/check", wish(cast.stations), key="a"), 422, "idempotency-mismatch")
    problem(booker.post(f"/bookings/{reference}/cancel", {}, key="a"), 422, "idempotency-mismatch")
    assert db.session.query(Booking).count() == 1


def test_a_key_belongs_to_one_person(booker: Caller, as_: As, cast: Cast) -> None:
    mine = booker.post("/bookings", wish(cast.stations), key="a").json["reference"]
    theirs = as_(cast.rival).post("/bookings", wish(cast.stations), key="a").json["reference"]

    assert mine != theirs


def test_a_refused_time_stays_refused(booker: Caller, as_: As, cast: Cast) -> None:
    rival = as_(cast.rival)
    taken = rival.post("/bookings", wish(cast.raman)).json["reference"]
    first = booker.post("/bookings", wish(cast.raman), key="a")
    problem(first, 409, "slot-taken")

    rival.post(f"/bookings/{taken}/cancel")

    assert booker.post("/bookings", wish(cast.raman), key="a").data == first.data
    assert booker.post("/bookings", wish(cast.raman), key="b").status_code == 201


@pytest.mark.parametrize("body", [{}, {"purpose": 1}])
def test_what_was_not_understood_is_kept(booker: Caller, cast: Cast, body: dict[str, object]) -> None:
    first = booker.post("/bookings", body, key="a")
    problem(first, 422, "invalid")

    assert booker.post("/bookings", body, key="a").data == first.data
    problem(booker.post("/bookings", wish(cast.raman), key="a"), 422, "idempotency-mismatch")


def test_what_was_not_found_is_not_kept(booker: Caller, cast: Cast) -> None:
    problem(booker.post("/bookings/KG-NONE/cancel", {}, key="a"), 404, "not-found")

    assert booker.post("/bookings", wish(cast.raman), key="a").status_code == 201


def test_a_failure_of_ours_is_not_kept_and_leaves_nothing(
    app: Flask, booker: Caller, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object) -> None:
        raise Busy

    with monkeypatch.context() as broken:
        broken.setattr(idempotency, "keep_answer", busy)
        problem(booker.post("/bookings", wish(cast.stations), key="a"), 503, "busy")
    assert db.session.query(Booking).count() == 0
    assert db.session.query(IdempotentAnswer).count() == 0

    assert booker.post("/bookings", wish(cast.stations), key="a").status_code == 201


def test_what_is_kept_tells_no_secret(booker: Caller) -> None:
    made = booker.post("/feeds", {"scope": "mine"}, key="a")
    (kept,) = db.session.query(IdempotentAnswer).all()

    secret = made.json["url"].rpartition("/")[2].removesuffix(".ics")
    assert secret not in kept.body
    assert secret not in base64.b64decode(kept.body).decode("latin-1")
    assert booker.post("/feeds", {"scope": "mine"}, key="a").data == made.data


def test_after_a_change_of_the_servers_key_nothing_is_done_twice(
    booker: Caller, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    booker.post("/bookings", wish(cast.stations), key="a")
    monkeypatch.setitem(booker.app.config, "SECRET_KEY", "another key of at least thirty-two bytes")

    problem(booker.post("/bookings", wish(cast.stations), key="a"), 422, "idempotency-mismatch")
    assert db.session.query(Booking).count() == 1


def test_an_answer_is_owed_for_a_day(booker: Caller, cast: Cast) -> None:
    first = booker.post("/bookings/check", wish(cast.raman), key="a")
    with clock.frozen(NOW + timedelta(hours=24) - timedelta(seconds=1)):
        assert booker.post("/bookings/check", wish(cast.raman), key="a").data == first.data
    with clock.frozen(NOW + timedelta(hours=24)):
        later = booker.post("/bookings/check", wish(cast.raman), key="a")
    assert later.json["allowed"] is False
    assert later.data != first.data


def test_old_answers_are_forgotten(booker: Caller, cast: Cast) -> None:
    booker.post("/bookings/check", wish(cast.raman), key="a")
    with clock.frozen(NOW + timedelta(hours=1)):
        booker.post("/bookings/check", wish(cast.raman), key="b")

    with clock.frozen(NOW + timedelta(hours=24)):
        assert purge_answers() == 1
    assert [answer.key for answer in db.session.query(IdempotentAnswer)] == ["b"]


@pytest.mark.parametrize("key", ["", "x" * 201, "clé", "a\tb"])
def test_an_unusable_key_is_told(booker: Caller, cast: Cast, key: str) -> None:
    answer = booker.post(
        "/bookings/check",
        wish(cast.raman),
        key=key,
    )

    assert [error["field"] for error in problem(answer, 422, "invalid")["errors"]] == ["Idempotency-Key"]


@both_databases
def test_twenty_equal_requests_at_once_make_one_booking(at_once: AtOnce, cast: Cast) -> None:
    answers = at_once(20, token_of(cast.booker), wish(cast.stations))

    assert {status for status, _ in answers} == {201}
    assert len({data for _, data in answers}) == 1
    assert db.session.query(Booking).count() == 1


@both_databases
def test_twenty_equal_refusals_are_equal(at_once: AtOnce, as_: As, cast: Cast) -> None:
    as_(cast.rival).post("/bookings", wish(cast.raman))

    answers = at_once(20, token_of(cast.booker), wish(cast.raman))

    assert {status for status, _ in answers} == {409}
    assert len({data for _, data in answers}) == 1
    assert db.session.query(IdempotentAnswer).count() == 1


@pytest.fixture
def at_once(app: Flask) -> AtOnce:
    """Ask for a booking from so many threads at the same moment, under one key: statuses and bodies."""

    def ask(count: int, token: str, body: dict[str, Any]) -> list[tuple[int, bytes]]:
        db.session.rollback()
        barrier = threading.Barrier(count)
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": "a"}

        def one(_: int) -> tuple[int, bytes]:
            client = FlaskClient(app, app.response_class, use_cookies=False)
            barrier.wait()
            answer = client.post("/api/v1/bookings", json=body, headers=headers)
            return answer.status_code, answer.data

        with ThreadPoolExecutor(count) as threads:
            return list(threads.map(one, range(count)))

    return ask
