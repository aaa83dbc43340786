"""Equipment is made, changed, taken out, put back and retired."""

from datetime import date

import pytest
from flask import Flask

from app.core.errors import Forbidden, InvalidInput, NotFound, WrongState
from app.inventory.models import AcquisitionKind, EquipmentStatus, UnitStatus
from app.inventory.queries.equipment import get_equipment
from app.inventory.services.equipment import change_equipment, change_status, create_equipment
from app.inventory.services.units import change_unit_status
from tests.cast import Cast
from tests.inventory.told import Told, number_of


def test_capacity_becomes_units_that_were_always_there(app: Flask, cast: Cast) -> None:
    told, lab_topic = Told(), f"lab:{cast.materials.id}"
    before = number_of(lab_topic)

    made = create_equipment(
        actor=cast.manager,
        lab_id=cast.materials.id,
        category_id=cast.soldering.id,
        capacity=12,
        commissioned_on=date(2020, 5, 1),
        name="Hot plates ",
        aliases=["Heater", "Heater"],
    )

    assert [unit.number for unit in made.units] == list(range(1, 13))
    assert {unit.status for unit in made.units} == {UnitStatus.IN_SERVICE}
    assert {unit.acquisition.kind for unit in made.units} == {AcquisitionKind.LEGACY}
    assert {unit.commissioned_on for unit in made.units} == {date(2020, 5, 1)}
    assert made.aliases == ["Heater"]
    assert told.names() == ["EquipmentCreated"]
    assert told.records()[0].data == {
        "lab_id": cast.materials.id,
        "name": "Hot plates",
        "status": "in_service",
        "units_in_service": 12,
    }
    assert number_of(f"equipment:{made.id}") == 1
    assert number_of(lab_topic) == before + 1


def test_equipment_made_out_of_service_has_no_units_in_service(app: Flask, cast: Cast) -> None:
    told = Told()

    create_equipment(
        actor=cast.manager,
        lab_id=cast.materials.id,
        category_id=cast.soldering.id,
        status=EquipmentStatus.OUT_OF_SERVICE,
        name="Broken",
    )

    assert told.records()[0].data["units_in_service"] == 0


def test_equipment_is_made_by_the_labs_manager_or_an_admin(app: Flask, cast: Cast) -> None:
    for actor in (cast.other_manager, cast.technician, cast.safety, cast.liaison, cast.booker):
        with pytest.raises(Forbidden):
            create_equipment(
                actor=actor, lab_id=cast.materials.id, category_id=cast.soldering.id, name="Mine"
            )
    made = create_equipment(
        actor=cast.admin, lab_id=cast.materials.id, category_id=cast.soldering.id, name="Ours"
    )
    assert made.lab_id == cast.materials.id


@pytest.mark.parametrize(
    ("details", "errors"),
    [
        ({"name": ""}, {("name", "required")}),
        ({"name": "x", "capacity": 0}, {("capacity", "out-of-range")}),
        ({"name": "x", "capacity": 501}, {("capacity", "out-of-range")}),
        ({"name": "x", "modes": ["dance"]}, {("modes", "unknown")}),
        ({"name": "x", "modes": []}, {("modes", "unknown")}),
        ({"name": "x" * 201, "model": "y" * 201}, {("name", "too-long"), ("model", "too-long")}),
    ],
)
def test_what_cannot_be_kept_is_named(
    app: Flask, cast: Cast, details: dict[str, object], errors: set[tuple[str, str]]
) -> None:
    told = Told()

    with pytest.raises(InvalidInput) as refused:
        create_equipment(actor=cast.admin, lab_id=cast.materials.id, category_id=cast.soldering.id, **details)

    assert set(refused.value.errors) == errors
    assert told.names() == []


def test_a_change_says_what_changed_and_only_that(app: Flask, cast: Cast) -> None:
    told = Told()

    change_equipment(
        actor=cast.manager,
        equipment_id=cast.raman.id,
        name=cast.raman.name,
        model="R-532",
        modes=["samples", "self"],
    )

    assert told.names() == ["EquipmentChanged"]
    assert told.records()[0].data["changes"] == {"model": "R-532", "modes": ["self", "samples"]}
    assert "r532" in cast.raman.search_text


def test_saying_the_same_again_changes_nothing(app: Flask, cast: Cast) -> None:
    told = Told()

    change_equipment(
        actor=cast.manager, equipment_id=cast.raman.id, name="Raman spectrometer ", description=""
    )

    assert told.names() == []


def test_moving_it_needs_the_right_in_both_labs(app: Flask, cast: Cast) -> None:
    for actor in (cast.manager, cast.other_manager):
        with pytest.raises(Forbidden):
            change_equipment(actor=actor, equipment_id=cast.raman.id, lab_id=cast.electronics.id)
    topics = [f"lab:{cast.materials.id}", f"lab:{cast.electronics.id}", f"equipment:{cast.raman.id}"]
    before = [number_of(topic) for topic in topics]

    moved = change_equipment(
        actor=cast.admin,
        equipment_id=cast.raman.id,
        lab_id=cast.electronics.id,
        category_id=cast.soldering.id,
    )

    assert moved.lab.slug == "electronics"
    assert moved.category.slug == "soldering"
    assert [number_of(topic) for topic in topics] == [number + 1 for number in before]


def test_it_is_not_moved_to_where_its_key_means_something_else(app: Flask, cast: Cast) -> None:
    mine, other = (
        create_equipment(
            actor=cast.admin, lab_id=lab.id, category_id=cast.soldering.id, name="Iron", import_key="I-1"
        )
        for lab in (cast.materials, cast.electronics)
    )

    with pytest.raises(InvalidInput) as refused:
        change_equipment(actor=cast.admin, equipment_id=mine.id, lab_id=other.lab_id)

    assert refused.value.errors == (("lab", "import-key-taken"),)


def test_a_technician_takes_it_out_and_puts_it_back(app: Flask, cast: Cast) -> None:
    told = Told()

    change_status(
        actor=cast.technician,
        equipment_id=cast.stations.id,
        status=EquipmentStatus.OUT_OF_SERVICE,
        reason=" fumes ",
    )
    assert cast.stations.units_in_service == 0
    change_status(actor=cast.technician, equipment_id=cast.stations.id, status=EquipmentStatus.IN_SERVICE)

    assert told.names() == ["UnitsInServiceChanged"] * 2
    first, second = (record.data for record in told.records())
    assert first == {
        "lab_id": cast.materials.id,
        "unit_id": None,
        "status": "out_of_service",
        "units_in_service": 0,
        "reason": "fumes",
    }
    assert second["units_in_service"] == 4


def test_taking_it_out_twice_is_the_wrong_state(app: Flask, cast: Cast) -> None:
    change_status(actor=cast.manager, equipment_id=cast.raman.id, status=EquipmentStatus.OUT_OF_SERVICE)

    with pytest.raises(WrongState):
        change_status(actor=cast.manager, equipment_id=cast.raman.id, status=EquipmentStatus.OUT_OF_SERVICE)


def test_others_neither_take_it_out_nor_retire_it(app: Flask, cast: Cast) -> None:
    for actor in (cast.other_manager, cast.safety, cast.booker):
        with pytest.raises(Forbidden):
            change_status(actor=actor, equipment_id=cast.raman.id, status=EquipmentStatus.OUT_OF_SERVICE)
    with pytest.raises(Forbidden):
        change_status(actor=cast.technician, equipment_id=cast.raman.id, status=EquipmentStatus.RETIRED)


def test_what_is_retired_is_there_for_the_staff_alone_and_can_come_back(app: Flask, cast: Cast) -> None:
    change_status(actor=cast.manager, equipment_id=cast.raman.id, status=EquipmentStatus.RETIRED)

    for actor in (None, cast.booker, cast.other_manager):
        with pytest.raises(NotFound):
            get_equipment(actor, cast.raman.id)
    for actor in (cast.technician, cast.liaison, cast.admin):
        assert get_equipment(actor, cast.raman.id).status is EquipmentStatus.RETIRED
    with pytest.raises(Forbidden):
        change_status(actor=cast.technician, equipment_id=cast.raman.id, status=EquipmentStatus.IN_SERVICE)
    back = change_status(actor=cast.manager, equipment_id=cast.raman.id, status=EquipmentStatus.IN_SERVICE)
    assert back.units_in_service == 1


def test_a_unit_that_was_out_stays_out_when_the_equipment_comes_back(app: Flask, cast: Cast) -> None:
    change_unit_status(
        actor=cast.manager, unit_id=cast.stations.units[0].id, status=UnitStatus.OUT_OF_SERVICE
    )
    change_status(actor=cast.manager, equipment_id=cast.stations.id, status=EquipmentStatus.OUT_OF_SERVICE)

    back = change_status(actor=cast.manager, equipment_id=cast.stations.id, status=EquipmentStatus.IN_SERVICE)

    assert back.units_in_service == 3
