"""Waiting: who may, whose turn it is, what is held and for how long, and what becomes of it."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.accounts.models import User
from app.booking.errors import OutsidePolicy, StillFree
from app.booking.jobs import end_unanswered, expire_requests, expire_waiting, serve_waitlist
from app.booking.models import Booking, DeclineReason, OccurrenceState, Outcome, WaitlistEntry, WaitState
from app.booking.queries.waitlist import places
from app.booking.services.cancel import cancel_booking
from app.booking.services.decide import decline_booking
from app.booking.services.move import move_booking
from app.booking.services.policies import set_equipment_policy
from app.booking.services.waitlist.answer import accept_held, pass_held
from app.booking.services.waitlist.join import Awaited, join_waitlist, leave_waitlist
from app.booking.services.waitlist.remove import remove_from_waitlist
from app.core import clock
from app.core.errors import Forbidden, InvalidInput, NotFound, WrongState
from app.demand.models import Miss, MissReason
from app.extensions import db
from app.inventory.models import Equipment, Mode
from app.notifications.models import Mail
from app.occupancy.errors import SlotTaken
from app.occupancy.models import Claim, ClaimKind
from tests.booking.making import ask
from tests.cast import NOW, Cast
from tests.databases import both_databases
from tests.occupancy.making import claim, span


def wait(actor: User, thing: Equipment, start: float = 0, length: float = 2, **more: Any) -> WaitlistEntry:
    """Wait for two hours of it, inside the span."""
    settled: dict[str, Any] = {"minutes": 120, "quantity": 1, "equipment_id": thing.id, "mode": Mode.SELF}
    return join_waitlist(actor=actor, awaited=Awaited(window=span(start, length), **(settled | more)))


def held() -> list[object]:
    """Every time that is held for somebody."""
    return [c.span for c in db.session.scalars(select(Claim).where(Claim.kind == ClaimKind.HOLD))]


def call_off(booking: Booking) -> None:
    cancel_booking(actor=booking.requester, reference=booking.reference)


@both_databases
def test_a_freed_time_is_held_for_who_waited_longest(cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)
    first = wait(cast.rival, cast.raman)
    second = wait(cast.boss, cast.raman)
    call_off(booking)
    db.session.expire_all()
    assert (first.state, second.state) == (WaitState.OFFERED, WaitState.WAITING)
    assert held() == [span(0, 2)]
    with pytest.raises(SlotTaken):
        ask(cast.boss, cast.raman)


@both_databases
def test_who_waits_takes_the_time_and_it_is_an_ordinary_request(cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)
    entry = wait(cast.rival, cast.raman, purpose="Batch 7")
    call_off(booking)
    taken = accept_held(actor=cast.rival, entry_id=entry.id)
    (date,) = taken.occurrences
    assert (date.state, date.span, taken.purpose) == (OccurrenceState.REQUESTED, span(0, 2), "Batch 7")
    assert (entry.state, entry.booking, held()) == (WaitState.SERVED, taken, [])
    with pytest.raises(WrongState):
        accept_held(actor=cast.rival, entry_id=entry.id)


@pytest.mark.parametrize("how", ["declined", "moved", "expired", "called_off"])
def test_whatever_frees_the_time_holds_it_in_the_same_moment(cast: Cast, how: str) -> None:
    booking = ask(cast.booker, cast.raman)
    entry = wait(cast.rival, cast.raman)
    reference = booking.reference
    if how == "declined":
        reason = {"reason_code": DeclineReason.UNSUITABLE, "reason": "Too large."}
        decline_booking(actor=cast.manager, reference=reference, **reason)
    elif how == "moved":
        move_booking(actor=cast.booker, reference=reference, span=span(4, 2))
    elif how == "called_off":
        call_off(booking)
    else:
        booking.occurrences[0].expires_at = NOW
        db.session.commit()
        expire_requests()
    assert entry.state is WaitState.OFFERED
    assert entry.open_offer is not None
    assert entry.open_offer.span == span(0, 2)


def test_any_time_of_the_window_will_do(cast: Cast) -> None:
    early, late = ask(cast.booker, cast.raman, length=4), ask(cast.booker, cast.raman, start=4, length=4)
    entry = wait(cast.rival, cast.raman, 0, 8)
    call_off(late)
    assert entry.open_offer is not None
    assert entry.open_offer.span == span(4, 2)
    assert early.occurrences[0].state is OccurrenceState.REQUESTED


def test_anything_of_the_kind_will_do_also_of_a_kind_above_it(cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)
    kind = {"equipment_id": None, "category_id": cast.spectroscopy.id}
    entry = wait(cast.rival, cast.raman, **kind)
    elsewhere = wait(cast.boss, cast.raman, **(kind | {"lab_id": cast.materials.id}))
    call_off(booking)
    assert entry.open_offer is not None
    assert entry.open_offer.equipment is cast.raman
    assert elsewhere.state is WaitState.WAITING


def test_too_little_of_a_pool_is_nobodys_turn_yet(cast: Cast) -> None:
    both = [ask(cast.booker, (cast.stations, 2)), ask(cast.boss, (cast.stations, 2))]
    entry = wait(cast.rival, cast.stations, quantity=3)
    call_off(both[0])
    assert entry.state is WaitState.WAITING
    call_off(both[1])
    assert entry.state is WaitState.OFFERED


def test_who_may_not_have_it_is_passed_over(cast: Cast) -> None:
    ask(cast.newcomer, cast.oscilloscope, purpose="Our one open request")
    booking = ask(cast.booker, cast.raman)
    first, second = wait(cast.newcomer, cast.raman), wait(cast.rival, cast.raman)
    call_off(booking)
    assert (first.state, second.state) == (WaitState.WAITING, WaitState.OFFERED)


@both_databases
def test_silence_gives_it_to_the_next_and_costs_the_place(cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)
    first, second = wait(cast.rival, cast.raman), wait(cast.boss, cast.raman)
    call_off(booking)
    until = first.offers[0].expires_at
    assert until == NOW + timedelta(hours=4)
    assert end_unanswered() == 0
    with clock.frozen(until):
        with pytest.raises(WrongState):
            accept_held(actor=cast.rival, entry_id=first.id)
        assert end_unanswered() == 1
    db.session.expire_all()
    assert [one.outcome for one in first.offers] == [Outcome.UNANSWERED]
    assert (first.state, second.state) == (WaitState.WAITING, WaitState.OFFERED)
    assert places([first, second]) == {second.id: 1, first.id: 2}


def test_a_word_gives_it_to_the_next_and_keeps_the_place(cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)
    first, second = wait(cast.rival, cast.raman), wait(cast.boss, cast.raman)
    call_off(booking)
    pass_held(actor=cast.rival, entry_id=first.id)
    assert (first.state, second.state) == (WaitState.WAITING, WaitState.OFFERED)
    assert places([first, second]) == {first.id: 1, second.id: 2}
    leave_waitlist(actor=cast.boss, entry_id=second.id)
    # What was let go is not held again for the same one.
    assert (first.state, held()) == (WaitState.WAITING, [])


def test_what_is_held_next_begins_on_the_grid(cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman, length=6)
    entry = wait(cast.rival, cast.raman, 0.5, 5.5, minutes=90)
    set_equipment_policy(actor=cast.manager, equipment_id=cast.raman.id, grid_minutes=30)
    call_off(booking)
    assert entry.open_offer is not None
    assert entry.open_offer.span == span(0.5, 1.5)
    set_equipment_policy(actor=cast.manager, equipment_id=cast.raman.id, grid_minutes=60)
    with pytest.raises(OutsidePolicy):
        accept_held(actor=cast.rival, entry_id=entry.id)
    set_equipment_policy(actor=cast.manager, equipment_id=cast.raman.id, grid_minutes=90)
    pass_held(actor=cast.rival, entry_id=entry.id)
    serve_waitlist()
    assert entry.open_offer is not None
    assert entry.open_offer.span == span(2, 1.5)  # 10:30, the first after 10:00 on a grid of 90 minutes


def test_who_never_answers_loses_the_place_for_good(cast: Cast) -> None:
    bookings = [ask(cast.booker, cast.raman, start=hour) for hour in (0, 2, 4)]
    entry = wait(cast.rival, cast.raman, 0, 6)
    for booking in bookings:
        call_off(booking)
        assert entry.open_offer is not None
        with clock.frozen(entry.open_offer.expires_at):
            end_unanswered()
    assert (entry.state, held()) == (WaitState.LAPSED, [])


def test_a_hold_ends_when_it_would_begin(cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)
    entry = wait(cast.rival, cast.raman)
    set_equipment_policy(actor=cast.manager, equipment_id=cast.raman.id, notice_minutes=0)
    with clock.frozen(span(0, 2).start - timedelta(minutes=20)):
        call_off(booking)
        assert entry.open_offer is not None
        assert entry.open_offer.expires_at == span(0, 2).start


def test_notice_counts_from_when_it_was_held(cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)
    entry = wait(cast.rival, cast.raman)
    set_equipment_policy(actor=cast.manager, equipment_id=cast.raman.id, hold_minutes=600)
    with clock.frozen(span(0, 2).start - timedelta(hours=4)):
        call_off(booking)
    with clock.frozen(span(0, 2).start - timedelta(hours=1)):
        assert accept_held(actor=cast.rival, entry_id=entry.id).occurrences[0].span == span(0, 2)


def test_a_refused_acceptance_leaves_the_time_held(cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)
    entry = wait(cast.rival, cast.raman)
    call_off(booking)
    set_equipment_policy(actor=cast.manager, equipment_id=cast.raman.id, min_minutes=180)
    with pytest.raises(OutsidePolicy):
        accept_held(actor=cast.rival, entry_id=entry.id)
    db.session.expire_all()
    assert (entry.state, held()) == (WaitState.OFFERED, [span(0, 2)])


@both_databases
def test_what_never_became_free_is_a_miss_once(cast: Cast) -> None:
    ask(cast.booker, cast.raman)
    entry = wait(cast.rival, cast.raman)
    assert expire_waiting() == 0
    with clock.frozen(entry.latest_start):
        assert expire_waiting() == 1
        assert expire_waiting() == 0
    (miss,) = db.session.scalars(select(Miss))
    assert (miss.reason, miss.minutes, miss.organisation_id) == (
        MissReason.WAITLIST_EXPIRED,
        120,
        cast.rival_company.id,
    )
    assert entry.state is WaitState.EXPIRED


def test_who_let_a_time_go_has_missed_nothing(cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)
    entry = wait(cast.rival, cast.raman)
    call_off(booking)
    pass_held(actor=cast.rival, entry_id=entry.id)
    with clock.frozen(entry.latest_start):
        expire_waiting()
    assert (entry.state, db.session.scalars(select(Miss)).all()) == (WaitState.EXPIRED, [])


def test_a_refusal_and_the_wait_after_it_are_one_miss(cast: Cast) -> None:
    ask(cast.booker, cast.raman)
    with pytest.raises(SlotTaken):
        ask(cast.rival, cast.raman)
    entry = wait(cast.rival, cast.raman)
    with clock.frozen(entry.latest_start):
        expire_waiting()
    assert len(db.session.scalars(select(Miss)).all()) == 1


def test_what_comes_back_in_other_ways_is_found_by_the_job(cast: Cast) -> None:
    claim(99, (cast.raman.id, span(0, 2), 1))
    entry = wait(cast.rival, cast.raman)
    assert serve_waitlist() == 0
    claim(99)
    assert serve_waitlist() == 1
    assert entry.state is WaitState.OFFERED


def test_nobody_waits_for_what_is_free_or_could_never_be(cast: Cast) -> None:
    with pytest.raises(StillFree) as free:
        wait(cast.rival, cast.raman, 0, 8)
    assert free.value.span == span(0, 2)
    with pytest.raises(OutsidePolicy):
        wait(cast.rival, cast.raman, 0, 30, minutes=20 * 60)
    with pytest.raises(OutsidePolicy):
        wait(cast.rival, cast.microscope)


def test_what_is_asked_has_to_lie_ahead_and_be_somewhere(cast: Cast) -> None:
    ask(cast.booker, cast.raman)
    for wrong, code in (
        ({"start": -100, "length": 2}, "past"),
        ({"start": 0, "length": 1}, "too_soon"),
        ({"start": 0, "length": 24 * 100}, "window_too_long"),
    ):
        with pytest.raises(InvalidInput) as refused:
            wait(cast.rival, cast.raman, **wrong)
        assert refused.value.errors == (("to", code),)
    with pytest.raises(NotFound):
        wait(cast.rival, cast.raman, equipment_id=10**6)


def test_the_same_wish_waits_once_and_there_is_an_end_to_wishes(cast: Cast) -> None:
    ask(cast.booker, cast.raman)
    wait(cast.newcomer, cast.raman)
    with pytest.raises(InvalidInput, match="invalid") as again:
        wait(cast.newcomer, cast.raman, minutes=60)
    assert again.value.errors == (("organisation", "too_many_waiting"),)
    wait(cast.rival, cast.raman)
    with pytest.raises(InvalidInput) as same:
        wait(cast.rival, cast.raman)
    assert same.value.errors == (("equipment", "waits_already"),)


def test_the_wait_is_its_own_peoples(cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)
    entry = wait(cast.booker, cast.raman, minutes=60)
    other = wait(cast.rival, cast.raman)
    call_off(booking)
    for verb in (accept_held, pass_held, leave_waitlist):
        with pytest.raises(NotFound):
            verb(actor=cast.rival, entry_id=entry.id)
        with pytest.raises(Forbidden):
            verb(actor=cast.manager, entry_id=entry.id)
    leave_waitlist(actor=cast.boss, entry_id=entry.id)
    assert (entry.state, other.state) == (WaitState.LEFT, WaitState.OFFERED)


def test_a_foreign_organisation_cannot_be_named(cast: Cast) -> None:
    ask(cast.booker, cast.raman)
    with pytest.raises(NotFound):
        wait(cast.rival, cast.raman, organisation_id=cast.arta.id)
    with pytest.raises(InvalidInput):
        wait(cast.loner, cast.raman)


def test_an_own_hold_is_not_in_ones_own_way(cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)
    entry = wait(cast.rival, cast.raman)
    call_off(booking)
    assert entry.open_offer is not None
    assert entry.open_offer.span == span(0, 2)
    taken = accept_held(actor=cast.rival, entry_id=entry.id, people=[("Sara", None)], note="Before noon")
    assert ([one.name for one in taken.people], taken.note) == (["Sara"], "Before noon")


@both_databases
def test_the_lab_lets_somebody_wait_no_longer(cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)
    first, second = wait(cast.rival, cast.raman), wait(cast.boss, cast.raman)
    call_off(booking)
    remove_from_waitlist(
        actor=cast.technician, entry_id=first.id, reason=" The lamp is reserved for teaching "
    )
    db.session.expire_all()
    assert (first.state, second.state) == (WaitState.LEFT, WaitState.OFFERED)
    assert held() == [span(0, 2)]
    (letter,) = db.session.scalars(select(Mail).where(Mail.text.contains("reserved for teaching")))
    assert letter.address == cast.rival.email
    with pytest.raises(WrongState):
        remove_from_waitlist(actor=cast.manager, entry_id=first.id, reason="Again")


def test_only_the_labs_staff_and_only_with_a_reason(cast: Cast) -> None:
    ask(cast.booker, cast.raman)
    entry = wait(cast.rival, cast.raman)
    with pytest.raises(NotFound):
        remove_from_waitlist(actor=cast.booker, entry_id=entry.id, reason="No")
    with pytest.raises(NotFound):
        remove_from_waitlist(actor=cast.other_manager, entry_id=entry.id, reason="No")
    with pytest.raises(Forbidden):
        remove_from_waitlist(actor=cast.rival, entry_id=entry.id, reason="No")
    with pytest.raises(InvalidInput):
        remove_from_waitlist(actor=cast.manager, entry_id=entry.id, reason="  ")
    assert entry.state is WaitState.WAITING
