"""Staff may set a rule aside, with a reason that is kept; nobody else may, and not every rule."""

import pytest
from sqlalchemy import select

from app.booking.errors import OutsidePolicy
from app.booking.models import Booking, Override
from app.booking.queries.overrides import list_overrides, list_overrides_of
from app.booking.services.decide import approve_booking
from app.booking.services.move import move_booking
from app.booking.services.policies import set_lab_policy
from app.booking.services.request import request_booking
from app.booking.verdicts import Code
from app.core.errors import Forbidden, InvalidInput, NotFound
from app.core.event_log import EventRecord
from app.extensions import db
from app.inventory.models import Equipment
from app.occupancy.errors import SlotTaken
from tests.booking.making import a_request, ask
from tests.cast import Cast
from tests.databases import both_databases
from tests.occupancy.making import span

NIGHT = 12
"""20:30: the labs are closed."""


def for_arta(cast: Cast, who: str, *things: Equipment, **more: object) -> Booking:
    wanted = a_request(*things, organisation_id=cast.arta.id, **more)
    return request_booking(actor=getattr(cast, who), request=wanted)


def kept() -> list[tuple[str, str]]:
    return [(one.code, one.reason) for one in db.session.scalars(select(Override).order_by(Override.id))]


@both_databases
def test_staff_let_a_request_pass_and_say_why(cast: Cast) -> None:
    with pytest.raises(OutsidePolicy):
        for_arta(cast, "manager", cast.raman, start=NIGHT)
    booking = for_arta(cast, "manager", cast.raman, start=NIGHT, override=" Furnace run, agreed by phone ")
    assert kept() == [("outside_hours", "Furnace run, agreed by phone")]
    assert booking.occurrences[0].state == "approved"
    told = db.session.scalars(select(EventRecord).where(EventRecord.name == "RulesOverridden")).one()
    assert told.data["codes"] == ["outside_hours"]


def test_who_sets_nothing_aside_leaves_no_trace(cast: Cast) -> None:
    for_arta(cast, "manager", cast.raman, override="To be safe")
    assert kept() == []


@pytest.mark.parametrize("who", ["booker", "boss", "other_manager"])
def test_nobody_else_sets_rules_aside(cast: Cast, who: str) -> None:
    wanted = a_request(
        cast.raman, cast.oscilloscope, start=NIGHT, override="Please", organisation_id=cast.arta.id
    )
    with pytest.raises((Forbidden, NotFound)):  # who may not even ask for the company finds none
        request_booking(actor=getattr(cast, who), request=wanted)
    assert kept() == []


def test_a_reason_is_needed(cast: Cast) -> None:
    for reason in ("  ", "x" * 2001):
        with pytest.raises(InvalidInput):
            for_arta(cast, "manager", cast.raman, start=NIGHT, override=reason)


@both_databases
def test_what_nobody_may_set_aside_stays(cast: Cast) -> None:
    cast.raman.status = "out_of_service"  # type: ignore[assignment]
    db.session.commit()
    with pytest.raises(OutsidePolicy) as refused:
        for_arta(cast, "manager", cast.raman, start=NIGHT, override="Please")
    assert Code.OUT_OF_SERVICE in {verdict.code for verdict in refused.value.verdicts}
    assert kept() == []


def test_others_bookings_are_no_rule(cast: Cast) -> None:
    ask(cast.rival, cast.raman)
    with pytest.raises(SlotTaken):
        for_arta(cast, "manager", cast.raman, override="Please")


@both_databases
def test_an_approver_need_not_repeat_what_staff_let_pass(cast: Cast) -> None:
    reference = for_arta(cast, "technician", cast.raman, start=NIGHT, override="Furnace run").reference
    (date,) = approve_booking(actor=cast.manager, reference=reference).occurrences
    assert (date.state, kept()) == ("approved", [("outside_hours", "Furnace run")])


@both_databases
def test_a_rule_that_holds_no_more_is_set_aside_when_approving(cast: Cast) -> None:
    reference = ask(cast.booker, cast.raman).reference
    set_lab_policy(actor=cast.manager, lab_id=cast.materials.id, max_minutes=60)
    with pytest.raises(OutsidePolicy):
        approve_booking(actor=cast.manager, reference=reference)
    approve_booking(actor=cast.manager, reference=reference, override="Asked before the rule")
    assert kept() == [("too_long", "Asked before the rule")]


def test_two_labs_rules_are_set_aside_by_who_is_of_both(cast: Cast) -> None:
    reference = ask(cast.booker, cast.raman, cast.oscilloscope).reference
    set_lab_policy(actor=cast.manager, lab_id=cast.materials.id, max_minutes=60)
    with pytest.raises(Forbidden):
        approve_booking(actor=cast.manager, reference=reference, override="Please")
    approve_booking(actor=cast.admin, reference=reference, override="Asked before the rule")
    assert [code for code, _reason in kept()] == ["too_long"]


def test_another_time_is_another_question(cast: Cast) -> None:
    reference = for_arta(cast, "technician", cast.raman, start=NIGHT, override="Furnace run").reference
    with pytest.raises(OutsidePolicy):
        move_booking(actor=cast.boss, reference=reference, span=span(NIGHT + 1, 2))


def test_the_report_is_for_the_labs_staff(cast: Cast) -> None:
    booking = for_arta(cast, "manager", cast.raman, start=NIGHT, override="Furnace run")
    assert len(list_overrides(cast.manager)) == 1
    assert len(list_overrides(cast.admin, lab_id=cast.materials.id)) == 1
    assert list_overrides(cast.other_manager) == []
    assert list_overrides(cast.manager, lab_id=cast.electronics.id) == []
    assert len(list_overrides_of(cast.technician, booking)) == 1
    assert list_overrides_of(cast.booker, booking) == []


@both_databases
def test_staff_move_a_date_to_where_a_rule_speaks_against_it(cast: Cast) -> None:
    reference = ask(cast.booker, cast.raman).reference
    with pytest.raises(OutsidePolicy):
        move_booking(actor=cast.manager, reference=reference, span=span(NIGHT, 2))
    (date,) = move_booking(
        actor=cast.manager, reference=reference, span=span(NIGHT, 2), override="The furnace cools at night"
    ).occurrences
    assert (date.state, date.span) == ("approved", span(NIGHT, 2))
    assert kept() == [("outside_hours", "The furnace cools at night")]


def test_a_company_moves_nothing_against_a_rule(cast: Cast) -> None:
    reference = ask(cast.booker, cast.raman).reference
    with pytest.raises(Forbidden):
        move_booking(actor=cast.booker, reference=reference, span=span(NIGHT, 2), override="Please")
    assert kept() == []
