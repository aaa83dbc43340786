"""The calendar shows everybody when, and only those concerned who and what for."""

from functools import partial
from typing import Any

import pytest
from sqlalchemy import event

from app.booking.pages.around import around
from app.booking.queries.bookings import list_bookings
from app.booking.queries.calendar import Entry, list_entries
from app.booking.queries.things import things_for
from app.booking.services.decide import approve_booking
from app.core.db import unit_of_work
from app.core.spans import Span
from app.extensions import db
from app.occupancy.models import ClaimKind
from app.occupancy.services import claims
from tests.booking.making import ask
from tests.cast import NOW, Cast
from tests.databases import both_databases
from tests.occupancy.making import at, source, span

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
    entry = only(list_entries(getattr(cast, who) if who else None, DAY, with_units=True))
    assert (entry.reference, entry.organisation, entry.purpose, entry.units) == (None, None, None, ())
    assert (entry.starts_at, entry.ends_at) == (at(0), at(2))


@both_databases
def test_a_booking_of_two_labs_is_open_to_whoever_may_read_it(cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman, cast.oscilloscope)
    ask(cast.rival, cast.stations)
    concerned = [cast.booker, cast.boss, cast.manager, cast.other_manager, cast.technician, cast.safety]
    others = [cast.rival, cast.newcomer, cast.donor, cast.student, cast.loner]
    for actor in [*concerned, cast.liaison, cast.admin, *others]:
        readable = {one.reference for one in list_bookings(actor)}
        assert (booking.reference in readable) == (actor not in others)
        entries = {entry.equipment_id: entry.is_open for entry in list_entries(actor, DAY)}
        expected = actor not in others
        assert entries[cast.raman.id] == entries[cast.oscilloscope.id] == expected, actor.name


@both_databases
def test_what_is_no_booking_is_nobody_s_to_open(cast: Cast) -> None:
    wanted = claims.Wanted(cast.raman.id, span(0, 2), 1)
    unit_of_work(claims.replace)({source(7, ClaimKind.MAINTENANCE): [wanted]})
    for viewer in (None, cast.booker, cast.manager, cast.admin):
        entry = only(list_entries(viewer, DAY))
        assert (entry.kind, entry.is_open, entry.is_mine) == (ClaimKind.MAINTENANCE, False, False)


def test_who_decides_for_one_of_two_labs_sees_the_request_as_the_request(cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman, cast.oscilloscope)
    for actor in (cast.manager, cast.other_manager):
        date = booking.occurrences[0]
        drawn = around(actor, date, things_for([item.equipment for item in date.items], date.span))
        assert [bar.look for bar in drawn.own.bars if bar.entry] == ["wait"]
        assert [bar for _, row in drawn.taken for bar in row.bars if bar.entry] == []


@both_databases
def test_units_are_told_once_they_are_planned(cast: Cast) -> None:
    reference = ask(cast.booker, cast.raman).reference
    assert only(list_entries(cast.booker, DAY, with_units=True)).units == ()
    approve_booking(actor=cast.manager, reference=reference)
    ((_, number, tag),) = only(list_entries(cast.booker, DAY, with_units=True)).units
    assert (number, tag) == (1, "RAMAN-01")


def test_each_entry_has_the_units_of_its_own(cast: Cast) -> None:
    for actor, length in ((cast.booker, 2), (cast.rival, 4)):
        ask(actor, (cast.stations, 2), length=length)
    mine, theirs = list_entries(cast.admin, DAY, equipment_ids=[cast.stations.id], with_units=True)
    assert [number for _, number, _ in mine.units] == [1, 2]
    assert [number for _, number, _ in theirs.units] == [3, 4]


def test_whoever_draws_a_calendar_asks_once(cast: Cast) -> None:
    """Nothing drawn shows units, and a lab has thousands of bookings."""
    for start in range(4):
        ask(cast.booker, cast.stations, start=start)
    lab_ids = [cast.materials.id]
    for more, number in ({}, 1), ({"with_units": True}, 2):
        statements: list[str] = []
        listener = partial(_note, statements)
        event.listen(db.engine, "before_cursor_execute", listener)
        assert len(list_entries(None, DAY, lab_ids=lab_ids, **more)) == 4
        event.remove(db.engine, "before_cursor_execute", listener)
        assert len([one for one in statements if one.startswith("SELECT")]) == number


def _note(statements: list[str], *args: Any) -> None:
    statements.append(args[2])


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
