"""Units: planned, exchanged while nobody works with them, never in two places."""

from itertools import combinations

from sqlalchemy import select, update

from app.core.db import unit_of_work
from app.extensions import db
from app.inventory.models import Unit
from app.occupancy.models import Claim, ClaimUnit
from app.occupancy.services import units
from tests.cast import Cast
from tests.databases import both_databases
from tests.occupancy.making import claim, fix, source, span
from tools.bench.recording import recorded


@unit_of_work
def assign(*numbers: int) -> bool:
    return units.assign([source(number) for number in numbers])


def given(number: int) -> set[int]:
    return set(
        db.session.scalars(
            select(ClaimUnit.unit_id)
            .join(Claim, Claim.id == ClaimUnit.claim_id)
            .where(Claim.source_id == number)
        )
    )


def unit_ids(cast: Cast) -> list[int]:
    return list(
        db.session.scalars(select(Unit.id).where(Unit.equipment_id == cast.stations.id).order_by(Unit.number))
    )


@both_databases
def test_claims_of_a_pool_get_different_units(cast: Cast) -> None:
    for number in (1, 2):
        claim(number, (cast.stations.id, span(0, 2), 2))
        assert assign(number)
    assert given(1) | given(2) == set(unit_ids(cast))
    assert not given(1) & given(2)


@both_databases
def test_tentative_units_are_exchanged_so_that_what_fits_is_served(cast: Cast) -> None:
    # 1 and 2 sit on different units; 3 needs one unit throughout both. With four units and a pool
    # that is otherwise full, serving it means exchanging.
    for number, start in ((1, 0), (2, 2)):
        claim(number, (cast.stations.id, span(start, 2), 2))
        assert assign(number)
    claim(3, (cast.stations.id, span(0, 4), 2))
    assert assign(3)
    for a, b in combinations((1, 3), 2):
        assert not given(a) & given(b)
    assert not given(2) & given(3)


@both_databases
def test_a_unit_fixed_elsewhere_can_stand_in_the_way_of_one_throughout(cast: Cast) -> None:
    first, second, third, fourth = unit_ids(cast)
    # Each unit is in use at some time of the day, three at once at the most.
    for number, (start, unit) in enumerate([(0, first), (1, second), (2, third), (3, fourth)], start=1):
        claim(number, (cast.stations.id, span(start, 1), 1))
        fix(number, unit)
    assert not units.can_hold(cast.stations.id, span(0, 4), 1)
    assert units.can_hold(cast.stations.id, span(0, 3), 1)
    assert units.can_hold(cast.stations.id, span(0, 4), 1, without=[source(4)])


@both_databases
def test_a_unit_out_of_service_is_not_given(cast: Cast) -> None:
    broken = unit_ids(cast)[0]
    db.session.execute(update(Unit).where(Unit.id == broken).values(status="out_of_service"))
    db.session.commit()
    claim(1, (cast.stations.id, span(0, 1), 3))
    assert assign(1)
    assert broken not in given(1)


def test_where_no_unit_is_fixed_one_question_is_enough(cast: Cast) -> None:
    for number in range(6):  # a chain: each overlaps the next
        claim(number, (cast.stations.id, span(number, 2), 1))
    stations_id = cast.stations.id
    with recorded(db.engine) as recording:
        assert units.can_hold(stations_id, span(0, 2), 1)
    assert len(recording.selects) == 1
