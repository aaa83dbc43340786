"""Asking: who may, for whom, what is held, and what is remembered of a refusal."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.booking.errors import OutsidePolicy
from app.booking.models import Booking, OccurrenceState, Policy
from app.booking.rules.facts import Want
from app.booking.services.request import check_booking, request_booking
from app.booking.verdicts import Code
from app.core.clock import now
from app.core.errors import InvalidInput, NotFound
from app.core.event_log import EventRecord, counters
from app.demand.models import Miss, MissKind
from app.extensions import db
from app.occupancy.errors import SlotTaken
from app.occupancy.models import Claim
from tests.booking.making import a_request, ask
from tests.cast import Cast
from tests.databases import both_databases
from tests.occupancy.making import span


def codes(refused: pytest.ExceptionInfo[OutsidePolicy]) -> set[Code]:
    return {v.code for v in refused.value.verdicts if v.severity == "block"}


@both_databases
def test_a_request_waits_and_holds_its_time(cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)
    (date,) = booking.occurrences
    assert booking.reference.startswith("KG-")
    assert date.state is OccurrenceState.REQUESTED
    claim = db.session.scalars(select(Claim)).one()
    assert (claim.equipment_id, claim.span, claim.source_id) == (cast.raman.id, span(0, 2), date.items[0].id)
    assert now() < date.answer_by <= date.starts_at


@both_databases
def test_where_no_answer_is_needed_the_slot_is_theirs_at_once(cast: Cast) -> None:
    booking = ask(cast.booker, (cast.stations, 3))
    assert booking.occurrences[0].state is OccurrenceState.APPROVED
    assert len(db.session.scalars(select(Claim)).one().units) == 3


def test_an_unverified_company_has_to_wait_there_too_and_only_once(cast: Cast) -> None:
    assert ask(cast.newcomer, cast.stations).occurrences[0].state is OccurrenceState.REQUESTED
    with pytest.raises(OutsidePolicy) as refused:
        ask(cast.newcomer, cast.stations, start=4)
    assert codes(refused) == {Code.TOO_MANY_OPEN}


@both_databases
def test_taken_time_is_refused_with_what_stands_in_the_way(cast: Cast) -> None:
    ask(cast.rival, cast.raman)
    with pytest.raises(SlotTaken) as refused:
        ask(cast.booker, cast.raman, start=1)
    (conflict,) = refused.value.conflicts
    assert (conflict.equipment_id, conflict.span, conflict.free) == (cast.raman.id, span(0, 2), 0)
    assert db.session.scalar(select(func.count(Booking.id))) == 1


@both_databases
def test_several_things_at_once_are_all_or_nothing(cast: Cast) -> None:
    ask(cast.rival, cast.oscilloscope)
    with pytest.raises(SlotTaken):
        ask(cast.booker, cast.raman, cast.oscilloscope)
    assert db.session.scalar(select(func.count(Claim.id))) == 1
    assert len(ask(cast.booker, cast.raman, cast.stations).occurrences[0].items) == 2


def test_the_same_thing_named_twice_is_added_up(cast: Cast) -> None:
    (item,) = ask(cast.booker, (cast.stations, 1), (cast.stations, 2)).occurrences[0].items
    assert item.quantity == 3


def test_rules_are_judged_before_the_calendar(cast: Cast) -> None:
    ask(cast.rival, cast.raman)
    with pytest.raises(OutsidePolicy) as refused:
        ask(cast.booker, cast.raman, start=-3)
    assert codes(refused) == {Code.OUTSIDE_HOURS}


def test_set_up_and_clean_up_are_taken_too(cast: Cast) -> None:
    db.session.add(Policy(equipment_id=cast.raman.id, setup_minutes=30, cleanup_minutes=15))
    db.session.commit()
    ask(cast.rival, cast.raman, start=2, length=2)
    claim = db.session.scalars(select(Claim)).one()
    assert (claim.starts_at, claim.ends_at) == (span(1.5, 1).start, span(4.25, 1).start)
    with pytest.raises(SlotTaken):
        ask(cast.booker, cast.raman, start=4.5, length=1)  # its own set-up would begin at 4:00
    ask(cast.booker, cast.raman, start=4.75, length=1)


def test_one_books_for_ones_own_organisation(cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman, organisation_id=cast.arta.id)
    assert booking.organisation_id == cast.arta.id
    with pytest.raises(NotFound):
        ask(cast.booker, cast.raman, start=4, organisation_id=cast.rival_company.id)


def test_who_belongs_nowhere_is_told_to_join_first(cast: Cast) -> None:
    with pytest.raises(InvalidInput) as refused:
        ask(cast.loner, cast.raman)
    assert refused.value.errors == (("organisation", "join"),)


def test_a_manager_books_for_a_company_and_needs_nobodys_answer(cast: Cast) -> None:
    booking = ask(cast.manager, cast.raman, organisation_id=cast.rival_company.id)
    assert booking.occurrences[0].state is OccurrenceState.APPROVED
    assert booking.organisation_id == cast.rival_company.id


def test_a_manager_of_another_lab_does_not(cast: Cast) -> None:
    with pytest.raises(NotFound):
        ask(cast.other_manager, cast.raman, organisation_id=cast.rival_company.id)
    with pytest.raises(NotFound):
        ask(cast.manager, cast.raman, cast.oscilloscope, organisation_id=cast.rival_company.id)


def test_unknown_equipment_is_not_found(cast: Cast) -> None:
    request = a_request(cast.raman)
    with pytest.raises(NotFound):
        request_booking(
            actor=cast.booker, request=type(request)([Want(999)], request.span, request.mode, "x")
        )


def test_a_dry_run_says_the_same_and_changes_nothing(cast: Cast) -> None:
    ask(cast.rival, cast.raman)
    found = check_booking(actor=cast.booker, request=a_request(cast.raman, start=1))
    assert not found.allowed
    assert [c.span for c in found.conflicts] == [span(0, 2)]
    assert check_booking(actor=cast.booker, request=a_request(cast.raman, start=2)).allowed
    assert db.session.scalar(select(func.count(Booking.id))) == 1
    assert db.session.scalar(select(func.count(Miss.id))) == 0


@both_databases
def test_a_refusal_is_remembered_once_a_day_and_says_why(cast: Cast) -> None:
    ask(cast.rival, cast.raman)
    for start in (0, 1):
        with pytest.raises(SlotTaken):
            ask(cast.booker, cast.raman, start=start)
    with pytest.raises(OutsidePolicy):
        ask(cast.booker, cast.oscilloscope, start=-3)
    misses = db.session.scalars(select(Miss).order_by(Miss.id)).all()
    assert [(m.kind, m.equipment_id, m.verdict_code) for m in misses] == [
        (MissKind.CAPACITY, cast.raman.id, None),
        (MissKind.POLICY, cast.oscilloscope.id, "outside_hours"),
    ]
    assert misses[0].minutes == 120


def test_the_universitys_own_people_and_lab_staff_leave_no_miss(cast: Cast) -> None:
    ask(cast.rival, cast.raman)
    for actor, organisation in ((cast.student, None), (cast.manager, cast.arta.id)):
        with pytest.raises(SlotTaken):
            ask(actor, cast.raman, organisation_id=organisation)
    assert db.session.scalar(select(func.count(Miss.id))) == 0


def test_the_change_is_told_to_everybody_who_watches(cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)
    event = db.session.scalars(select(EventRecord)).one()
    assert (event.name, event.subject_id) == ("BookingRequested", booking.occurrences[0].id)
    assert event.data["state"] == "requested"
    topics = [
        f"equipment:{cast.raman.id}",
        f"lab:{cast.materials.id}",
        f"organisation:{cast.arta.id}",
        f"user:{cast.booker.id}",
    ]
    assert set(counters([*topics, f"user:{cast.rival.id}"])) == set(topics)


def test_a_request_of_somebody_unproved_holds_for_an_hour_only(cast: Cast) -> None:
    cast.newcomer.activated_at = None
    db.session.commit()
    (date,) = ask(cast.newcomer, cast.raman).occurrences
    assert date.expires_at == now() + timedelta(minutes=60)
