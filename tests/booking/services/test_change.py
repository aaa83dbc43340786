"""Moving and calling off: by whom, when, and what becomes of the time."""

import pytest
from sqlalchemy import select

from app.booking.errors import OutsidePolicy
from app.booking.models import OccurrenceState
from app.booking.services.cancel import cancel_booking
from app.booking.services.decide import approve_booking
from app.booking.services.move import move_booking
from app.core import clock
from app.core.errors import Forbidden, NotFound, WrongState
from app.core.event_log import EventRecord
from app.extensions import db
from app.occupancy.errors import SlotTaken
from app.occupancy.models import Claim
from tests.booking.making import ask
from tests.cast import Cast
from tests.databases import both_databases
from tests.occupancy.making import at, span


def claimed() -> list[object]:
    return [claim.span for claim in db.session.scalars(select(Claim).order_by(Claim.starts_at))]


@both_databases
def test_a_move_takes_the_new_time_and_frees_the_old(cast: Cast) -> None:
    reference = ask(cast.booker, cast.raman).reference
    (date,) = move_booking(actor=cast.booker, reference=reference, span=span(4, 1)).occurrences
    assert (date.span, date.sequence) == (span(4, 1), 1)
    assert claimed() == [span(4, 1)]
    ask(cast.rival, cast.raman)


@both_databases
def test_an_approved_booking_that_moves_asks_again(cast: Cast) -> None:
    reference = ask(cast.booker, cast.raman).reference
    approve_booking(actor=cast.manager, reference=reference)
    (date,) = move_booking(actor=cast.booker, reference=reference, span=span(4, 2)).occurrences
    assert (date.state, date.items[0].agreed_at) == (OccurrenceState.REQUESTED, None)


def test_when_the_lab_moves_it_nobody_has_to_be_asked(cast: Cast) -> None:
    reference = ask(cast.booker, cast.raman).reference
    (date,) = move_booking(actor=cast.manager, reference=reference, span=span(4, 2)).occurrences
    assert date.state is OccurrenceState.APPROVED


def test_where_no_answer_is_needed_it_stays_approved(cast: Cast) -> None:
    reference = ask(cast.booker, cast.stations).reference
    (date,) = move_booking(actor=cast.booker, reference=reference, span=span(1, 2)).occurrences
    assert date.state is OccurrenceState.APPROVED


@both_databases
def test_a_move_onto_taken_time_changes_nothing(cast: Cast) -> None:
    reference = ask(cast.booker, cast.raman).reference
    ask(cast.rival, cast.raman, start=4)
    with pytest.raises(SlotTaken):
        move_booking(actor=cast.booker, reference=reference, span=span(3, 2))
    with pytest.raises(OutsidePolicy):
        move_booking(actor=cast.booker, reference=reference, span=span(9, 2))
    assert claimed() == [span(0, 2), span(4, 2)]


@both_databases
def test_a_move_may_overlap_where_it_was(cast: Cast) -> None:
    reference = ask(cast.booker, cast.raman).reference
    move_booking(actor=cast.booker, reference=reference, span=span(1, 2))
    assert claimed() == [span(1, 2)]


@both_databases
def test_a_move_to_where_it_is_changes_nothing(cast: Cast) -> None:
    reference = ask(cast.booker, cast.raman).reference
    approve_booking(actor=cast.manager, reference=reference)
    (date,) = move_booking(actor=cast.booker, reference=reference, span=span(0, 2)).occurrences
    assert (date.state, date.sequence, date.items[0].agreed_by_id) == (
        OccurrenceState.APPROVED,
        1,
        cast.manager.id,
    )
    names = db.session.scalars(select(EventRecord.name)).all()
    assert "BookingMoved" not in names


@both_databases
def test_calling_off_frees_the_time_and_keeps_the_story(cast: Cast) -> None:
    reference = ask(cast.booker, cast.raman).reference
    (date,) = cancel_booking(actor=cast.boss, reference=reference, note="Order withdrawn").occurrences
    assert (date.state, date.reason, date.sequence) == (OccurrenceState.CANCELLED, "Order withdrawn", 1)
    assert claimed() == []
    names = db.session.scalars(select(EventRecord.name).order_by(EventRecord.id)).all()
    assert names == ["BookingRequested", "BookingCancelled"]
    with pytest.raises(WrongState):
        cancel_booking(actor=cast.boss, reference=reference)


def test_what_has_begun_is_neither_moved_nor_called_off(cast: Cast) -> None:
    reference = ask(cast.booker, cast.stations).reference
    with clock.frozen(at(1)):
        with pytest.raises(WrongState):
            cancel_booking(actor=cast.booker, reference=reference)
        with pytest.raises(WrongState):
            move_booking(actor=cast.booker, reference=reference, span=span(4, 1))


def test_a_colleague_sees_it_and_may_not_change_it(cast: Cast) -> None:
    reference = ask(cast.boss, cast.raman).reference
    with pytest.raises(Forbidden):
        cancel_booking(actor=cast.booker, reference=reference)
    with pytest.raises(Forbidden):
        move_booking(actor=cast.liaison, reference=reference, span=span(4, 1))


@pytest.mark.parametrize("who", ["rival", "other_manager", "donor", "loner"])
def test_strangers_find_nothing(cast: Cast, who: str) -> None:
    reference = ask(cast.booker, cast.raman).reference
    with pytest.raises(NotFound):
        cancel_booking(actor=getattr(cast, who), reference=reference)
    with pytest.raises(NotFound):
        move_booking(actor=getattr(cast, who), reference=reference, span=span(4, 1))


def test_who_left_the_company_loses_its_bookings(cast: Cast) -> None:
    reference = ask(cast.booker, cast.raman).reference
    cast.booker.memberships[0].ended_at = at(-1)
    db.session.commit()
    with pytest.raises(NotFound):
        cancel_booking(actor=cast.booker, reference=reference)
    cancel_booking(actor=cast.boss, reference=reference)


def test_a_date_of_another_booking_is_not_found(cast: Cast) -> None:
    mine = ask(cast.booker, cast.raman)
    theirs = ask(cast.rival, cast.oscilloscope)
    with pytest.raises(NotFound):
        cancel_booking(actor=cast.booker, reference=mine.reference, occurrence_ids=[theirs.occurrences[0].id])


def test_what_an_unverified_company_has_can_be_moved_while_another_waits(cast: Cast) -> None:
    """The one request it may have open is counted when it asks, not when something else happens."""
    first = ask(cast.newcomer, cast.raman).reference
    approve_booking(actor=cast.manager, reference=first)
    second = ask(cast.newcomer, cast.raman, start=3).reference
    move_booking(actor=cast.manager, reference=first, span=span(6, 2))
    approve_booking(actor=cast.manager, reference=second)
