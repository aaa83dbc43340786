"""What can be wrong with a request for a booking, told field by field."""

from typing import Any

import pytest

from app.booking.models import Booking
from app.extensions import db
from tests.api.caller import Caller, wrong_fields
from tests.api.conftest import As
from tests.api.wishes import wish
from tests.cast import Cast


@pytest.fixture
def booker(as_: As, cast: Cast) -> Caller:
    return as_(cast.booker)


def test_what_an_organisation_cannot_be(as_: As, cast: Cast) -> None:
    wrong: list[tuple[Any, str]] = [
        ({"name": " "}, "organisation.name"),
        ({"name": "www.zagros.example"}, "organisation.name"),
        ({"name": "X", "verified": True}, "organisation.verified"),
        ({}, "organisation.name"),
        ("Rival Coatings", "organisation"),
        (None, "organisation"),
        (0, "organisation"),
    ]
    for value, field in wrong:
        assert list(
            wrong_fields(as_(cast.manager).post("/bookings", wish(cast.raman, organisation=value)))
        ) == [field]


def test_privileged_fields_are_refused(booker: Caller, cast: Cast) -> None:
    privileged = dict.fromkeys(
        ["role", "is_admin", "state", "approved_by", "price", "created_at", "requester"], 1
    )

    assert wrong_fields(booker.post("/bookings", wish(cast.raman, **privileged))) == dict.fromkeys(
        privileged, "unknown"
    )
    assert db.session.query(Booking).count() == 0


WRONG: dict[str, tuple[dict[str, Any], dict[str, str]]] = {
    "naive time": ({"starts_at": "2026-11-23T09:00:00"}, {"starts_at": "no_offset"}),
    "no time": ({"ends_at": "tomorrow"}, {"ends_at": "not_an_instant"}),
    "a number for a time": ({"ends_at": 1764000000}, {"ends_at": "wrong_type"}),
    "year 1": ({"starts_at": "0001-01-01T00:00:00Z"}, {"starts_at": "out_of_calendar"}),
    "year 9999": ({"ends_at": "9999-12-31T23:59:59Z"}, {"ends_at": "out_of_calendar"}),
    "an end before the start": ({"ends_at": "2026-11-23T05:00:00Z"}, {"ends_at": "ends_before_it_starts"}),
    "no length": ({"ends_at": "2026-11-23T09:00:00+03:30"}, {"ends_at": "ends_before_it_starts"}),
    "ten years": ({"ends_at": "2036-11-23T09:00:00+03:30"}, {"ends_at": "window_too_long"}),
    "nothing wanted": ({"equipment": []}, {"equipment": "empty"}),
    "none of it": ({"equipment": [{"id": 1, "quantity": 0}]}, {"equipment.0.quantity": "too_small"}),
    "less than none": ({"equipment": [{"id": 1, "quantity": -1}]}, {"equipment.0.quantity": "too_small"}),
    "a billion": ({"equipment": [{"id": 1, "quantity": 10**9}]}, {"equipment.0.quantity": "too_large"}),
    "a number as text": ({"equipment": [{"id": "1"}]}, {"equipment.0.id": "wrong_type"}),
    "true as a number": ({"equipment": [{"id": True}]}, {"equipment.0.id": "wrong_type"}),
    "half a thing": ({"equipment": [{"id": 1, "quantity": 1.5}]}, {"equipment.0.quantity": "wrong_type"}),
    "an id too large": ({"equipment": [{"id": 2**63}]}, {"equipment.0.id": "too_large"}),
    "an unknown mode": ({"mode": "remote"}, {"mode": "not_a_choice"}),
    "a list for a mode": ({"mode": ["self"]}, {"mode": "wrong_type"}),
    "null": ({"purpose": None}, {"purpose": "null"}),
    "NUL": ({"purpose": "a\0b"}, {"purpose": "unreadable_text"}),
    "half a character": ({"purpose": "\ud800"}, {"purpose": "unreadable_text"}),
    "a long purpose": ({"purpose": "x" * 4001}, {"purpose": "too_long"}),
    "no address": ({"people": [{"name": "Sara", "email": "sara"}]}, {"people.0.email": "not_an_address"}),
    "a flood of people": ({"people": [{"name": "x"}] * 51}, {"people": "too_long"}),
}


@pytest.mark.parametrize("path", ["/bookings", "/bookings/check"])
def test_what_cannot_be_understood_is_told_by_field(booker: Caller, cast: Cast, path: str) -> None:
    told = {
        name: wrong_fields(booker.post(path, wish(cast.raman) | change))
        for name, (change, _) in WRONG.items()
    }

    assert told == {name: wrong for name, (_, wrong) in WRONG.items()}
    assert db.session.query(Booking).count() == 0


def test_a_request_says_what_it_is_for_but_a_dry_run_need_not(booker: Caller, cast: Cast) -> None:
    silent = wish(cast.raman, purpose=" \u200c ")

    assert wrong_fields(booker.post("/bookings", silent)) == {"purpose": "empty"}
    assert booker.post("/bookings/check", silent).json["allowed"]


def test_missing_fields_are_named(booker: Caller) -> None:
    assert wrong_fields(booker.post("/bookings", {})) == dict.fromkeys(
        ["equipment", "starts_at", "ends_at", "purpose", "mode"], "required"
    )


def test_any_offset_means_the_same_instant(booker: Caller, cast: Cast) -> None:
    body = wish(cast.raman) | {
        "starts_at": "2026-11-23T09:00:00+03:30",
        "ends_at": "2026-11-22T23:30:00-08:00",
    }

    date = booker.post("/bookings", body).json["occurrences"][0]

    assert (date["starts_at"], date["ends_at"]) == ("2026-11-23T05:30:00Z", "2026-11-23T07:30:00Z")
