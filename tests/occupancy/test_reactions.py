"""Capacity follows the units in service, forward only, and never below what is promised."""

from datetime import timedelta

import pytest
from flask import Flask

from app.core import clock
from app.core.db import unit_of_work
from app.core.spans import Span
from app.inventory.models import EquipmentStatus, UnitStatus
from app.inventory.queries.equipment import get_equipment
from app.inventory.services.equipment import change_status, create_equipment
from app.inventory.services.units import change_unit_status
from app.occupancy.errors import CapacityInUse
from app.occupancy.models import ClaimKind, Source
from app.occupancy.queries import capacities
from app.occupancy.services import claims
from app.occupancy.services.claims import Wanted
from tests.cast import Cast
from tests.databases import both_databases


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
