"""Recurrence in, dates out: checked, asked for, refused by name, answered and added."""

from datetime import timedelta
from typing import Any

import pytest

from app.booking.models import Booking
from app.extensions import db
from tests.api.caller import Caller, problem, wrong_fields
from tests.api.conftest import As
from tests.api.wishes import TOMORROW, wish
from tests.cast import Cast

WEEK = timedelta(days=7)


@pytest.fixture
def booker(as_: As, cast: Cast) -> Caller:
    return as_(cast.booker)


def weekly(count: int, **more: Any) -> dict[str, Any]:
    return {"recurrence": {"rrule": f"FREQ=WEEKLY;COUNT={count}", **more}}


def written(instant: Any) -> str:
    return f"{instant:%Y-%m-%dT%H:%M:%SZ}"


def test_a_series_is_answered_with_its_dates(booker: Caller, cast: Cast) -> None:
    left_out = [str((TOMORROW + WEEK).date()), (TOMORROW + 2 * WEEK).isoformat()]
    answer = booker.post("/bookings", wish(cast.raman, **weekly(4, exdates=left_out)))
    assert answer.status_code == 201
    assert [one["starts_at"] for one in answer.json["occurrences"]] == [
        written(TOMORROW),
        written(TOMORROW + 3 * WEEK),
    ]
    assert answer.json["recurrence"]["rrule"] == "FREQ=WEEKLY;COUNT=4"
    assert answer.json["skipped"] == []
    assert booker.get(f"/bookings/{answer.json['reference']}").json == answer.json


def test_a_dry_run_says_it_date_by_date(booker: Caller, as_: As, cast: Cast) -> None:
    as_(cast.rival).post("/bookings", wish(cast.raman, start=TOMORROW + WEEK))
    answer = booker.post("/bookings/check", wish(cast.raman, **weekly(3)))
    assert answer.json["allowed"] is False
    assert [one["allowed"] for one in answer.json["occurrences"]] == [True, False, True]
    (conflict,) = answer.json["occurrences"][1]["conflicts"]
    assert (conflict["kind"], conflict["free"]) == ("booking", 0)
    assert "Rival" not in answer.text
    assert db.session.query(Booking).count() == 1


def test_a_refusal_names_the_dates(booker: Caller, as_: As, cast: Cast) -> None:
    as_(cast.rival).post("/bookings", wish(cast.raman, start=TOMORROW + WEEK))
    taken = problem(booker.post("/bookings", wish(cast.raman, **weekly(3))), 409, "slot-taken")
    (conflict,) = taken["conflicts"]
    assert conflict["occurrence"] == {
        "starts_at": written(TOMORROW + WEEK),
        "ends_at": written(TOMORROW + WEEK + timedelta(hours=2)),
    }
    assert [one["allowed"] for one in taken["occurrences"]] == [True, False, True]
    at_night = wish(cast.raman, start=TOMORROW - timedelta(hours=7), **weekly(2))
    refused = problem(booker.post("/bookings", at_night), 422, "policy")
    assert [one["allowed"] for one in refused["occurrences"]] == [False, False]
    assert "Rival" not in str(taken)


def test_the_rest_is_booked_and_what_was_skipped_added_later(booker: Caller, as_: As, cast: Cast) -> None:
    theirs = as_(cast.rival).post("/bookings", wish(cast.raman, start=TOMORROW + WEEK)).json["reference"]
    answer = booker.post("/bookings", wish(cast.raman, **weekly(3, skip_conflicts=True)))
    assert answer.status_code == 201
    (skipped,) = answer.json["skipped"]
    assert skipped["starts_at"] == written(TOMORROW + WEEK)
    assert skipped["why"] == [{"code": None, "kind": "booking", "equipment": cast.raman.id}]

    add = f"/bookings/{answer.json['reference']}/add"
    problem(booker.post(add, {"skipped": [skipped["id"]]}), 409, "slot-taken")
    problem(as_(cast.rival).post(add, {}), 404, "not-found")
    problem(as_(cast.liaison).post(add, {}), 403, "forbidden")
    as_(cast.rival).post(f"/bookings/{theirs}/cancel")
    added = booker.post(add, {"skipped": [skipped["id"]]}).json
    assert (len(added["occurrences"]), added["skipped"]) == (3, [])
    problem(booker.post(add, {}), 409, "wrong-state")


def test_verbs_mean_the_dates_that_are_named(booker: Caller, as_: As, cast: Cast) -> None:
    made = booker.post("/bookings", wish(cast.raman, **weekly(5))).json
    reference, ids = made["reference"], [one["id"] for one in made["occurrences"]]
    manager = as_(cast.manager)
    manager.post(f"/bookings/{reference}/approve", {"occurrences": ids[:1]})
    booker.post(f"/bookings/{reference}/cancel", {"occurrences": [ids[3]], "and_following": True})
    moved = wish(cast.raman, start=TOMORROW + WEEK + timedelta(hours=4))
    booker.post(
        f"/bookings/{reference}/move",
        {"occurrences": [ids[1]], "starts_at": moved["starts_at"], "ends_at": moved["ends_at"]},
    )
    states = [one["state"] for one in booker.get(f"/bookings/{reference}").json["occurrences"]]
    assert states == ["approved", "requested", "requested", "cancelled", "cancelled"]


def test_dates_are_answered_in_one_go(booker: Caller, as_: As, cast: Cast) -> None:
    made = booker.post("/bookings", wish(cast.raman, **weekly(3))).json
    path, ids = f"/bookings/{made['reference']}/decide", [one["id"] for one in made["occurrences"]]
    no = {"occurrences": ids[2:], "answer": "decline", "reason_code": "safety", "reason": "No hood"}
    body = {"answers": [{"occurrences": ids[:2], "answer": "approve"}, no]}
    problem(booker.post(path, body), 403, "forbidden")
    manager = as_(cast.manager)
    assert wrong_fields(manager.post(path, {"answers": []})) == {"answers": "empty"}
    twice = {"answers": [body["answers"][0], body["answers"][0]]}
    assert wrong_fields(manager.post(path, twice)) == {"answers": "repeated"}
    wordless = {"answers": [{"occurrences": ids, "answer": "decline"}]}
    assert set(wrong_fields(manager.post(path, wordless))) == {"answers.0.reason_code", "answers.0.reason"}
    answered = manager.post(path, body).json
    assert [one["state"] for one in answered["occurrences"]] == ["approved", "approved", "declined"]


@pytest.mark.parametrize(
    ("recurrence", "wrong"),
    [
        ({}, {"recurrence.rrule": "required"}),
        ({"rrule": "FREQ=YEARLY;COUNT=2"}, {"recurrence.rrule": "rule_freq"}),
        ({"rrule": "FREQ=DAILY"}, {"recurrence.rrule": "rule_needs_end"}),
        ({"rrule": "FREQ=DAILY;UNTIL=20301231"}, {"recurrence.rrule": "rule_too_many"}),
        (
            {"rrule": "FREQ=DAILY;COUNT=2", "exdates": ["Monday"]},
            {"recurrence.exdates.0": "not_a_date_of_it"},
        ),
        ({"rrule": "FREQ=DAILY;COUNT=2", "skip_conflicts": 1}, {"recurrence.skip_conflicts": "wrong_type"}),
        ({"rrule": "FREQ=DAILY;COUNT=2", "rdates": []}, {"recurrence.rdates": "unknown"}),
    ],
)
def test_what_is_wrong_with_a_recurrence_is_named(
    booker: Caller, cast: Cast, recurrence: dict[str, Any], wrong: dict[str, str]
) -> None:
    for path in ("/bookings", "/bookings/check"):
        assert wrong_fields(booker.post(path, wish(cast.raman, recurrence=recurrence))) == wrong
