"""The lab's answer: who gives it, once, with every rule asked again."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.booking.errors import OutsidePolicy
from app.booking.models import DeclineReason, OccurrenceState
from app.booking.queries.bookings import count_to_decide, get_booking, list_to_decide
from app.booking.services.decide import approve_booking, decline_booking
from app.booking.services.move import move_booking
from app.booking.services.policies import set_equipment_policy
from app.core import clock
from app.core.errors import Forbidden, InvalidInput, NotFound, WrongState
from app.core.event_log import EventRecord
from app.demand.models import Miss, MissReason
from app.extensions import db
from app.occupancy.errors import SlotTaken
from app.occupancy.models import Claim, ClaimUnit
from app.occupancy.services import units
from tests.booking.making import ask
from tests.cast import NOW, Cast
from tests.databases import both_databases
from tests.occupancy.making import at, span
from tools.bench.recording import recorded


def events() -> list[str]:
    return list(db.session.scalars(select(EventRecord.name).order_by(EventRecord.id)))


@both_databases
def test_a_yes_gives_the_time_and_plans_a_unit(cast: Cast) -> None:
    reference = ask(cast.booker, cast.raman).reference
    (date,) = approve_booking(actor=cast.manager, reference=reference, note="Bring goggles").occurrences
    assert (date.state, date.decided_by_id, date.reason) == (
        OccurrenceState.APPROVED,
        cast.manager.id,
        "Bring goggles",
    )
    assert db.session.scalar(select(func.count(ClaimUnit.unit_id))) == 1
    assert events() == ["BookingRequested", "BookingApproved"]


@both_databases
def test_a_no_frees_the_time_and_says_why(cast: Cast) -> None:
    reference = ask(cast.booker, cast.raman).reference
    decline_booking(
        actor=cast.safety,
        reference=reference,
        reason_code=DeclineReason.SAFETY,
        reason="No fume hood that day",
    )
    assert db.session.scalar(select(func.count(Claim.id))) == 0
    assert db.session.scalar(select(func.count(Miss.id))) == 0
    ask(cast.rival, cast.raman)


def test_a_no_for_lack_of_time_is_demand(cast: Cast) -> None:
    reference = ask(cast.booker, cast.raman).reference
    decline_booking(
        actor=cast.manager, reference=reference, reason_code=DeclineReason.CAPACITY, reason="Term time"
    )
    assert db.session.scalars(select(Miss.reason)).one() is MissReason.DECLINED


def test_a_no_needs_words(cast: Cast) -> None:
    reference = ask(cast.booker, cast.raman).reference
    with pytest.raises(InvalidInput):
        decline_booking(actor=cast.manager, reference=reference, reason_code=DeclineReason.OTHER, reason=" ")


@pytest.mark.parametrize("who", ["booker", "boss", "technician", "liaison"])
def test_who_may_see_it_but_not_decide_is_forbidden(cast: Cast, who: str) -> None:
    reference = ask(cast.booker, cast.raman).reference
    with pytest.raises(Forbidden):
        approve_booking(actor=getattr(cast, who), reference=reference)


@pytest.mark.parametrize("who", ["rival", "other_manager", "donor", "student", "loner"])
def test_who_may_not_see_it_finds_nothing(cast: Cast, who: str) -> None:
    reference = ask(cast.booker, cast.raman).reference
    with pytest.raises(NotFound):
        approve_booking(actor=getattr(cast, who), reference=reference)


@both_databases
def test_the_second_answer_comes_too_late(cast: Cast) -> None:
    reference = ask(cast.booker, cast.raman).reference
    approve_booking(actor=cast.manager, reference=reference)
    with pytest.raises(WrongState):
        approve_booking(actor=cast.safety, reference=reference)
    with pytest.raises(WrongState):
        decline_booking(
            actor=cast.safety, reference=reference, reason_code=DeclineReason.OTHER, reason="Too late"
        )
    assert events() == ["BookingRequested", "BookingApproved"]


@both_databases
def test_two_labs_answer_each_for_its_own(cast: Cast) -> None:
    reference = ask(cast.booker, cast.raman, cast.oscilloscope).reference
    (date,) = approve_booking(actor=cast.manager, reference=reference).occurrences
    assert date.state is OccurrenceState.REQUESTED
    assert count_to_decide(cast.manager) == 0
    assert count_to_decide(cast.other_manager) == 1
    (date,) = approve_booking(actor=cast.other_manager, reference=reference).occurrences
    assert date.state is OccurrenceState.APPROVED
    assert events() == ["BookingRequested", "BookingPartlyApproved", "BookingApproved"]


def test_one_labs_no_is_enough(cast: Cast) -> None:
    reference = ask(cast.booker, cast.raman, cast.oscilloscope).reference
    approve_booking(actor=cast.manager, reference=reference)
    (date,) = decline_booking(
        actor=cast.other_manager, reference=reference, reason_code=DeclineReason.OTHER, reason="Exams"
    ).occurrences
    assert date.state is OccurrenceState.DECLINED


def test_rules_are_asked_again_but_notice_counts_from_the_request(cast: Cast) -> None:
    reference = ask(cast.booker, cast.raman).reference
    with clock.frozen(at(-1)):  # three hours of notice are gone meanwhile
        assert approve_booking(actor=cast.manager, reference=reference).occurrences[0].state == "approved"


def test_what_became_impossible_is_not_approved(cast: Cast) -> None:
    reference = ask(cast.booker, cast.raman).reference
    cast.raman.status = "out_of_service"  # type: ignore[assignment]
    db.session.commit()
    with pytest.raises(OutsidePolicy):
        approve_booking(actor=cast.manager, reference=reference)


def test_the_inbox_holds_what_waits_for_this_person(cast: Cast) -> None:
    later = ask(cast.booker, cast.raman, start=4).reference
    sooner = ask(cast.booker, cast.raman).reference
    ask(cast.rival, cast.oscilloscope)
    assert [date.booking.reference for date in list_to_decide(cast.manager)] == [sooner, later]
    assert count_to_decide(cast.admin) == 3
    assert count_to_decide(cast.technician) == 0


def test_an_unconfirmed_address_is_not_yet_the_labs_business(cast: Cast) -> None:
    cast.newcomer.activated_at = None
    db.session.commit()
    reference = ask(cast.newcomer, cast.raman).reference
    assert count_to_decide(cast.manager) == 0
    with pytest.raises(WrongState):
        approve_booking(actor=cast.manager, reference=reference)


@both_databases
def test_a_clean_up_that_grows_later_takes_nothing_from_who_has_the_time(cast: Cast) -> None:
    first, second = (ask(cast.booker, cast.raman, start=start, length=1).reference for start in (1, 2))
    set_equipment_policy(actor=cast.manager, equipment_id=cast.raman.id, cleanup_minutes=15)
    (date,) = approve_booking(actor=cast.manager, reference=first).occurrences
    assert (date.state, date.items[0].cleanup_minutes) == (OccurrenceState.APPROVED, 0)
    with pytest.raises(SlotTaken):  # a new time is a new question
        move_booking(actor=cast.booker, reference=second, span=span(0, 1))
    assert approve_booking(actor=cast.manager, reference=second).occurrences[0].state == "approved"


def test_a_yes_that_finds_no_unit_is_none(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    reference = ask(cast.booker, cast.raman).reference
    monkeypatch.setattr(units, "assign", lambda _sources: False)
    with pytest.raises(SlotTaken):
        approve_booking(actor=cast.manager, reference=reference)
    assert events() == ["BookingRequested"]


@both_databases
def test_a_lab_that_has_agreed_has_no_second_yes(cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman, cast.oscilloscope)
    reference, ids = booking.reference, [date.id for date in booking.occurrences]
    approve_booking(actor=cast.manager, reference=reference)
    with clock.frozen(NOW + timedelta(minutes=5)):
        for named in ((), ids):
            with pytest.raises(WrongState):
                approve_booking(actor=cast.safety, reference=reference, occurrence_ids=named)
        assert events() == ["BookingRequested", "BookingPartlyApproved"]
        (date,) = approve_booking(actor=cast.admin, reference=reference).occurrences
    agreed = {item.equipment_id: (item.agreed_by_id, item.agreed_at) for item in date.items}
    assert agreed == {
        cast.raman.id: (cast.manager.id, NOW),
        cast.oscilloscope.id: (cast.admin.id, NOW + timedelta(minutes=5)),
    }


@both_databases
def test_a_reference_is_locked_as_it_is_read(cast: Cast) -> None:
    reference = ask(cast.booker, cast.raman).reference
    with recorded(db.engine) as recording:
        get_booking(cast.booker, f" {reference.lower()} ", for_update=True)
    asked = [str(step.parameters) for step in recording.selects if "booking.reference =" in step.statement]
    assert len(asked) == 2
    assert all(reference in parameters for parameters in asked)
