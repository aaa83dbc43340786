"""Quotes and statements through the API."""

import pytest
from sqlalchemy import update

from app.booking.models import Occurrence, OccurrenceState
from app.extensions import db
from tests.api.caller import problem
from tests.api.conftest import As
from tests.booking.making import ask
from tests.cast import Cast
from tests.charges.making import ask_prices, charge


@pytest.fixture(autouse=True)
def prices(cast: Cast) -> None:
    charge(cast)
    ask_prices(cast)


def test_a_quote_is_told_with_what_it_was_computed_from(as_: As, cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)

    quote = as_(cast.boss).get(f"/bookings/{booking.reference}/quote").json

    (line,) = quote.pop("lines")
    assert quote == {
        "reference": f"{booking.reference}/1",
        "number": 1,
        "made_at": "2026-11-22T06:30:00Z",
        "currency": "IRR",
        "decimals": 0,
        "total": 3_000_000,
        "purchase_order": "",
        "paid_at": None,
    }
    assert (line["unit"], line["measure"], line["unit_amount"], line["amount"]) == (
        "hour", 120, 1_500_000, 3_000_000
    )  # fmt: skip


def test_without_a_quote_there_is_none(as_: As, cast: Cast) -> None:
    reference = ask(cast.rival, cast.oscilloscope).reference

    problem(as_(cast.rival).get(f"/bookings/{reference}/quote"), 404, "not-found")


def test_a_statement_of_ones_own(as_: As, cast: Cast) -> None:
    used, ahead = ask(cast.booker, cast.raman), ask(cast.booker, cast.raman, start=3)
    done = update(Occurrence).where(Occurrence.booking_id == used.id)
    db.session.execute(done.values(state=OccurrenceState.COMPLETED, holds=False))
    db.session.commit()

    told = as_(cast.booker).get("/statements?day=2026-12-01&calendar=jalali").json

    assert [entry["booking"] for entry in told["items"]] == [used.reference]
    assert ahead.reference not in str(told)
    assert (told["first"], told["last"]) == ("2026-11-22", "2026-12-21")
    assert told["totals"][0]["used"] == 3_000_000
    assert as_(cast.booker).get("/statements?day=2026-12-01").json["items"] == []


def test_whose_statement_has_to_be_said(as_: As, cast: Cast) -> None:
    assert problem(as_(cast.liaison).get("/statements"), 422, "invalid")["errors"][0]["code"] == "join"
    assert as_(cast.liaison).get(f"/statements?organisation={cast.arta.id}").status_code == 200
    problem(as_(cast.rival).get(f"/statements?organisation={cast.arta.id}"), 404, "not-found")


def test_switched_off_there_is_nothing(as_: As, cast: Cast) -> None:
    reference = ask(cast.booker, cast.raman).reference
    charge(cast, on=False)

    for path in (f"/bookings/{reference}/quote", "/statements"):
        problem(as_(cast.booker).get(path), 404, "not-found")
