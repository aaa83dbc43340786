"""A request for several dates: each is judged, all are booked or the rest of them, and told once."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from app.booking.errors import OutsidePolicy
from app.booking.models import Booking, DeclineReason, Occurrence, OccurrenceState, Policy, SkippedDate
from app.booking.rules.recurrence import Recurrence
from app.booking.services.add import add_dates
from app.booking.services.cancel import cancel_booking
from app.booking.services.decide import Approve, Decline, approve_booking, decide_dates, decline_booking
from app.booking.services.evaluate import DATES
from app.booking.services.move import move_booking
from app.booking.services.request import check_dates
from app.core import clock
from app.core.errors import Forbidden, InvalidInput, NotFound, WrongState
from app.core.event_log import EventRecord
from app.demand.models import Miss
from app.extensions import db
from app.inventory.models import Holiday
from app.notifications.models import Mail, Notice
from app.occupancy.errors import SlotTaken
from app.occupancy.models import Claim, ClaimUnit
from tests.booking.making import a_request, ask, weekly
from tests.cast import NOW, Cast
from tests.databases import both_databases
from tests.occupancy.making import at, span
from tools.bench.recording import recorded

A_WEEK = 7 * 24
S = OccurrenceState


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def mails() -> list[tuple[str, str]]:
    """Address and text of each mail, oldest first; then the outbox is empty."""
    rows = db.session.scalars(select(Mail).order_by(Mail.id)).all()
    told = [(row.address.split("@")[0], row.text) for row in rows]
    for row in rows:
        db.session.delete(row)
    db.session.commit()
    return told


def states(booking: Booking) -> list[OccurrenceState]:
    return [one.state for one in booking.occurrences]


@both_databases
def test_every_date_is_a_row_with_its_claims_and_its_event(cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman, (cast.stations, 2), recurrence=weekly(4))
    assert [one.span for one in booking.occurrences] == [span(A_WEEK * week, 2) for week in range(4)]
    assert (booking.rrule, booking.exdates, booking.skipped) == ("FREQ=WEEKLY;COUNT=4", [], [])
    assert (count(Claim), count(EventRecord)) == (8, 4)


@both_databases
def test_one_taken_date_refuses_all_and_is_named(cast: Cast) -> None:
    ask(cast.rival, cast.raman, start=A_WEEK)
    with pytest.raises(SlotTaken) as refused:
        ask(cast.booker, cast.raman, start=1, recurrence=weekly(3))
    assert [(c.equipment_id, c.span, c.kind, c.asked) for c in refused.value.conflicts] == [
        (cast.raman.id, span(A_WEEK, 2), "booking", span(A_WEEK + 1, 2))
    ]
    assert [one.allowed for one in refused.value.params[DATES]] == [True, False, True]
    assert count(Booking) == 1
    assert [miss.wanted_from for miss in db.session.scalars(select(Miss))] == [at(A_WEEK + 1)]


def test_rules_of_one_date_are_judged_before_the_calendar_of_another(cast: Cast) -> None:
    ask(cast.rival, cast.raman)
    db.session.add(Holiday(site_id=cast.site.id, on=date(2026, 11, 30), name="Day off"))
    db.session.commit()
    with pytest.raises(OutsidePolicy) as refused:
        ask(cast.booker, cast.raman, recurrence=weekly(3))
    assert {verdict.code.value for verdict in refused.value.verdicts} == {"closed_day", "lab_decides"}


@both_databases
def test_the_rest_is_booked_and_what_was_skipped_is_kept_with_why(cast: Cast) -> None:
    ask(cast.rival, cast.raman, start=A_WEEK)
    db.session.add(Holiday(site_id=cast.site.id, on=date(2026, 12, 7), name="Day off"))
    db.session.commit()
    mails()
    booking = ask(cast.booker, cast.raman, recurrence=weekly(4, skip_conflicts=True))
    assert [one.span for one in booking.occurrences] == [span(0, 2), span(3 * A_WEEK, 2)]
    assert [(one.span, one.why) for one in booking.skipped] == [
        (span(A_WEEK, 2), [{"equipment": cast.raman.id, "kind": "booking"}]),
        (span(2 * A_WEEK, 2), [{"equipment": cast.raman.id, "code": "closed_day"}]),
    ]
    misses = db.session.scalars(select(Miss).order_by(Miss.id)).all()
    assert [(miss.wanted_from, miss.verdict_code) for miss in misses] == [
        (at(A_WEEK), None),
        (at(2 * A_WEEK), "closed_day"),
    ]
    (text,) = [text for name, text in mails() if name == "booker"]
    assert "Left out, because they could not be had:\n- Monday 30 November 2026, 08:30–10:30" in text
    assert "Rival" not in text


def test_where_nothing_is_left_of_it_the_refusal_is_a_refusal(cast: Cast) -> None:
    for week in (0, 1):
        ask(cast.rival, cast.raman, start=A_WEEK * week)
    with pytest.raises(SlotTaken):
        ask(cast.booker, cast.raman, recurrence=weekly(2, skip_conflicts=True))
    assert count(SkippedDate) == 0


def test_dates_of_one_request_stand_in_each_others_way(cast: Cast) -> None:
    db.session.add(Policy(equipment_id=cast.raman.id, max_minutes=2880, outside_hours=True, horizon_days=90))
    db.session.commit()
    daily = Recurrence("FREQ=DAILY;COUNT=3")
    found = check_dates(actor=cast.booker, request=a_request(cast.raman, length=26, recurrence=daily))
    assert [one.allowed for one in found] == [True, False, True]


def test_left_out_dates_are_not_asked_for(cast: Cast) -> None:
    left_out = Recurrence("FREQ=WEEKLY;COUNT=3", (date(2026, 11, 30),))
    booking = ask(cast.booker, cast.raman, recurrence=left_out)
    assert [one.span for one in booking.occurrences] == [span(0, 2), span(2 * A_WEEK, 2)]
    assert booking.exdates == ["2026-11-30"]


def test_a_rule_that_cannot_be_followed_is_named(cast: Cast) -> None:
    with pytest.raises(InvalidInput) as refused:
        ask(cast.booker, cast.raman, recurrence=Recurrence("FREQ=YEARLY;COUNT=2"))
    assert refused.value.errors == (("recurrence.rrule", "rule_freq"),)


@both_databases
def test_what_needs_nobodys_answer_is_approved_with_a_unit_each_date(cast: Cast) -> None:
    booking = ask(cast.booker, (cast.stations, 2), recurrence=weekly(3))
    assert states(booking) == [S.APPROVED] * 3
    assert count(ClaimUnit) == 6


def test_one_mail_a_person_lists_all_dates(cast: Cast) -> None:
    ask(cast.booker, cast.raman, recurrence=weekly(3))
    told = mails()
    assert sorted(name for name, _ in told) == ["booker", "manager", "safety"]
    for _, text in told:
        assert text.count("\n- Monday") == 3
    assert count(Notice) == 3


def test_a_persian_reader_gets_the_dates_in_persian(cast: Cast) -> None:
    cast.booker.language = "fa"
    db.session.commit()
    ask(cast.booker, cast.raman, recurrence=weekly(2))
    (text,) = [text for name, text in mails() if name == "booker"]
    assert "دوشنبه ۲ آذر ۱۴۰۵" in text
    assert "دوشنبه ۹ آذر ۱۴۰۵" in text


@both_databases
def test_more_dates_cost_no_more_questions(cast: Cast) -> None:
    def selects(weeks: int, start: float) -> int:
        with recorded(db.engine) as recording:
            ask(cast.booker, (cast.stations, 2), start=start, recurrence=weekly(weeks))
        return len(recording.selects)

    selects(1, 6)
    assert selects(10, 0) == selects(2, 3)


# --- Decisions


@both_databases
def test_each_date_gets_its_own_answer_and_each_person_one_letter(cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman, recurrence=weekly(3))
    first, second, third = [one.id for one in booking.occurrences]
    mails()
    decide_dates(
        actor=cast.manager,
        reference=booking.reference,
        answers={
            first: Approve("Bring goggles"),
            second: Decline(DeclineReason.SAFETY, "No hood that day"),
            third: Approve("Bring gloves"),
        },
    )
    assert states(booking) == [S.APPROVED, S.DECLINED, S.APPROVED]
    assert (count(Claim), count(ClaimUnit)) == (2, 2)
    ((name, text),) = mails()
    assert name == "booker"
    said = "Bring goggles", "Bring gloves", "No hood that day"
    for words in (*said, "23 November", "30 November", "7 December"):
        assert text.count(words) == 1


def test_what_is_declined_is_free_for_what_is_approved(cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman, recurrence=weekly(2))
    first, second = [one.id for one in booking.occurrences]
    move_booking(actor=cast.booker, reference=booking.reference, span=span(2, 2), occurrence_ids=[second])
    answers = {second: Approve(), first: Decline(DeclineReason.CAPACITY, "Term time")}
    decide_dates(actor=cast.manager, reference=booking.reference, answers=answers)
    assert count(Miss) == 1


def test_an_answer_that_cannot_be_given_undoes_the_others(cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman, recurrence=weekly(2))
    first, second = [one.id for one in booking.occurrences]
    db.session.add(Holiday(site_id=cast.site.id, on=date(2026, 11, 30), name="Day off"))
    db.session.commit()
    with pytest.raises(OutsidePolicy):
        approve_booking(actor=cast.manager, reference=booking.reference)
    with pytest.raises(OutsidePolicy):
        decide_dates(
            actor=cast.manager, reference=booking.reference, answers={first: Approve(), second: Approve()}
        )
    db.session.expire_all()
    assert states(booking) == [S.REQUESTED] * 2


def test_only_who_decides_answers_dates_of_the_booking_once(cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman, recurrence=weekly(2))
    other = ask(cast.rival, cast.raman, start=4).occurrences[0].id
    mine = booking.occurrences[0].id

    def answer(actor: object, *ids: int) -> None:
        decide_dates(actor=actor, reference=booking.reference, answers=dict.fromkeys(ids, Approve()))  # type: ignore[arg-type]

    with pytest.raises(Forbidden):
        answer(cast.booker, mine)
    with pytest.raises(NotFound):
        answer(cast.other_manager, mine)
    with pytest.raises(NotFound):
        answer(cast.manager, mine, other)
    with pytest.raises(InvalidInput):
        answer(cast.manager)
    with pytest.raises(InvalidInput):
        decide_dates(
            actor=cast.manager,
            reference=booking.reference,
            answers={mine: Decline(DeclineReason.OTHER, " ")},
        )
    answer(cast.manager, mine)
    with pytest.raises(WrongState):
        answer(cast.manager, mine)


def test_of_two_labs_each_answers_for_itself(cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman, cast.oscilloscope, recurrence=weekly(2))
    ids = [one.id for one in booking.occurrences]
    decide_dates(actor=cast.manager, reference=booking.reference, answers=dict.fromkeys(ids, Approve()))
    assert states(booking) == [S.REQUESTED] * 2
    answers = {ids[0]: Approve(), ids[1]: Decline(DeclineReason.OTHER, "Fair")}
    decide_dates(actor=cast.other_manager, reference=booking.reference, answers=answers)
    assert states(booking) == [S.APPROVED, S.DECLINED]


@pytest.mark.parametrize("answer", ["approve", "decline", "cancel"])
def test_the_same_said_to_all_dates_is_one_letter(cast: Cast, answer: str) -> None:
    booking = ask(cast.booker, cast.raman, recurrence=weekly(3))
    mails()
    if answer == "approve":
        approve_booking(actor=cast.manager, reference=booking.reference)
    elif answer == "decline":
        decline_booking(
            actor=cast.manager, reference=booking.reference, reason_code=DeclineReason.OTHER, reason="Fair"
        )
    else:
        cancel_booking(actor=cast.boss, reference=booking.reference)
    told = mails()
    assert [name for name, _ in told].count("booker") == 1
    assert len(told) == (3 if answer == "cancel" else 1)


# --- Calling off, moving, adding


@both_databases
def test_one_some_the_rest_and_all_are_called_off(cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman, recurrence=weekly(6))
    ids = [one.id for one in booking.occurrences]
    reference = booking.reference
    cancel_booking(actor=cast.booker, reference=reference, occurrence_ids=[ids[0]])
    cancel_booking(actor=cast.booker, reference=reference, occurrence_ids=[ids[2], ids[1]])
    cancel_booking(actor=cast.booker, reference=reference, occurrence_ids=[ids[4]], and_following=True)
    assert states(booking) == [S.CANCELLED] * 3 + [S.REQUESTED] + [S.CANCELLED] * 2
    cancel_booking(actor=cast.booker, reference=reference)
    assert count(Claim) == 0


def test_one_date_is_moved_and_the_others_stay(cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman, recurrence=weekly(2))
    _first, second = booking.occurrences
    with pytest.raises(InvalidInput):
        move_booking(actor=cast.booker, reference=booking.reference, span=span(A_WEEK + 3, 2))
    move_booking(
        actor=cast.booker, reference=booking.reference, span=span(A_WEEK + 3, 2), occurrence_ids=[second.id]
    )
    assert [one.span for one in booking.occurrences] == [span(0, 2), span(A_WEEK + 3, 2)]


@both_databases
def test_a_skipped_date_is_added_when_it_becomes_free(cast: Cast) -> None:
    rival = ask(cast.rival, cast.raman, start=A_WEEK)
    booking = ask(cast.booker, cast.raman, recurrence=weekly(2, skip_conflicts=True))
    with pytest.raises(SlotTaken):
        add_dates(actor=cast.booker, reference=booking.reference)
    cancel_booking(actor=cast.rival, reference=rival.reference)
    mails()
    booking = add_dates(actor=cast.booker, reference=booking.reference)
    assert [one.span for one in booking.occurrences] == [span(0, 2), span(A_WEEK, 2)]
    assert (states(booking), count(SkippedDate)) == ([S.REQUESTED] * 2, 0)
    assert sorted(name for name, _ in mails()) == ["booker", "manager", "safety"]
    with pytest.raises(WrongState):
        add_dates(actor=cast.booker, reference=booking.reference)


def test_who_may_not_change_it_adds_nothing_and_what_is_past_stays_out(cast: Cast) -> None:
    rival = ask(cast.rival, cast.raman, start=A_WEEK)
    booking = ask(cast.booker, cast.raman, recurrence=weekly(3, skip_conflicts=True))
    cancel_booking(actor=cast.rival, reference=rival.reference)
    (skipped,) = booking.skipped
    with pytest.raises(NotFound):
        add_dates(actor=cast.rival, reference=booking.reference)
    with pytest.raises(Forbidden):
        add_dates(actor=cast.liaison, reference=booking.reference)
    with pytest.raises(NotFound):
        add_dates(actor=cast.booker, reference=booking.reference, skipped_ids=[skipped.id + 1])
    with clock.frozen(NOW + timedelta(days=9)), pytest.raises(WrongState):
        add_dates(actor=cast.booker, reference=booking.reference, skipped_ids=[skipped.id])
    cancel_booking(actor=cast.booker, reference=booking.reference)
    with pytest.raises(WrongState):
        add_dates(actor=cast.booker, reference=booking.reference, skipped_ids=[skipped.id])


def test_a_manager_sees_a_series_through(cast: Cast) -> None:
    """Booked for a company that called: nobody has to answer."""
    booking = ask(cast.manager, cast.raman, organisation_id=cast.rival_company.id, recurrence=weekly(3))
    assert states(booking) == [S.APPROVED] * 3
    assert count(Occurrence) == 3
