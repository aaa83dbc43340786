"""The calendar shows everybody when, and only those concerned who and what for."""

import pytest

from app.booking.queries.bookings import list_bookings
from app.booking.queries.calendar import Entry, list_entries
from app.booking.services.decide import approve_booking
from app.core.spans import Span
from app.extensions import db
from tests.booking.making import ask
from tests.cast import NOW, Cast
from tests.databases import both_databases
from tests.occupancy.making import at, span

DAY = Span(at(-8), at(16))


def only(entries: list[Entry]) -> Entry:
    (entry,) = entries
    return entry


@both_databases
@pytest.mark.parametrize("who", ["booker", "boss", "manager", "technician", "liaison", "admin"])
def test_those_concerned_see_it_whole(cast: Cast, who: str) -> None:
    reference = ask(cast.booker, cast.raman).reference
    entry = only(list_entries(getattr(cast, who), DAY))
    assert (entry.reference, entry.organisation, entry.state) == (reference, "Arta Polymer", "requested")
    assert entry.is_mine == (who in ("booker", "boss"))


@both_databases
@pytest.mark.parametrize("who", [None, "rival", "other_manager", "donor", "student", "loner"])
def test_everybody_else_sees_that_it_is_taken(cast: Cast, who: str | None) -> None:
    ask(cast.booker, cast.raman)
    entry = only(list_entries(getattr(cast, who) if who else None, DAY))
    assert (entry.reference, entry.organisation, entry.purpose, entry.units) == (None, None, None, ())
    assert (entry.starts_at, entry.ends_at) == (at(0), at(2))


def test_units_are_told_once_they_are_planned(cast: Cast) -> None:
    reference = ask(cast.booker, cast.raman).reference
    assert only(list_entries(cast.booker, DAY)).units == ()
    approve_booking(actor=cast.manager, reference=reference)
    ((_, number, tag),) = only(list_entries(cast.booker, DAY)).units
    assert (number, tag) == (1, "RAMAN-01")


def test_a_window_a_lab_and_an_equipment_narrow_it(cast: Cast) -> None:
    ask(cast.booker, cast.raman)
    ask(cast.rival, cast.oscilloscope)
    assert len(list_entries(None, DAY)) == 2
    assert list_entries(None, span(2, 1)) == []
    assert only(list_entries(None, DAY, lab_ids=[cast.electronics.id])).equipment_id == cast.oscilloscope.id
    assert only(list_entries(None, DAY, equipment_ids=[cast.raman.id])).equipment_id == cast.raman.id


def test_who_left_the_company_sees_its_bookings_as_anybody_does(cast: Cast) -> None:
    ask(cast.booker, cast.raman)
    cast.booker.memberships[0].ended_at = NOW
    db.session.commit()
    entry = only(list_entries(cast.booker, DAY))
    assert (entry.is_open, entry.is_mine, entry.purpose) == (False, False, None)
    assert list_bookings(cast.booker) == []
    assert list_bookings(cast.booker, mine=True) == []
