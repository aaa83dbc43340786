"""The cast stands on the stage as its descriptions say, on both databases."""

from flask import Flask
from sqlalchemy import func, select

from app.accounts.models import Role
from app.core.clock import now
from app.extensions import db
from app.inventory.models import Equipment, Unit
from app.occupancy.models import Capacity
from tests.cast import NOW, Cast
from tests.databases import both_databases


@both_databases
def test_everybody_has_their_place(app: Flask, cast: Cast) -> None:
    assert now() == NOW
    assert cast.booker.organisation_ids() == {cast.arta.id}
    assert cast.rival.organisation_ids() == {cast.rival_company.id}
    assert cast.manager.lab_ids(Role.MANAGER) == {cast.materials.id}
    assert cast.other_manager.lab_ids(Role.MANAGER) == {cast.electronics.id}
    assert cast.loner.organisation_ids() == set()
    assert not cast.newcomer_company.is_verified


@both_databases
def test_capacity_is_the_units_in_service(app: Flask, cast: Cast) -> None:
    units = select(Unit.equipment_id, func.count()).group_by(Unit.equipment_id)
    capacities = select(Capacity.equipment_id, Capacity.quantity)

    rows = dict(map(tuple, db.session.execute(units)))

    assert rows == dict(map(tuple, db.session.execute(capacities)))
    assert rows[cast.stations.id] == 4
    assert len(rows) == db.session.scalar(select(func.count()).select_from(Equipment))
