"""Plans of maintenance: made, changed, done, retired, and remembered in time."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.core import clock
from app.core.errors import Forbidden, InvalidInput, NotFound, WrongState
from app.extensions import db
from app.inventory.models import EquipmentStatus, MaintenanceDone, Per
from app.inventory.queries.maintenance import list_due, list_plans
from app.inventory.services.equipment import change_status
from app.inventory.services.maintenance import carry_out, change_plan, remind_of_maintenance, retire_plan
from tests.cast import NOW, Cast
from tests.databases import both_databases
from tests.inventory.told import Told
from tests.inventory.upkeep import planned

TODAY = date(2026, 11, 22)


@both_databases
def test_it_is_due_again_so_long_after_it_was_done(cast: Cast) -> None:
    told, plan, decoy = Told(), planned(cast), planned(cast, of=cast.stations)
    done = carry_out(actor=cast.technician, plan_id=plan.id, done_on=TODAY, note="Certificate 12/88")
    assert (done.due_on, done.done_on, done.noted_by) == (date(2026, 11, 29), TODAY, cast.technician)
    assert plan.due_on == date(2027, 5, 22)
    with clock.frozen(NOW + timedelta(days=200)):
        carry_out(actor=cast.manager, plan_id=plan.id, done_on=date(2027, 5, 25), next_on=date(2027, 9, 1))
    assert plan.due_on == date(2027, 9, 1)
    assert [one.done_on for one in plan.done] == [date(2027, 5, 25), TODAY]
    assert (decoy.due_on, decoy.done) == (date(2026, 11, 29), [])
    assert told.names() == ["MaintenancePlanned"] * 2 + ["MaintenanceCarriedOut"] * 2


def test_what_has_to_be_done_once_is_over_when_it_was_done(cast: Cast) -> None:
    plan = planned(cast, every=None, per=None)
    carry_out(actor=cast.manager, plan_id=plan.id, done_on=TODAY)
    assert plan.retired_at == NOW
    again = planned(cast, every=None, per=None)
    carry_out(actor=cast.manager, plan_id=again.id, done_on=TODAY, next_on=date(2027, 1, 1))
    assert (again.retired_at, again.due_on) == (None, date(2027, 1, 1))


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"done_on": date(2026, 11, 23)}, ("done_on", "not_yet")),
        ({"done_on": date(2026, 11, 20)}, ("done_on", "before_last_done")),
        ({"done_on": TODAY, "next_on": TODAY}, ("next_on", "before_last_done")),
        ({"done_on": TODAY, "note": "x" * 2001}, ("note", "too-long")),
    ],
)
def test_what_cannot_have_been_is_refused(
    cast: Cast, given: dict[str, object], problem: tuple[str, str]
) -> None:
    plan = planned(cast)
    carry_out(actor=cast.manager, plan_id=plan.id, done_on=date(2026, 11, 20))
    with pytest.raises(InvalidInput) as refused:
        carry_out(actor=cast.manager, plan_id=plan.id, **given)  # type: ignore[arg-type]
    assert refused.value.errors == (problem,)
    assert len(db.session.scalars(select(MaintenanceDone)).all()) == 1


def test_a_plan_is_changed_and_what_is_left_out_stays(cast: Cast) -> None:
    plan, told = planned(cast), Told()
    change_plan(actor=cast.technician, plan_id=plan.id, every=2, per=Per.WEEK, note=" Call the maker ")
    assert (plan.what, plan.every, plan.per, plan.note) == ("Calibration", 2, Per.WEEK, "Call the maker")
    change_plan(actor=cast.technician, plan_id=plan.id, every=2)
    assert [record.data["changes"] for record in told.records()] == [
        {"every": 2, "per": "week", "note": "Call the maker"}
    ]
    with pytest.raises(InvalidInput):
        change_plan(actor=cast.manager, plan_id=plan.id, per=None)
    with pytest.raises(InvalidInput):
        change_plan(actor=cast.manager, plan_id=plan.id, unit_id=cast.stations.units[0].id)


def test_what_is_retired_is_neither_changed_nor_done(cast: Cast) -> None:
    plan = planned(cast)
    retire_plan(actor=cast.manager, plan_id=plan.id)
    with pytest.raises(WrongState):
        retire_plan(actor=cast.manager, plan_id=plan.id)
    with pytest.raises(WrongState):
        change_plan(actor=cast.manager, plan_id=plan.id, what="Service")
    with pytest.raises(WrongState):
        carry_out(actor=cast.manager, plan_id=plan.id, done_on=TODAY)
    assert list(list_plans(cast.manager)) == []
    assert list(list_plans(cast.manager, is_retired=True)) == [plan]


@pytest.mark.parametrize("who", ["booker", "safety", "other_manager", "liaison"])
def test_others_neither_plan_nor_see(cast: Cast, who: str) -> None:
    plan, stranger = planned(cast), getattr(cast, who)
    with pytest.raises(Forbidden):
        planned(cast, by=stranger)
    with pytest.raises(NotFound):
        change_plan(actor=stranger, plan_id=plan.id, what="Nothing")
    with pytest.raises(NotFound):
        carry_out(actor=stranger, plan_id=plan.id, done_on=TODAY)
    with pytest.raises(NotFound):
        retire_plan(actor=stranger, plan_id=plan.id)
    assert list(list_plans(stranger)) == []


def test_the_most_urgent_stands_first_page_by_page(cast: Cast) -> None:
    later, soon = planned(cast, due_on=date(2027, 3, 1)), planned(cast, of=cast.stations)
    same = planned(cast, due_on=soon.due_on, what="Service")
    planned(cast, of=cast.oscilloscope, by=cast.other_manager)
    gone = planned(cast, of=cast.microscope)
    change_status(actor=cast.manager, equipment_id=gone.equipment_id, status=EquipmentStatus.RETIRED)
    labs = [cast.materials.id]
    assert list(list_due(cast.manager, lab_ids=labs, limit=9)) == [soon, same, later]
    after = soon.due_on, soon.id
    assert list(list_due(cast.manager, lab_ids=labs, limit=1, after=after)) == [same]
    assert list(list_due(cast.rival, lab_ids=labs, limit=9)) == []


@both_databases
def test_people_are_reminded_two_weeks_before_once_for_each_day(cast: Cast) -> None:
    plan = planned(cast, due_on=date(2026, 12, 7))
    overdue, told = planned(cast, due_on=date(2026, 11, 1), what="Service"), Told()
    retired = planned(cast, what="Old")
    retire_plan(actor=cast.manager, plan_id=retired.id)

    assert remind_of_maintenance() == 1, "the other one is fifteen days away"
    with clock.frozen(NOW + timedelta(days=1)):
        assert [remind_of_maintenance(), remind_of_maintenance()] == [1, 0]
        carry_out(actor=cast.manager, plan_id=plan.id, done_on=TODAY, next_on=date(2026, 11, 30))
        assert [remind_of_maintenance(), remind_of_maintenance()] == [1, 0]
    due = [record.subject_id for record in told.records() if record.name == "MaintenanceDueSoon"]
    assert due == [overdue.id, plan.id, plan.id]


def test_in_the_evening_of_the_server_the_sites_own_day_decides(cast: Cast) -> None:
    planned(cast, due_on=date(2026, 12, 7))
    with clock.frozen(NOW.replace(hour=20, minute=0)):
        assert remind_of_maintenance() == 0, "in Tehran it is half past eleven"
    with clock.frozen(NOW.replace(hour=21, minute=0)):
        assert remind_of_maintenance() == 1, "there the next day has begun"
