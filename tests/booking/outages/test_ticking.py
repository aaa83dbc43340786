"""The same while the clock goes on: instants that are read one after the other are not the same."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from app.booking.models import OccurrenceState
from app.booking.queries.bookings import list_bookings
from app.booking.services.outages.change import change_outage, end_outage
from app.booking.services.teaching.timetables import end_timetable
from app.booking.services.use import check_in
from app.cli.doctor import findings
from app.core import clock
from app.inventory.models import AcquisitionKind
from app.inventory.services.units import add_unit
from tests.booking.making import ask
from tests.booking.outages.test_declare import approved, fail, the_date
from tests.booking.teaching.test_timetables import teach
from tests.cast import Cast
from tests.databases import both_databases
from tests.occupancy.making import at


@pytest.fixture
def ticking(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cast]:
    """In the midst of two bookings that began at half past eight, and the clock goes on."""
    approved(cast, cast.booker, cast.raman, length=4)
    ask(cast.rival, (cast.stations, 2), length=4)
    monkeypatch.setattr(clock, "_shift", at(1) - datetime.now(UTC))
    with clock.frozen(at(1)):
        monkeypatch.setattr(clock, "_frozen_at", None)
        yield cast


@both_databases
def test_an_outage_from_its_beginning_to_its_end(ticking: Cast) -> None:
    cast = ticking
    booking = ask(cast.booker, cast.stations, start=6)
    outage = fail(cast, cast.raman, start=0, end=4)
    assert list(findings()) == []
    fault = fail(cast, cast.stations, start=0, end=None, quantity=3)
    assert list(findings()) == []
    add_unit(actor=cast.manager, equipment_id=cast.raman.id, kind=AcquisitionKind.PURCHASE)
    change_outage(actor=cast.manager, outage_id=outage.id, ends_at=at(6))
    change_outage(actor=cast.manager, outage_id=fault.id, ends_at=at(5))
    assert list(findings()) == []
    change_outage(actor=cast.manager, outage_id=outage.id, ends_at=None)
    assert list(findings()) == []
    for one in (outage, fault):
        end_outage(actor=cast.manager, outage_id=one.id)
    assert list(findings()) == []
    assert the_date(cast, booking).state is OccurrenceState.APPROVED


def test_who_uses_it_is_ended_there(ticking: Cast) -> None:
    cast = ticking
    (mine,) = list_bookings(cast.booker, mine=True)
    check_in(actor=cast.booker, reference=mine.reference)
    fail(cast, cast.raman, start=0, end=None)
    assert list(findings()) == []
    assert the_date(cast, mine).state is OccurrenceState.COMPLETED


def test_a_timetable_that_ends_in_the_midst_of_a_class(ticking: Cast) -> None:
    cast = ticking
    timetable = teach(cast)
    end_timetable(actor=cast.manager, timetable_id=timetable.id)
    assert clock.now() - at(1) < timedelta(minutes=5)
    assert list(findings()) == []
