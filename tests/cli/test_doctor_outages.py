"""The doctor finds what is planted about outages, teaching, second yeses and visitors."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import delete, select, text, update

from app.booking.models import (
    BookingPerson,
    Displacement,
    Occurrence,
    OccurrenceItem,
    Outage,
    Timetable,
    TimetableClass,
)
from app.booking.services.decide import approve_booking
from app.cli.doctor import CHECKS, findings
from app.core import clock
from app.extensions import db
from app.inventory.models import Unit, UnitStatus
from app.occupancy.models import Claim, ClaimKind
from tests.booking.making import ask
from tests.booking.outages.test_declare import fail
from tests.booking.teaching.test_timetables import teach
from tests.cast import NOW, Cast


@pytest.fixture
def troubled(cast: Cast) -> Cast:
    """An outage with an end, one without, a booking that gave way, a timetable, and people named."""
    booking = ask(cast.booker, cast.raman, people=[("Sara", None)])
    approve_booking(actor=cast.manager, reference=booking.reference)
    fail(cast, cast.raman)
    fail(cast, cast.stations, start=-100, end=None, quantity=1)
    teach(cast, first_on=date(2026, 12, 5), last_on=date(2027, 1, 15))
    assert list(findings()) == []
    return cast


def claims_elsewhere(cast: Cast) -> None:
    db.session.execute(
        update(Claim).where(Claim.kind == ClaimKind.OUTAGE).values(equipment_id=cast.microscope.id)
    )


def lasts_longer_than_it_says(_cast: Cast) -> None:
    its_time = Outage.ends_at.is_not(None)
    db.session.execute(update(Outage).where(its_time).values(ends_at=NOW + timedelta(hours=24)))


def a_unit_works_all_the_same(cast: Cast) -> None:
    db.session.execute(
        update(Unit).where(Unit.equipment_id == cast.stations.id).values(status=UnitStatus.IN_SERVICE)
    )


def an_end_and_units_out(_cast: Cast) -> None:
    db.session.execute(update(Outage).where(Outage.ends_at.is_(None)).values(ends_at=NOW + timedelta(days=3)))


def no_such_outage(_cast: Cast) -> None:
    db.session.execute(delete(Displacement))
    db.session.execute(text("DELETE FROM outage_unit"))
    db.session.execute(delete(Outage))


def gave_way_to_nothing(_cast: Cast) -> None:
    db.session.execute(delete(Displacement))


def no_such_class(_cast: Cast) -> None:
    db.session.execute(delete(TimetableClass))


def taught_outside_the_term(_cast: Cast) -> None:
    db.session.execute(update(Timetable).values(last_on=date(2026, 12, 5)))


def more_than_the_class_has(_cast: Cast) -> None:
    db.session.execute(update(TimetableClass).values(quantity=2))


def approved_without_the_officer(_cast: Cast) -> None:
    db.session.execute(update(Occurrence).values(state="approved"))
    db.session.execute(update(OccurrenceItem).values(needs_safety=True))


def approved_without_the_lab(_cast: Cast) -> None:
    db.session.execute(update(Occurrence).values(state="approved"))
    db.session.execute(update(OccurrenceItem).values(agreed_at=None, agreed_by_id=None))


def waits_and_holds_nothing(_cast: Cast) -> None:
    db.session.execute(update(Occurrence).values(state="approved", holds=False))


PLANTED: dict[Callable[[Cast], None], str] = {
    claims_elsewhere: "outages have the time and the units they say",
    lasts_longer_than_it_says: "outages have the time and the units they say",
    a_unit_works_all_the_same: "outages have the time and the units they say",
    an_end_and_units_out: "outages have the time and the units they say",
    no_such_outage: "outages have the time and the units they say",
    gave_way_to_nothing: "a date that gave way has its outage",
    no_such_class: "teaching takes what its classes say",
    taught_outside_the_term: "teaching takes what its classes say",
    more_than_the_class_has: "teaching takes what its classes say",
    approved_without_the_officer: "what counts was agreed to by everybody asked",
    approved_without_the_lab: "what counts was agreed to by everybody asked",
    waits_and_holds_nothing: "every date has the claims its state says",
}


@pytest.mark.parametrize("plant", PLANTED, ids=lambda plant: plant.__name__)
def test_what_is_planted_is_found(troubled: Cast, plant: Callable[[Cast], None]) -> None:
    plant(troubled)
    db.session.commit()
    assert PLANTED[plant] in {name for name, _sentence in findings()}
    assert PLANTED[plant] in dict(CHECKS)


def test_visitors_that_were_not_forgotten_are_found(troubled: Cast) -> None:
    with clock.frozen(NOW + timedelta(days=120)):
        assert "visitors are forgotten in time" in {name for name, _sentence in findings()}
    assert db.session.scalars(select(BookingPerson)).all()
