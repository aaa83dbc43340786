"""Reporting a fault, and what the lab makes of it."""

from collections.abc import Callable

import pytest
from sqlalchemy.exc import IntegrityError

from app.accounts.models import User
from app.core.errors import Forbidden, InvalidInput, NotFound, WrongState
from app.extensions import db
from app.inventory.models import EquipmentKind, EquipmentStatus, Fault, FaultState, UnitStatus, Usability
from app.inventory.queries.faults import list_faults, list_known
from app.inventory.services.equipment import change_equipment, change_status
from app.inventory.services.faults import confirm_fault, dismiss_fault, repair_fault, report_fault
from tests.cast import NOW, Cast
from tests.databases import both_databases
from tests.inventory.told import Told
from tests.inventory.upkeep import confirmed, planned, reported

VERBS: dict[str, Callable[[User, int], Fault]] = {
    "confirm": lambda actor, id_: confirm_fault(actor=actor, fault_id=id_),
    "repair": lambda actor, id_: repair_fault(actor=actor, fault_id=id_),
    "dismiss": lambda actor, id_: dismiss_fault(actor=actor, fault_id=id_, reason="It is meant so"),
}


@both_databases
def test_a_fault_is_reported_confirmed_and_repaired(cast: Cast) -> None:
    told = Told()
    fault = reported(cast, text="  Laser   flickers ")
    assert (fault.text, fault.state, fault.reported_by, fault.reported_at) == (
        "Laser flickers", FaultState.REPORTED, cast.booker, NOW,
    )  # fmt: skip
    assert list_known(cast.raman.id) == [], "the lab has not looked yet"

    confirm_fault(
        actor=cast.technician, fault_id=fault.id, known_as="Laser unstable", usability=Usability.UNUSABLE
    )
    assert (fault.state, fault.usability) == (FaultState.CONFIRMED, Usability.UNUSABLE)
    assert [one.known_as for one in list_known(cast.raman.id)] == ["Laser unstable"]
    assert list_known(cast.microscope.id) == []

    repair_fault(actor=cast.manager, fault_id=fault.id, note="New power supply")
    assert (fault.closing_note, fault.closed_by) == ("New power supply", cast.manager)
    assert list_known(cast.raman.id) == []
    assert told.names() == ["FaultReported", "FaultConfirmed", "FaultRepaired"]
    assert {record.subject_id for record in told.records()} == {fault.id}


def test_confirmed_without_words_it_is_known_as_it_was_reported(cast: Cast) -> None:
    assert confirmed(cast, known_as=" ").known_as == "Laser flickers"


def test_what_is_none_is_dismissed_with_a_reason(cast: Cast) -> None:
    fault, told = reported(cast), Told()
    with pytest.raises(InvalidInput) as refused:
        dismiss_fault(actor=cast.manager, fault_id=fault.id, reason=" ")
    assert refused.value.errors == (("reason", "required"),)
    dismiss_fault(actor=cast.manager, fault_id=fault.id, reason="It warms up for ten minutes")
    (record,) = told.records()
    assert (record.name, record.data["reason"]) == ("FaultDismissed", "It warms up for ten minutes")


@both_databases
def test_the_same_person_reports_the_same_thing_once(cast: Cast) -> None:
    first, told = reported(cast), Told()
    again = report_fault(
        actor=cast.booker, equipment_id=cast.raman.id, text="Still", usability=Usability.USABLE
    )
    assert (again.fault, again.is_new, again.fault.text) == (first, False, "Laser flickers")
    assert told.names() == []

    others = [
        reported(cast, by=cast.rival),
        reported(cast, of=cast.microscope),
        reported(cast, unit_id=cast.raman.units[0].id),
    ]
    assert len({first.id, *(one.id for one in others)}) == 4
    repair_fault(actor=cast.manager, fault_id=first.id)
    assert reported(cast).id != first.id, "when it comes back, it is another one"


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("who", ["booker", "rival", "safety", "other_manager", "liaison"])
def test_only_the_labs_staff_decides(cast: Cast, verb: str, who: str) -> None:
    fault, told = reported(cast), Told()
    with pytest.raises(Forbidden if who == "booker" else NotFound):
        VERBS[verb](getattr(cast, who), fault.id)
    assert (fault.state, told.names()) == (FaultState.REPORTED, [])


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("over", ["repair", "dismiss"])
def test_what_is_over_stays_over(cast: Cast, verb: str, over: str) -> None:
    fault = reported(cast)
    VERBS[over](cast.manager, fault.id)
    with pytest.raises(WrongState):
        VERBS[verb](cast.manager, fault.id)


def test_it_is_confirmed_once(cast: Cast) -> None:
    with pytest.raises(WrongState):
        confirm_fault(actor=cast.manager, fault_id=confirmed(cast).id)


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        ({"text": " "}, ("text", "required")),
        ({"text": "x" * 2001}, ("text", "too-long")),
        ({"unit_id": 99_999}, ("unit", "unknown")),
    ],
)
def test_a_report_that_says_nothing_is_refused(
    cast: Cast, wrong: dict[str, object], problem: tuple[str, str]
) -> None:
    with pytest.raises(InvalidInput) as refused:
        reported(cast, **wrong)
    assert refused.value.errors == (problem,)


def test_units_of_others_and_retired_ones_are_none_of_it(cast: Cast) -> None:
    with pytest.raises(InvalidInput):
        reported(cast, unit_id=cast.microscope.units[0].id)
    cast.stations.units[1].status = UnitStatus.RETIRED
    db.session.commit()
    with pytest.raises(InvalidInput):
        reported(cast, of=cast.stations, unit_id=cast.stations.units[1].id)


def test_of_what_is_retired_nothing_is_reported(cast: Cast) -> None:
    change_status(actor=cast.manager, equipment_id=cast.raman.id, status=EquipmentStatus.RETIRED)
    with pytest.raises(WrongState):
        reported(cast, by=cast.manager)
    with pytest.raises(NotFound):
        reported(cast)


def test_people_have_no_faults_and_no_maintenance(cast: Cast) -> None:
    change_equipment(actor=cast.manager, equipment_id=cast.raman.id, kind=EquipmentKind.PEOPLE)
    for make in (reported, planned):
        with pytest.raises(InvalidInput) as refused:
            make(cast)
        assert refused.value.errors == (("equipment", "not_of_people"),)


def test_each_sees_their_own_and_the_staff_all_of_its_labs(cast: Cast) -> None:
    mine, theirs = reported(cast), reported(cast, by=cast.rival, of=cast.stations)
    elsewhere = reported(cast, by=cast.technician, of=cast.oscilloscope)
    seen = {
        cast.booker: [mine],
        cast.rival: [theirs],
        cast.boss: [],
        cast.manager: [theirs, mine],
        cast.technician: [elsewhere, theirs, mine],
        cast.other_manager: [elsewhere],
        cast.admin: [elsewhere, theirs, mine],
    }
    assert {person: list(list_faults(person)) for person in seen} == seen
    assert list_faults(cast.technician, lab_ids=[cast.materials.id], limit=1) == [theirs]
    assert list_faults(cast.technician, before=theirs.id) == [mine]
    dismiss_fault(actor=cast.manager, fault_id=mine.id, reason="None")
    assert list_faults(cast.manager, is_open=True) == [theirs]
    assert list_faults(cast.manager, is_open=False) == [mine]


@both_databases
@pytest.mark.parametrize(
    "wrong",
    [
        {"state": FaultState.CONFIRMED},
        {"state": FaultState.REPAIRED},
        {"closed_at": NOW},
        {"confirmed_at": NOW},
        {"state": FaultState.DISMISSED, "closed_at": NOW, "closed_by_id": 1},
    ],
)
def test_the_database_knows_what_belongs_together(cast: Cast, wrong: dict[str, object]) -> None:
    fault = reported(cast)
    for name, value in wrong.items():
        setattr(fault, name, value)
    with pytest.raises(IntegrityError):
        db.session.commit()
    db.session.rollback()
