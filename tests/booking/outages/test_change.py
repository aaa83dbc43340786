"""Outages that last longer or less long, and what comes back."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.booking.jobs import expire_displaced
from app.booking.models import Occurrence, OccurrenceState, OutageKind
from app.booking.services.cancel import cancel_booking
from app.booking.services.move import move_booking
from app.booking.services.outages.change import change_outage, end_outage, repair_outage
from app.booking.services.outages.declare import declare_outage
from app.booking.services.outages.plan import Trouble
from app.booking.services.propose import accept_proposal
from app.cli.doctor import findings
from app.core import clock
from app.core.errors import Forbidden, InvalidInput, NotFound, WrongState
from app.extensions import db
from app.inventory.models import AcquisitionKind, UnitStatus
from app.inventory.services.units import add_unit, change_unit_status
from app.occupancy.models import Capacity, Claim, ClaimKind
from tests.booking.making import ask
from tests.booking.outages.test_declare import approved, fail, mails_to, second_raman, the_date
from tests.cast import NOW, Cast
from tests.databases import both_databases
from tests.occupancy.making import at, span

S = OccurrenceState


def taken(cast: Cast, kind: ClaimKind = ClaimKind.OUTAGE) -> list[tuple[object, object, int]]:
    rows = db.session.execute(
        select(Claim.starts_at, Claim.ends_at, Claim.quantity)
        .where(Claim.kind == kind)
        .order_by(Claim.equipment_id, Claim.starts_at)
    )
    return [tuple(row) for row in rows]  # type: ignore[misc]


@both_databases
def test_when_it_works_again_what_it_displaced_has_its_time_back(cast: Cast) -> None:
    booking = approved(cast, cast.booker, cast.raman)
    outage = fail(cast, cast.raman, start=-30, end=None)
    assert the_date(cast, booking).state is S.DISPLACED
    end_outage(actor=cast.manager, outage_id=outage.id)
    date = the_date(cast, booking)
    assert (date.state, date.span, date.holds) == (S.APPROVED, span(0, 2), True)
    assert [unit.status for unit in cast.raman.units] == [UnitStatus.IN_SERVICE]
    assert "again" in mails_to(cast.booker)[-1].subject
    assert list(findings()) == []


def test_one_that_waited_for_an_answer_waits_again(cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)
    outage = fail(cast, cast.raman, start=-30, end=None)
    end_outage(actor=cast.technician, outage_id=outage.id)
    assert the_date(cast, booking).state is S.REQUESTED


def test_time_that_has_passed_stays_taken(cast: Cast) -> None:
    outage = fail(cast, cast.raman, 0, 8)
    with clock.frozen(at(3)):
        end_outage(actor=cast.manager, outage_id=outage.id)
        assert taken(cast) == [(at(0), at(3), 1)]
        assert list(findings()) == []
        with pytest.raises(WrongState):
            end_outage(actor=cast.manager, outage_id=outage.id)


def test_one_that_has_not_begun_is_called_off(cast: Cast) -> None:
    outage = fail(cast, cast.raman, 0, 8)
    end_outage(actor=cast.manager, outage_id=outage.id)
    assert (taken(cast), outage.span) == ([], None)


def test_it_lasts_longer_and_more_give_way(cast: Cast) -> None:
    other = second_raman(cast)
    later = approved(cast, cast.booker, cast.raman, start=4)
    outage = fail(cast, cast.raman, 0, 2)
    assert the_date(cast, later).items[0].equipment_id == cast.raman.id
    change_outage(actor=cast.manager, outage_id=outage.id, ends_at=at(8), reason="A part is missing")
    assert the_date(cast, later).items[0].equipment_id == other.id
    assert taken(cast) == [(at(0), at(8), 1)]
    assert "A part is missing" in mails_to(cast.booker)[-1].text
    assert list(findings()) == []


def test_it_lasts_less_long_and_who_has_no_place_is_back(cast: Cast) -> None:
    booking = approved(cast, cast.booker, cast.raman, start=4)
    outage = fail(cast, cast.raman, 0, 24 * 30)
    assert the_date(cast, booking).state is S.DISPLACED
    change_outage(actor=cast.manager, outage_id=outage.id, ends_at=at(4))
    assert the_date(cast, booking).state is S.APPROVED
    assert taken(cast) == [(at(0), at(4), 1)]


@both_databases
def test_nobody_knows_any_more_until_when_and_then_somebody_does(cast: Cast) -> None:
    outage = fail(cast, cast.stations, -30, 8, unit_id=cast.stations.units[1].id)
    change_outage(actor=cast.manager, outage_id=outage.id, ends_at=None)
    assert [unit.number for unit in outage.units] == [2]
    assert db.session.get_one(Capacity, cast.stations.id).quantity == 3
    change_outage(actor=cast.manager, outage_id=outage.id, ends_at=at(2))
    assert db.session.get_one(Capacity, cast.stations.id).quantity == 4
    assert taken(cast) == [(NOW, at(2), 1)]
    assert list(findings()) == []


def test_looking_again_finds_what_has_become_free(cast: Cast) -> None:
    booking = approved(cast, cast.booker, cast.raman)
    outage = fail(cast, cast.raman, start=-30, end=None)
    assert repair_outage(actor=cast.manager, outage_id=outage.id) == 0
    other = second_raman(cast)
    assert repair_outage(actor=cast.manager, outage_id=outage.id) == 1
    assert the_date(cast, booking).items[0].equipment_id == other.id


def test_the_company_chooses_another_time_itself(cast: Cast) -> None:
    booking = approved(cast, cast.booker, cast.raman)
    outage = fail(cast, cast.raman, 0, 24 * 20)
    move_booking(actor=cast.booker, reference=booking.reference, span=span(24 * 21, 2))
    assert the_date(cast, booking).state is S.REQUESTED
    end_outage(actor=cast.manager, outage_id=outage.id)
    assert the_date(cast, booking).span == span(24 * 21, 2), "it is not put back"


def test_the_company_takes_the_other_time(cast: Cast) -> None:
    booking = approved(cast, cast.booker, cast.raman)
    fail(cast, cast.raman, 0, 8)
    accept_proposal(actor=cast.booker, reference=booking.reference)
    assert the_date(cast, booking).state is S.APPROVED
    assert list(findings()) == []


def test_to_call_off_what_had_to_give_way_is_never_late(cast: Cast) -> None:
    second_raman(cast)
    booking = approved(cast, cast.booker, cast.raman)
    fail(cast, cast.raman)
    with clock.frozen(at(-0.5)):
        cancel_booking(actor=cast.booker, reference=booking.reference)
    assert not the_date(cast, booking).is_late_cancel


def test_a_displaced_date_can_be_called_off_and_ends_by_itself(cast: Cast) -> None:
    gone = approved(cast, cast.booker, cast.raman)
    left = approved(cast, cast.rival, cast.raman, start=4)
    fail(cast, cast.raman, start=-30, end=None)
    cancel_booking(actor=cast.booker, reference=gone.reference)
    assert the_date(cast, gone).state is S.CANCELLED
    assert expire_displaced() == 0
    with clock.frozen(at(5)):
        assert expire_displaced() == 1
        assert the_date(cast, left).state is S.EXPIRED
        assert list(findings()) == []


def test_a_closed_lab_stays_closed_for_what_comes_and_lets_go_of_what_goes(cast: Cast) -> None:
    closing = Trouble(kind=OutageKind.CLOSURE, starts_at=at(0), ends_at=at(8), lab_id=cast.materials.id)
    declare_outage(actor=cast.manager, trouble=closing)
    add_unit(actor=cast.manager, equipment_id=cast.raman.id, kind=AcquisitionKind.PURCHASE)
    change_unit_status(
        actor=cast.manager, unit_id=cast.stations.units[0].id, status=UnitStatus.OUT_OF_SERVICE
    )
    new = second_raman(cast)
    rows = db.session.execute(
        select(Claim.equipment_id, func.sum(Claim.quantity))
        .where(Claim.kind == ClaimKind.CLOSURE)
        .group_by(Claim.equipment_id)
    )
    assert dict(rows.all()) == {
        cast.raman.id: 2,
        cast.stations.id: 3,
        cast.microscope.id: 1,
        new.id: 1,
    }
    assert list(findings()) == []


def test_who_is_somebody_else_finds_none(cast: Cast) -> None:
    outage = fail(cast, cast.raman)
    for stranger in (cast.booker, cast.other_manager, cast.rival):
        with pytest.raises(NotFound):
            end_outage(actor=stranger, outage_id=outage.id)
    for colleague in (cast.safety, cast.liaison):
        with pytest.raises(Forbidden):
            end_outage(actor=colleague, outage_id=outage.id)


def test_what_is_past_cannot_be_its_end(cast: Cast) -> None:
    outage = fail(cast, cast.raman, 0, 8)
    with pytest.raises(InvalidInput):
        change_outage(actor=cast.manager, outage_id=outage.id, ends_at=NOW - timedelta(hours=1))
    with pytest.raises(InvalidInput):
        change_outage(actor=cast.manager, outage_id=outage.id, ends_at=at(8), reason="x" * 2001)
    assert db.session.scalars(select(func.count(Occurrence.id))).one() == 0
