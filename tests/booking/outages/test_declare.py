"""Equipment that fails: who gives way, where they can go, what is told and remembered."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from app.accounts.models import User
from app.booking.models import (
    Booking,
    Occurrence,
    OccurrenceState,
    Outage,
    OutageKind,
    Outcome,
    Proposal,
    WaitlistOffer,
    WaitState,
)
from app.booking.queries.bookings import get_booking
from app.booking.services.decide import approve_booking
from app.booking.services.outages.declare import declare_outage, foresee_outage
from app.booking.services.outages.plan import Trouble
from app.booking.services.use import check_in
from app.cli.doctor import findings
from app.core import clock
from app.core.errors import Forbidden, InvalidInput, NotFound
from app.demand.models import Miss, MissReason
from app.extensions import db
from app.inventory.models import Equipment, Mode, UnitStatus
from app.inventory.services.equipment import create_equipment
from app.notifications.models import Mail
from app.occupancy.models import Claim, ClaimKind
from tests.booking.making import ask
from tests.booking.services.test_waitlist import call_off, wait
from tests.cast import NOW, Cast
from tests.databases import both_databases
from tests.occupancy.making import at, span

S = OccurrenceState


def trouble(thing: Equipment, start: float = 0, end: float | None = 8, **more: Any) -> Trouble:
    settled: dict[str, Any] = {"kind": OutageKind.OUTAGE, "reason": "The laser is broken"} | more
    return Trouble(
        starts_at=at(start), ends_at=None if end is None else at(end), equipment_id=thing.id, **settled
    )


def fail(cast: Cast, thing: Equipment, start: float = 0, end: float | None = 8, **more: Any) -> Outage:
    return declare_outage(actor=cast.manager, trouble=trouble(thing, start, end, **more))


def approved(cast: Cast, actor: User, thing: Equipment, **more: Any) -> Booking:
    booking = ask(actor, thing, **more)
    return approve_booking(actor=cast.manager, reference=booking.reference)


def second_raman(cast: Cast, **more: Any) -> Equipment:
    return create_equipment(
        actor=cast.manager,
        lab_id=cast.materials.id,
        category_id=cast.raman_category.id,
        name="Small Raman",
        modes=[Mode.SELF.value],
        **more,
    )


def the_date(cast: Cast, booking: Booking) -> Occurrence:
    db.session.expire_all()
    (date,) = get_booking(cast.admin, booking.reference).occurrences
    return date


def mails_to(person: User) -> list[Mail]:
    return list(db.session.scalars(select(Mail).where(Mail.address == person.email).order_by(Mail.id)))


@pytest.fixture
def later() -> Any:
    """In the midst of a booking at 08:30 tomorrow."""
    with clock.frozen(at(1)):
        yield


@both_databases
def test_what_is_like_it_and_free_is_used_at_the_same_time(cast: Cast) -> None:
    other = second_raman(cast)
    booking = approved(cast, cast.booker, cast.raman)
    outage = fail(cast, cast.raman)
    date = the_date(cast, booking)
    assert (date.state, date.span) == (S.APPROVED, span(0, 2))
    assert [item.equipment_id for item in date.items] == [other.id]
    assert [one.occurrence_id for one in outage.displacements] == [date.id]
    assert db.session.scalars(select(Claim.equipment_id).where(Claim.kind == ClaimKind.OUTAGE)).all() == [
        cast.raman.id
    ]
    assert not db.session.scalars(select(Miss)).all(), "its hours were not lost"
    assert list(findings()) == []


@both_databases
def test_else_another_time_is_held_for_the_companys_answer(cast: Cast) -> None:
    booking = approved(cast, cast.booker, cast.raman)
    fail(cast, cast.raman, 0, 8)
    date = the_date(cast, booking)
    assert date.state is S.PROPOSED
    assert date.span.start >= at(8)
    assert db.session.scalars(select(Proposal)).one().was == span(0, 2)
    (miss,) = db.session.scalars(select(Miss)).all()
    assert (miss.reason, miss.minutes, miss.equipment_id) == (
        MissReason.OUT_OF_SERVICE,
        120,
        cast.raman.id,
    )
    assert list(findings()) == []


@both_databases
def test_what_nobody_knows_the_end_of_leaves_who_finds_no_place_displaced(cast: Cast) -> None:
    booking = approved(cast, cast.booker, cast.raman)
    outage = fail(cast, cast.raman, start=-100, end=None)
    date = the_date(cast, booking)
    assert (date.state, date.holds) == (S.DISPLACED, False)
    assert [unit.status for unit in cast.raman.units] == [UnitStatus.OUT_OF_SERVICE]
    assert outage.units == cast.raman.units
    assert list(findings()) == []


def test_no_more_give_way_than_have_to_and_pending_ones_first(cast: Cast) -> None:
    """Four stations, of which three fail: one date may stay, and it is the one agreed to."""
    pending = ask(cast.newcomer, cast.stations)
    early = ask(cast.booker, cast.stations)
    late = ask(cast.rival, cast.stations)
    assert the_date(cast, early).state is S.APPROVED
    assert the_date(cast, pending).state is S.REQUESTED, "not verified: the lab is asked"
    outage = fail(cast, cast.stations, quantity=3)
    gone = {one.occurrence.booking.reference for one in outage.displacements}
    assert gone == {pending.reference, late.reference}
    assert the_date(cast, early).span == span(0, 2)
    assert list(findings()) == []


def test_what_goes_on_ends_there(cast: Cast, later: None) -> None:
    with clock.frozen(NOW):
        booking = approved(cast, cast.booker, cast.raman)
    check_in(actor=cast.booker, reference=booking.reference)
    fail(cast, cast.raman, start=0, end=None)
    date = the_date(cast, booking)
    assert (date.state, date.ends_at, date.planned_ends_at) == (S.COMPLETED, at(1), at(2))
    assert list(findings()) == []


def test_what_goes_on_may_go_on_until_it_fails(cast: Cast, later: None) -> None:
    with clock.frozen(NOW):
        booking = approved(cast, cast.booker, cast.raman, length=4)
    check_in(actor=cast.booker, reference=booking.reference)
    fail(cast, cast.raman, start=2, end=4)
    date = the_date(cast, booking)
    assert (date.state, date.ends_at) == (S.IN_USE, at(2))
    assert list(findings()) == []


def test_the_very_unit_that_fails_is_taken_out_of_use(cast: Cast) -> None:
    """The others are exchanged; only who works with this one has to go."""
    bookings = [
        ask(cast.booker, cast.stations),
        ask(cast.rival, cast.stations),
        ask(cast.boss, cast.stations),
    ]
    unit = cast.stations.units[0]
    fail(cast, cast.stations, unit_id=unit.id)
    assert all(the_date(cast, one).state is S.APPROVED for one in bookings)
    outage_claim = db.session.scalars(select(Claim).where(Claim.kind == ClaimKind.OUTAGE)).one()
    assert [(one.unit_id, one.is_fixed) for one in outage_claim.units] == [(unit.id, True)]
    assert list(findings()) == []


def test_a_unit_in_somebodys_hands_ends_their_use(cast: Cast, later: None) -> None:
    with clock.frozen(NOW):
        bookings = [ask(who, cast.stations) for who in (cast.booker, cast.rival)]
    for one in bookings:
        check_in(actor=cast.manager, reference=one.reference)
    (mine,) = the_date(cast, bookings[1]).items
    unit_id = db.session.scalars(select(Claim).where(Claim.source_id == mine.id)).one().units[0].unit_id
    fail(cast, cast.stations, start=0, end=4, unit_id=unit_id)
    assert the_date(cast, bookings[0]).state is S.IN_USE
    assert the_date(cast, bookings[1]).state is S.COMPLETED
    assert list(findings()) == []


def test_a_whole_lab_closes(cast: Cast) -> None:
    mine = ask(cast.booker, cast.stations)
    elsewhere = ask(cast.rival, cast.oscilloscope)
    closing = Trouble(
        kind=OutageKind.CLOSURE, starts_at=at(0), ends_at=at(24), lab_id=cast.materials.id, reason="Snow"
    )
    declare_outage(actor=cast.manager, trouble=closing)
    assert the_date(cast, mine).state is not S.APPROVED
    assert the_date(cast, elsewhere).span == span(0, 2), "another lab is open"
    taken = dict(
        db.session.execute(
            select(Claim.equipment_id, func.sum(Claim.quantity))
            .where(Claim.kind == ClaimKind.CLOSURE)
            .group_by(Claim.equipment_id)
        ).all()
    )
    assert taken == {cast.raman.id: 1, cast.stations.id: 4, cast.microscope.id: 1}
    assert list(findings()) == []


def test_trouble_upon_trouble_takes_what_is_left(cast: Cast) -> None:
    fail(cast, cast.stations, 2, 4, quantity=3)
    fail(cast, cast.stations, 0, 8)
    claims = db.session.execute(
        select(Claim.starts_at, Claim.ends_at, Claim.quantity, Claim.source_id).order_by(
            Claim.source_id, Claim.starts_at
        )
    ).all()
    assert [(one.starts_at, one.ends_at, one.quantity) for one in claims] == [
        (at(2), at(4), 3),
        (at(0), at(2), 4),
        (at(2), at(4), 1),
        (at(4), at(8), 4),
    ]


def test_what_is_held_for_the_waitlist_is_taken_back(cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)
    entry = wait(cast.rival, cast.raman)
    call_off(booking)
    assert entry.state is WaitState.OFFERED
    fail(cast, cast.raman)
    db.session.expire_all()
    assert entry.state is WaitState.WAITING
    assert db.session.scalars(select(WaitlistOffer)).one().outcome is Outcome.WITHDRAWN
    assert any("cannot be used" in mail.text for mail in mails_to(cast.rival))
    assert list(findings()) == []


def test_a_person_hears_of_it_once_however_many_dates(cast: Cast) -> None:
    for hour in (0, 2, 4):
        approved(cast, cast.booker, cast.raman, start=hour)
    ask(cast.rival, cast.stations)
    before = len(mails_to(cast.booker))
    closing = Trouble(
        kind=OutageKind.CLOSURE, starts_at=at(0), ends_at=at(8), site_id=cast.site.id, reason="Snow"
    )
    declare_outage(actor=cast.admin, trouble=closing)
    news = mails_to(cast.booker)[before:]
    assert len(news) == 1
    assert "Snow" in news[0].text
    assert len([mail for mail in mails_to(cast.rival) if "Snow" in mail.text]) == 1
    assert len([mail for mail in mails_to(cast.manager) if "Snow" in mail.text]) == 1


def test_looking_ahead_says_the_same_and_changes_nothing(cast: Cast) -> None:
    other = second_raman(cast)
    booking = approved(cast, cast.booker, cast.raman)
    late = approved(cast, cast.rival, cast.raman, start=4)
    plan = foresee_outage(actor=cast.manager, trouble=trouble(cast.raman, 0, 8))
    places = {hit.date.booking.reference: hit.place for hit in plan.hits}
    assert places[booking.reference].instead == {cast.raman.id: other.id}
    assert places[late.reference].span == span(4, 2)
    db.session.rollback()
    assert the_date(cast, booking).state is S.APPROVED
    assert not db.session.scalars(select(Outage)).all()


def test_a_request_that_waits_waits_again_on_what_is_like_it(cast: Cast) -> None:
    other = second_raman(cast)
    booking = ask(cast.booker, cast.raman)
    fail(cast, cast.raman)
    date = the_date(cast, booking)
    assert (date.state, date.items[0].equipment_id) == (S.REQUESTED, other.id)
    assert approve_booking(actor=cast.manager, reference=booking.reference)
    assert the_date(cast, booking).state is S.APPROVED


@pytest.mark.parametrize(
    ("who", "error"),
    [("booker", Forbidden), ("safety", Forbidden), ("other_manager", Forbidden), ("liaison", Forbidden)],
)
def test_only_who_may_take_it_out_of_service_says_so(cast: Cast, who: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        declare_outage(actor=getattr(cast, who), trouble=trouble(cast.raman))
    assert declare_outage(actor=cast.technician, trouble=trouble(cast.raman))


def test_a_manager_cannot_close_the_site(cast: Cast) -> None:
    closing = Trouble(kind=OutageKind.CLOSURE, starts_at=at(0), ends_at=at(8), site_id=cast.site.id)
    with pytest.raises(Forbidden):
        declare_outage(actor=cast.manager, trouble=closing)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"start": 4, "end": 2}, "ends_at"),
        ({"start": -40, "end": -30}, "ends_at"),
        ({"start": 4, "end": None}, "ends_at"),
        ({"end": 24 * 400}, "ends_at"),
        ({"quantity": 5}, "quantity"),
        ({"quantity": 0}, "quantity"),
        ({"unit_id": 987654}, "unit"),
        ({"reason": "x" * 2001}, "reason"),
    ],
)
def test_what_cannot_be_is_refused_by_its_field(cast: Cast, more: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        fail(cast, cast.stations, **more)
    assert field in str(refusal.value.errors)


def test_unknown_equipment_is_not_found(cast: Cast) -> None:
    nothing = Trouble(kind=OutageKind.OUTAGE, starts_at=NOW, ends_at=NOW + timedelta(hours=1), equipment_id=9)
    with pytest.raises(NotFound):
        declare_outage(actor=cast.admin, trouble=nothing)
