"""Coming and leaving: by whom, when, and what becomes of the time."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.accounts.models import User
from app.booking.events import BookingCheckedIn, BookingCheckedOut
from app.booking.jobs import complete_bookings
from app.booking.models import Booking, OccurrenceState, WaitlistEntry, WaitState
from app.booking.rules.presence import EARLY
from app.booking.services.decide import approve_booking
from app.booking.services.use import check_in, check_out
from app.cli.doctor import findings
from app.core import clock
from app.core.errors import Forbidden, NotFound, WrongState
from app.core.event_log import EventRecord
from app.extensions import db
from app.occupancy.errors import SlotTaken
from app.occupancy.models import Claim, ClaimUnit
from tests.booking.making import ask, weekly
from tests.booking.services.test_waitlist import wait
from tests.cast import Cast
from tests.databases import both_databases
from tests.occupancy.making import at, span

S = OccurrenceState


def approved(cast: Cast, *things: object, **more: object) -> str:
    """Of a booking of Booker's that the lab has said yes to."""
    booking = ask(cast.booker, *(things or (cast.raman,)), **more)  # type: ignore[arg-type]
    if booking.occurrences[0].state is S.REQUESTED:
        approve_booking(actor=cast.manager, reference=booking.reference)
    return booking.reference


def in_use(cast: Cast, *things: object, hours: float = 0, **more: object) -> str:
    reference = approved(cast, *things, **more)
    with clock.frozen(at(hours)):
        check_in(actor=cast.booker, reference=reference)
    return reference


def claimed() -> list[object]:
    return [claim.span for claim in db.session.scalars(select(Claim).order_by(Claim.starts_at, Claim.id))]


def fixed() -> list[bool]:
    return list(db.session.scalars(select(ClaimUnit.is_fixed).order_by(ClaimUnit.claim_id)))


def leave(actor: User, reference: str, hours: float) -> Booking:
    with clock.frozen(at(hours)):
        return check_out(actor=actor, reference=reference)


@both_databases
def test_who_comes_has_the_units_for_good(cast: Cast) -> None:
    reference = approved(cast)
    assert fixed() == [False]
    with clock.frozen(at(0.1)):
        (date,) = check_in(actor=cast.booker, reference=reference, note="Two of us").occurrences
        assert (date.state, date.came_at, date.left_at) == (S.IN_USE, at(0.1), None)
        assert date.holds
        assert (claimed(), fixed()) == ([span(0, 2)], [True])
        assert list(findings()) == []
    event = db.session.scalars(select(EventRecord).order_by(EventRecord.id.desc())).first()
    assert event is not None
    assert (event.name, event.actor_id, event.data["note"]) == (
        BookingCheckedIn.__name__,
        cast.booker.id,
        "Two of us",
    )


@both_databases
def test_who_leaves_early_gives_back_the_rest_and_keeps_the_units_of_what_was_used(cast: Cast) -> None:
    reference = in_use(cast)
    unit = db.session.scalar(select(ClaimUnit.unit_id))
    (date,) = leave(cast.booker, reference, 0.5).occurrences
    assert (date.state, date.span, date.left_at) == (S.COMPLETED, span(0, 0.5), at(0.5))
    assert date.planned_ends_at == at(2)
    assert not date.holds
    assert claimed() == [span(0, 0.5)]
    given = db.session.execute(select(ClaimUnit.unit_id, ClaimUnit.is_fixed)).one()
    assert tuple(given) == (unit, True)
    event = db.session.scalars(
        select(EventRecord).where(EventRecord.name == BookingCheckedOut.__name__)
    ).one()
    assert event.data["planned_ends_at"].startswith("2026-11-23T07:00")
    assert list(findings()) == []


@both_databases
def test_what_is_given_back_is_held_for_who_waits(cast: Cast) -> None:
    reference = in_use(cast, length=8)
    entry = wait(cast.rival, cast.raman, 5, 3)
    leave(cast.booker, reference, 0.5)
    assert db.session.get_one(WaitlistEntry, entry.id).state is WaitState.OFFERED
    assert list(findings()) == []


@pytest.mark.parametrize("who", ["booker", "boss", "manager", "technician", "safety", "admin"])
def test_the_company_and_the_lab_may_say_it(cast: Cast, who: str) -> None:
    reference = approved(cast)
    with clock.frozen(at(0)):
        check_in(actor=getattr(cast, who), reference=reference)
        check_out(actor=getattr(cast, who), reference=reference)


@pytest.mark.parametrize(
    ("who", "error"),
    [
        ("rival", NotFound),
        ("other_manager", NotFound),
        ("student", NotFound),
        ("loner", NotFound),
        ("liaison", Forbidden),
    ],
)
def test_nobody_else_may(cast: Cast, who: str, error: type[Exception]) -> None:
    reference = approved(cast)
    with clock.frozen(at(0)):
        for verb in (check_in, check_out):
            with pytest.raises(error):
                verb(actor=getattr(cast, who), reference=reference)


@pytest.mark.parametrize(
    ("hours", "fits"), [(-0.26, False), (-0.25, True), (0, True), (1.99, True), (2, False)]
)
def test_one_comes_from_a_quarter_before_it_begins_until_its_end(
    cast: Cast, hours: float, fits: bool
) -> None:
    assert timedelta(minutes=15) == EARLY
    reference = approved(cast)
    with clock.frozen(at(hours)):
        if fits:
            check_in(actor=cast.booker, reference=reference)
        else:
            with pytest.raises(WrongState):
                check_in(actor=cast.booker, reference=reference)


def test_neither_fits_another_state(cast: Cast) -> None:
    waiting = ask(cast.booker, cast.raman).reference
    with clock.frozen(at(0)):
        for verb in (check_in, check_out):
            with pytest.raises(WrongState):
                verb(actor=cast.booker, reference=waiting)
    here = in_use(cast, start=3, hours=3)
    with clock.frozen(at(3)), pytest.raises(WrongState):
        check_in(actor=cast.booker, reference=here)
    leave(cast.booker, here, 4)
    with clock.frozen(at(4)), pytest.raises(WrongState):
        check_out(actor=cast.booker, reference=here)


def test_of_a_series_the_date_of_this_hour_is_meant(cast: Cast) -> None:
    reference = approved(cast, recurrence=weekly(2))
    with clock.frozen(at(0)):
        first, second = check_in(actor=cast.booker, reference=reference).occurrences
        assert (first.state, second.state) == (S.IN_USE, S.APPROVED)
        with pytest.raises(WrongState):
            check_in(actor=cast.booker, reference=reference, occurrence_ids=[second.id])
        with pytest.raises(NotFound):
            check_out(actor=cast.booker, reference=reference, occurrence_ids=[first.id, 99_999])


def test_who_leaves_before_it_has_begun_keeps_a_minute(cast: Cast) -> None:
    reference = in_use(cast, hours=-0.2)
    (date,) = leave(cast.booker, reference, -0.1).occurrences
    assert (date.span.start, date.span.minutes, date.left_at) == (at(0), 1, at(-0.1))
    assert list(findings()) == []


@both_databases
def test_who_stays_longer_takes_what_is_free(cast: Cast) -> None:
    reference = in_use(cast)
    (date,) = leave(cast.booker, reference, 2.5).occurrences
    assert (date.span, date.planned_ends_at) == (span(0, 2.5), None)
    assert (claimed(), fixed()) == ([span(0, 2.5)], [True])
    assert list(findings()) == []


@both_databases
def test_who_stays_longer_takes_nothing_from_who_comes_next(cast: Cast) -> None:
    reference = in_use(cast)
    ask(cast.rival, cast.raman, start=2)
    with pytest.raises(SlotTaken):
        leave(cast.booker, reference, 2.5)
    db.session.rollback()
    assert claimed() == [span(0, 2), span(2, 2)]
    with clock.frozen(at(2.5)):
        assert complete_bookings() == 1
        assert list(findings()) == []


@both_databases
def test_a_unit_that_is_worked_with_stays_and_the_others_make_way(cast: Cast) -> None:
    """Three stations are taken; the next one's tentative unit is exchanged when the first stays on."""
    reference = in_use(cast, (cast.stations, 1))
    mine = db.session.scalar(select(ClaimUnit.unit_id))
    ask(cast.rival, (cast.stations, 3), start=2, length=1)
    leave(cast.booker, reference, 3)
    units = list(db.session.scalars(select(ClaimUnit.unit_id).order_by(ClaimUnit.claim_id)))
    assert len(units) == len(set(units)) == 4
    assert mine in units
    assert list(findings()) == []


def test_what_nobody_left_completes_by_itself(cast: Cast) -> None:
    reference = in_use(cast)
    with clock.frozen(at(2)):
        assert complete_bookings() == 1
        assert complete_bookings() == 0
    date = db.session.scalars(select(Booking).where(Booking.reference == reference)).one().occurrences[0]
    assert (date.state, date.came_at, date.left_at) == (S.COMPLETED, at(0), None)
    assert (claimed(), fixed()) == ([span(0, 2)], [True])
    assert list(findings()) == []
