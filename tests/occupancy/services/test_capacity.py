"""Capacity changes look forward only, are recorded, and never strand a claim."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import DBAPIError

from app.core import clock
from app.core.db import unit_of_work
from app.extensions import db
from app.occupancy.errors import CapacityInUse, SlotTaken
from app.occupancy.models import Capacity, CapacityChange, Claim, ClaimKind
from app.occupancy.services import capacity
from tests.cast import NOW, Cast
from tests.databases import both_databases
from tests.occupancy.making import at, claim, span

set_capacity = unit_of_work(capacity.set_capacity)


@both_databases
def test_lowering_below_what_is_claimed_ahead_is_refused_with_when(cast: Cast) -> None:
    claim(1, (cast.stations.id, span(0, 2), 3))
    with pytest.raises(CapacityInUse) as refused:
        set_capacity(equipment_id=cast.stations.id, quantity=2)
    assert [conflict.span for conflict in refused.value.conflicts] == [span(0, 2)]
    assert db.session.get_one(Capacity, cast.stations.id).quantity == 4


@both_databases
def test_the_past_keeps_the_capacity_it_had(cast: Cast) -> None:
    claim(1, (cast.stations.id, span(0, 2), 4))
    with clock.frozen(at(3)):
        set_capacity(equipment_id=cast.stations.id, quantity=1)
    change = db.session.scalars(select(CapacityChange)).one()
    assert (change.quantity, change.until_at) == (4, at(3))
    claim(2, (cast.stations.id, span(2, 1), 4))  # written late, for the time before
    with pytest.raises(SlotTaken):
        claim(3, (cast.stations.id, span(3, 1), 2))
    with pytest.raises(SlotTaken):
        claim(4, (cast.stations.id, span(2.5, 1), 2))  # reaches into the time after


@both_databases
def test_raising_takes_effect_at_once(cast: Cast) -> None:
    claim(1, (cast.raman.id, span(0, 1), 1))
    set_capacity(equipment_id=cast.raman.id, quantity=2)
    claim(2, (cast.raman.id, span(0, 1), 1))


@both_databases
def test_the_database_refuses_lowering_whoever_tries(cast: Cast) -> None:
    claim(1, (cast.stations.id, span(0, 2), 3))
    row = db.session.get_one(Capacity, cast.stations.id)
    row.quantity, row.from_at = 2, NOW
    with pytest.raises(DBAPIError, match="claim_capacity"):
        db.session.flush()
    db.session.rollback()


@both_databases
def test_equipment_without_a_capacity_cannot_be_claimed(cast: Cast) -> None:
    db.session.delete(db.session.get_one(Capacity, cast.raman.id))
    db.session.flush()
    with pytest.raises(DBAPIError, match="claim_capacity"):
        db.session.execute(
            insert(Claim).values(
                equipment_id=cast.raman.id,
                quantity=1,
                starts_at=at(0),
                ends_at=at(1),
                kind=ClaimKind.CLOSURE,
                source_id=1,
            )
        )
    db.session.rollback()


@both_databases
def test_two_changes_at_one_instant_leave_no_empty_history(cast: Cast) -> None:
    with clock.frozen(NOW + timedelta(days=1)):
        set_capacity(equipment_id=cast.stations.id, quantity=5)
        set_capacity(equipment_id=cast.stations.id, quantity=6)
    assert [change.quantity for change in db.session.scalars(select(CapacityChange))] == [4]


def test_it_belongs_inside_a_unit_of_work(cast: Cast) -> None:
    with pytest.raises(RuntimeError, match="unit of work"):
        capacity.set_capacity(equipment_id=cast.raman.id, quantity=2)
