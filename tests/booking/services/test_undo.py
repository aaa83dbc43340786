"""Taking an answer back: by who gave it, at once, and only where it did nothing to others."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.booking.errors import Stands
from app.booking.models import Booking, DecidedDate, Decision, DeclineReason, Occurrence, Override
from app.booking.models import OccurrenceState as S
from app.booking.queries.bookings import get_booking
from app.booking.services.cancel import cancel_booking
from app.booking.services.decide import (
    Approve,
    Decline,
    approve_booking,
    decide_dates,
    decline_booking,
    propose_time,
)
from app.booking.services.policies import set_equipment_policy
from app.booking.services.undo import take_back
from app.cli.doctor import findings
from app.core import clock
from app.core.errors import NotFound
from app.core.event_log import EventRecord
from app.demand.models import Miss
from app.extensions import db
from app.notifications.models import Mail, MailState, Notice
from app.notifications.services.deliver import take_mail
from app.occupancy.errors import SlotTaken
from app.occupancy.models import Claim, ClaimUnit
from tests.booking.making import ask, weekly
from tests.booking.services.test_waitlist import wait
from tests.cast import NOW, Cast
from tests.databases import both_databases
from tests.occupancy.making import span

WORDS = {"reason_code": DeclineReason.CAPACITY, "reason": "All hands are busy"}


def the_decision() -> int:
    return db.session.scalars(select(Decision.id).order_by(Decision.id.desc())).first() or 0


def the_dates(cast: Cast, booking: Booking) -> list[Occurrence]:
    return get_booking(cast.admin, booking.reference).occurrences


def told(*kinds: type[Mail] | type[Notice]) -> list[int]:
    return [db.session.scalar(select(func.count(kind.id))) or 0 for kind in kinds or (Mail, Notice)]


def names() -> list[str]:
    return list(db.session.scalars(select(EventRecord.name).order_by(EventRecord.id)))


@both_databases
def test_a_yes_is_taken_back_and_nobody_hears_of_it(cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)
    before = told()
    approve_booking(actor=cast.manager, reference=booking.reference, note="Bring gloves")
    assert told() != before
    take_back(actor=cast.manager, decision_id=the_decision())
    (date,) = the_dates(cast, booking)
    assert (date.state, date.decided_at, date.decided_by_id, date.reason) == (S.REQUESTED, None, None, "")
    assert [item.agreed_at for item in date.items] == [None]
    assert told() == before
    assert date.holds
    assert db.session.scalar(select(func.count(Claim.id))) == 1
    assert db.session.scalar(select(func.count(ClaimUnit.unit_id))) == 0, "no unit is planned for it"
    assert names()[-2:] == ["BookingApproved", "DecisionTakenBack"]
    assert list(findings()) == []


@both_databases
def test_a_no_is_taken_back_with_the_miss_it_left(cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)
    decline_booking(actor=cast.manager, reference=booking.reference, **WORDS)
    assert db.session.scalar(select(func.count(Miss.id))) == 1
    take_back(actor=cast.manager, decision_id=the_decision())
    (date,) = the_dates(cast, booking)
    assert (date.state, date.reason_code, date.reason, date.holds) == (S.REQUESTED, None, "", True)
    assert db.session.scalar(select(func.count(Miss.id))) == 0
    with pytest.raises(SlotTaken):
        ask(cast.rival, cast.raman)
    assert list(findings()) == []


def test_the_letters_wait_for_half_a_minute(cast: Cast) -> None:
    ask(cast.booker, cast.raman)
    while take_mail():
        pass
    booking = ask(cast.rival, cast.raman, start=4)
    approve_booking(actor=cast.manager, reference=booking.reference)
    waiting = db.session.scalars(select(Mail).where(Mail.bundle.is_not(None))).all()
    assert [mail.address for mail in waiting] == [cast.rival.email]
    ahead = waiting[0].due_at - clock.real_now()
    assert timedelta(seconds=20) < ahead <= timedelta(seconds=30)
    taken = []
    while (mail := take_mail()) is not None:
        taken.append(mail.id)
    assert waiting[0].id not in taken


def test_each_date_of_a_series_goes_back_to_where_it_was(cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman, recurrence=weekly(3))
    first, second, third = (date.id for date in booking.occurrences)
    answers = {first: Approve("Come early"), second: Decline(DeclineReason.OTHER, "Not then")}
    decide_dates(actor=cast.manager, reference=booking.reference, answers=answers)
    assert [date.state for date in the_dates(cast, booking)] == [S.APPROVED, S.DECLINED, S.REQUESTED]
    take_back(actor=cast.manager, decision_id=the_decision())
    dates = the_dates(cast, booking)
    assert [date.state for date in dates] == [S.REQUESTED] * 3
    assert [date.sequence for date in dates] == [2, 2, 0], "calendars see that something changed"
    assert third not in set(db.session.scalars(select(DecidedDate.occurrence_id)))
    assert list(findings()) == []


def test_answered_again_it_is_told_as_if_for_the_first_time(cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)
    approve_booking(actor=cast.manager, reference=booking.reference)
    take_back(actor=cast.manager, decision_id=the_decision())
    decline_booking(actor=cast.manager, reference=booking.reference, **WORDS)
    letters = db.session.scalars(select(Mail).where(Mail.bundle.is_not(None))).all()
    assert len(letters) == 1
    assert WORDS["reason"] in letters[0].text
    assert list(findings()) == []


def test_the_yes_of_one_of_two_labs_is_taken_back(cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman, cast.oscilloscope)
    approve_booking(actor=cast.other_manager, reference=booking.reference)
    approve_booking(actor=cast.manager, reference=booking.reference)
    assert the_dates(cast, booking)[0].state is S.APPROVED
    take_back(actor=cast.manager, decision_id=the_decision())
    (date,) = the_dates(cast, booking)
    agreed = {item.equipment_id for item in date.items if item.agreed_at is not None}
    assert (date.state, agreed) == (S.REQUESTED, {cast.oscilloscope.id})
    assert list(findings()) == []


def test_what_another_lab_has_said_since_keeps_the_first_yes(cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman, cast.oscilloscope)
    approve_booking(actor=cast.manager, reference=booking.reference)
    mine = the_decision()
    approve_booking(actor=cast.other_manager, reference=booking.reference)
    with pytest.raises(Stands) as stands:
        take_back(actor=cast.manager, decision_id=mine)
    assert stands.value.why == "changed"
    assert the_dates(cast, booking)[0].state is S.APPROVED


def test_the_exception_that_was_made_for_it_is_gone_too(cast: Cast, save: Callable[..., None]) -> None:
    booking = ask(cast.booker, cast.raman)
    for hours in cast.materials.hours[:]:
        cast.materials.hours.remove(hours)
    save()
    approve_booking(actor=cast.manager, reference=booking.reference, override="The lab opens for them")
    assert db.session.scalar(select(func.count(Override.id)))
    take_back(actor=cast.manager, decision_id=the_decision())
    assert not db.session.scalar(select(func.count(Override.id)))


@pytest.mark.parametrize("who", ["safety", "other_manager", "booker", "rival", "technician", "admin"])
def test_nobody_else_takes_it_back(cast: Cast, who: str) -> None:
    booking = ask(cast.booker, cast.raman)
    approve_booking(actor=cast.manager, reference=booking.reference)
    with pytest.raises(NotFound):
        take_back(actor=getattr(cast, who), decision_id=the_decision())
    assert the_dates(cast, booking)[0].state is S.APPROVED


def test_after_half_a_minute_it_stands(cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)
    approve_booking(actor=cast.manager, reference=booking.reference)
    with clock.frozen(NOW + timedelta(seconds=31)), pytest.raises(Stands) as stands:
        take_back(actor=cast.manager, decision_id=the_decision())
    assert stands.value.why == "late"
    with clock.frozen(NOW + timedelta(seconds=30)):
        take_back(actor=cast.manager, decision_id=the_decision())
    assert the_dates(cast, booking)[0].state is S.REQUESTED


@pytest.mark.parametrize("state", [MailState.SENDING, MailState.SENT, MailState.FAILED])
def test_a_letter_that_has_left_cannot_be_taken_back(
    cast: Cast, save: Callable[..., None], state: MailState
) -> None:
    booking = ask(cast.booker, cast.raman)
    approve_booking(actor=cast.manager, reference=booking.reference)
    letter = db.session.scalars(select(Mail).where(Mail.bundle.is_not(None))).one()
    letter.state = state
    save()
    before = told()
    with pytest.raises(Stands) as stands:
        take_back(actor=cast.manager, decision_id=the_decision())
    assert stands.value.why == "sent"
    assert the_dates(cast, booking)[0].state is S.APPROVED
    assert told() == before


def test_what_happened_since_keeps_it(cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)
    approve_booking(actor=cast.manager, reference=booking.reference)
    cancel_booking(actor=cast.booker, reference=booking.reference)
    with pytest.raises(Stands) as stands:
        take_back(actor=cast.manager, decision_id=the_decision())
    assert stands.value.why == "changed"


def test_a_time_that_somebody_took_meanwhile_stays_theirs(cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)
    decline_booking(actor=cast.manager, reference=booking.reference, **WORDS)
    ask(cast.rival, cast.raman)
    with pytest.raises(SlotTaken):
        take_back(actor=cast.manager, decision_id=the_decision())
    assert the_dates(cast, booking)[0].state is S.DECLINED
    assert list(findings()) == []


def test_who_turned_others_down_stays_with_the_answer(cast: Cast) -> None:
    set_equipment_policy(actor=cast.manager, equipment_id=cast.raman.id, requests_compete=True)
    won, lost = ask(cast.booker, cast.raman), ask(cast.rival, cast.raman)
    approve_booking(actor=cast.manager, reference=won.reference)
    with pytest.raises(Stands) as stands:
        take_back(actor=cast.manager, decision_id=the_decision())
    assert stands.value.why == "rivals"
    assert [the_dates(cast, one)[0].state for one in (won, lost)] == [S.APPROVED, S.DECLINED]


def test_what_competes_gives_its_time_back(cast: Cast) -> None:
    set_equipment_policy(actor=cast.manager, equipment_id=cast.raman.id, requests_compete=True)
    booking = ask(cast.booker, cast.raman)
    approve_booking(actor=cast.manager, reference=booking.reference)
    take_back(actor=cast.manager, decision_id=the_decision())
    assert not the_dates(cast, booking)[0].holds
    assert ask(cast.rival, cast.raman).occurrences[0].state is S.REQUESTED
    assert list(findings()) == []


def test_what_was_offered_to_who_waits_stays_theirs(cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)
    wait(cast.rival, cast.raman)
    decline_booking(actor=cast.manager, reference=booking.reference, **WORDS)
    with pytest.raises(Stands) as stands:
        take_back(actor=cast.manager, decision_id=the_decision())
    assert stands.value.why == "waitlist"


def test_another_time_stays_held(cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)
    propose_time(actor=cast.manager, reference=booking.reference, span=span(4, 2))
    with pytest.raises(Stands) as stands:
        take_back(actor=cast.manager, decision_id=the_decision())
    assert stands.value.why == "proposed"


def test_twice_is_once_and_yesterdays_answers_are_forgotten(cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)
    approve_booking(actor=cast.manager, reference=booking.reference)
    first = the_decision()
    for _ in range(2):
        take_back(actor=cast.manager, decision_id=first)
    assert names().count("DecisionTakenBack") == 1
    other = ask(cast.booker, cast.raman, start=26)
    with clock.frozen(NOW + timedelta(hours=25)):
        approve_booking(actor=cast.manager, reference=other.reference)
    assert db.session.scalars(select(Decision.at)).all() == [NOW + timedelta(hours=25)]
