"""Capacity follows the units in service, forward only, and never below what is promised."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from app.core import clock
from app.core.db import unit_of_work
from app.core.spans import Span
from app.extensions import db
from app.inventory.models import EquipmentStatus, UnitStatus
from app.inventory.queries.equipment import get_equipment
from app.inventory.services.equipment import change_status, create_equipment
from app.inventory.services.units import change_unit_status
from app.occupancy.errors import CapacityInUse
from app.occupancy.models import ClaimKind, ClaimUnit, Source
from app.occupancy.queries import capacities, units_of
from app.occupancy.services import claims, units
from app.occupancy.services.claims import Wanted
from tests.cast import Cast
from tests.databases import both_databases
from tests.occupancy.making import at, claim, fix, source, span


@both_databases
def test_new_equipment_can_be_used_as_often_as_it_has_units(app: Flask, cast: Cast) -> None:
    made = create_equipment(
        actor=cast.admin,
        lab_id=cast.materials.id,
        category_id=cast.soldering.id,
        name="Hot plate",
        capacity=12,
    )

    assert capacities([made.id]) == {made.id: 12}


@both_databases
def test_a_unit_out_of_service_is_one_less_from_now_on(app: Flask, cast: Cast) -> None:
    first = cast.stations.units[0].id

    change_unit_status(actor=cast.technician, unit_id=first, status=UnitStatus.OUT_OF_SERVICE)
    assert capacities([cast.stations.id]) == {cast.stations.id: 3}
    with clock.frozen(clock.now() + timedelta(hours=1)):
        change_unit_status(actor=cast.technician, unit_id=first, status=UnitStatus.IN_SERVICE)

    assert capacities([cast.stations.id]) == {cast.stations.id: 4}


@both_databases
def test_what_is_promised_ahead_keeps_it_in_service(app: Flask, cast: Cast) -> None:
    soon = Span(clock.now() + timedelta(days=1), clock.now() + timedelta(days=1, hours=2))
    take = unit_of_work(claims.replace)
    take({Source(ClaimKind.TIMETABLE, 1): [Wanted(cast.raman.id, soon, 1)]})

    with pytest.raises(CapacityInUse):
        change_status(actor=cast.admin, equipment_id=cast.raman.id, status=EquipmentStatus.OUT_OF_SERVICE)

    assert get_equipment(None, cast.raman.id).status is EquipmentStatus.IN_SERVICE
    assert capacities([cast.raman.id]) == {cast.raman.id: 1}


def given(number: int) -> list[int]:
    return [unit.number for unit in units_of([source(number)])[source(number)]]


@both_databases
@pytest.mark.parametrize("status", [UnitStatus.OUT_OF_SERVICE, UnitStatus.RETIRED])
def test_what_was_promised_a_unit_that_goes_gets_another(app: Flask, cast: Cast, status: UnitStatus) -> None:
    assign = unit_of_work(units.assign)
    for number, start in ((1, 0), (2, 1), (3, 30)):
        claim(number, (cast.stations.id, span(start, 2), 1))
        assert assign([source(number)])
    assert (given(1), given(2), given(3)) == ([1], [2], [1])

    with clock.frozen(at(40)):  # the first two are over: they keep what they had
        claim(4, (cast.stations.id, span(39, 2), 1))
        claim(5, (cast.stations.id, span(50, 2), 3))
        assert assign([source(4), source(5)])
        change_unit_status(actor=cast.manager, unit_id=cast.stations.units[0].id, status=status)

    assert (given(1), given(2), given(3)) == ([1], [2], [1])
    assert given(4) == [2]
    assert given(5) == [2, 3, 4]


@both_databases
def test_a_unit_that_somebody_works_with_stays_theirs(app: Flask, cast: Cast) -> None:
    claim(1, (cast.stations.id, span(0, 2), 1))
    assert unit_of_work(units.assign)([source(1)])
    db.session.execute(update(ClaimUnit).values(is_fixed=True))
    db.session.commit()
    first = cast.stations.units[0].id
    change_unit_status(actor=cast.manager, unit_id=first, status=UnitStatus.OUT_OF_SERVICE)
    assert given(1) == [1]


def test_a_unit_is_kept_in_service_when_no_single_one_could_take_its_place(app: Flask, cast: Cast) -> None:
    # Three units of four are in somebody's hands at different times; only the fourth is free throughout.
    claim(1, (cast.stations.id, span(0, 3), 1))
    assert unit_of_work(units.assign)([source(1)])
    (first, *others) = (unit.id for unit in cast.stations.units)
    for number, unit_id in enumerate(others, start=2):
        claim(number, (cast.stations.id, span(number - 2, 1), 1))
        fix(number, unit_id)

    with pytest.raises(CapacityInUse):
        change_unit_status(actor=cast.manager, unit_id=first, status=UnitStatus.OUT_OF_SERVICE)
    db.session.expire_all()
    assert given(1) == [1]
    assert capacities([cast.stations.id]) == {cast.stations.id: 4}
