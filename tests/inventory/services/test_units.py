"""Single units: their tags, their state, and where each came from."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.core.errors import Forbidden, InvalidInput, NotFound, WrongState
from app.extensions import db
from app.inventory.models import Acquisition, AcquisitionKind, Unit, UnitStatus
from app.inventory.queries.search import search_equipment
from app.inventory.services.units import add_unit, change_unit, change_unit_status
from tests.cast import Cast
from tests.databases import both_databases
from tests.inventory.told import Told


def test_a_unit_is_added_with_exactly_one_acquisition(app: Flask, cast: Cast) -> None:
    told = Told()

    unit = add_unit(
        actor=cast.manager,
        equipment_id=cast.raman.id,
        kind=AcquisitionKind.GIFT,
        source_organisation_id=cast.foundation.id,
        acquired_on=date(2026, 10, 1),
        note="after the fair",
        asset_tag="AUT-1405-77",
        serial="SN 99/7",
    )

    assert unit.number == 2
    assert unit.acquisition.kind is AcquisitionKind.GIFT
    assert unit.acquisition.source_organisation_id == cast.foundation.id
    counted = select(func.count()).select_from(Acquisition).where(Acquisition.unit_id == unit.id)
    assert db.session.scalar(counted) == 1
    assert told.names() == ["UnitsInServiceChanged"]
    assert told.records()[0].data["units_in_service"] == 2
    assert told.records()[0].data["unit_id"] == unit.id


def test_equipment_is_found_by_a_units_tag_and_serial_number(app: Flask, cast: Cast) -> None:
    change_unit(actor=cast.manager, unit_id=cast.raman.units[0].id, asset_tag="AUT-1405-77", serial="SN 99/7")

    for q in ("aut1405", "sn997"):
        assert [equipment.id for equipment in search_equipment(None, q=q).items] == [cast.raman.id]


@both_databases
def test_an_asset_tag_is_worn_by_one_unit(app: Flask, cast: Cast) -> None:
    taken = cast.oscilloscope.units[0].asset_tag

    with pytest.raises(InvalidInput) as refused:
        add_unit(
            actor=cast.manager, equipment_id=cast.raman.id, kind=AcquisitionKind.PURCHASE, asset_tag=taken
        )
    assert refused.value.errors == (("asset_tag", "taken"),)
    with pytest.raises(InvalidInput):
        change_unit(actor=cast.manager, unit_id=cast.raman.units[0].id, asset_tag=taken)


def test_a_unit_keeps_its_own_tag_when_it_is_said_again(app: Flask, cast: Cast) -> None:
    unit, told = cast.raman.units[0], Told()

    change_unit(actor=cast.manager, unit_id=unit.id, asset_tag=unit.asset_tag, condition="as new")

    assert told.names() == ["UnitChanged"]
    assert told.records()[0].data["changes"] == {"condition": "as new"}


def test_a_tag_can_be_taken_off(app: Flask, cast: Cast) -> None:
    unit = change_unit(actor=cast.manager, unit_id=cast.raman.units[0].id, asset_tag="  ")

    assert unit.asset_tag is None


def test_a_unit_goes_out_comes_back_and_is_retired_for_good(app: Flask, cast: Cast) -> None:
    unit, told = cast.stations.units[1], Told()

    for status in (UnitStatus.OUT_OF_SERVICE, UnitStatus.IN_SERVICE, UnitStatus.RETIRED):
        change_unit_status(actor=cast.manager, unit_id=unit.id, status=status)

    assert [record.data["units_in_service"] for record in told.records()] == [3, 4, 3]
    with pytest.raises(WrongState):
        change_unit_status(actor=cast.manager, unit_id=unit.id, status=UnitStatus.IN_SERVICE)


def test_what_was_not_inspected_is_not_put_into_service(app: Flask, cast: Cast, save: object) -> None:
    unit = db.session.get_one(Unit, cast.raman.units[0].id)
    unit.status = UnitStatus.AWAITING_INSPECTION
    db.session.commit()

    with pytest.raises(WrongState):
        change_unit_status(actor=cast.manager, unit_id=unit.id, status=UnitStatus.IN_SERVICE)


def test_who_may_do_what(app: Flask, cast: Cast) -> None:
    unit_id = cast.raman.units[0].id
    for actor in (cast.other_manager, cast.safety, cast.booker):
        with pytest.raises(Forbidden):
            change_unit_status(actor=actor, unit_id=unit_id, status=UnitStatus.OUT_OF_SERVICE)
    for actor in (cast.technician, cast.other_manager):
        with pytest.raises(Forbidden):
            change_unit(actor=actor, unit_id=unit_id, serial="1")
        with pytest.raises(Forbidden):
            add_unit(actor=actor, equipment_id=cast.raman.id, kind=AcquisitionKind.LOAN)
        with pytest.raises(Forbidden):
            change_unit_status(actor=actor, unit_id=unit_id, status=UnitStatus.RETIRED)

    out = change_unit_status(actor=cast.technician, unit_id=unit_id, status=UnitStatus.OUT_OF_SERVICE)
    assert out.status is UnitStatus.OUT_OF_SERVICE


def test_a_unit_that_is_not_there_is_not_found(app: Flask, cast: Cast) -> None:
    with pytest.raises(NotFound):
        change_unit(actor=cast.admin, unit_id=999, serial="1")
