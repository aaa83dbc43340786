"""Gifts handled in any order: what no story may ever break."""

import copy

from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.cli.doctor import findings
from app.core.errors import DomainError
from app.donations.models import ConsignmentLine, DonatedUnit, Offer
from app.donations.rules.states import Result
from app.donations.services.deliver import Arrived, commission, inspect, receive
from app.extensions import db
from app.inventory.models import Acquisition, Unit, UnitStatus
from app.needs.models import Need
from app.occupancy.queries import capacities
from tests.cast import Cast
from tests.donations.making import agreed, published_need

OFFERED = 2
STEPS = [
    ("receive", 1), ("receive", 1), ("receive", 2), ("receive", OFFERED + 1),
    ("fail", 0), ("pass", 0), ("pass", 0), ("pass", 1),
    ("commission", 0), ("commission", 0), ("commission", 1), ("commission", OFFERED),
]  # fmt: skip
"""What is done, and with how many or with which of the units that are there."""


@given(st.permutations(STEPS))
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_is_bookable_before_it_is_commissioned_whatever_is_done(
    app: Flask, cast: Cast, steps: list[tuple[str, int]]
) -> None:
    """Nor does a unit change its origin, a published need its evidence, or a promise its measure."""
    need = published_need(cast, quantity=OFFERED)
    evidence, offer = copy.deepcopy(need.evidence), agreed(cast, need, quantity=OFFERED)
    before, origins = capacities([cast.raman.id])[cast.raman.id], dict[int, int]()
    for step, number in steps:
        do(cast, offer, step, number)
        units = units_of(offer)
        in_service = [unit for unit in units if unit.status is UnitStatus.IN_SERVICE]
        assert capacities([cast.raman.id])[cast.raman.id] == before + len(in_service)
        assert all(unit.equipment_id is None for unit in units if unit not in in_service)
        assert len(units) <= OFFERED
        assert db.session.get_one(Need, need.id).evidence == evidence
        for unit_id, origin_id in origins_of(units):
            assert origins.setdefault(unit_id, origin_id) == origin_id
        assert len(origins_of(units)) == len(units) == len(origins)
    assert list(findings()) == []


def do(cast: Cast, offer: Offer, step: str, number: int) -> None:
    """Try it; a refusal changes nothing."""
    units = units_of(offer)
    unit_id = units[number].id if number < len(units) else 0
    try:
        if step == "receive":
            line = Arrived(line_id=offer.lines[0].id, received=number)
            receive(actor=cast.manager, offer_id=offer.id, lines=[line])
        elif step == "commission":
            commission(
                actor=cast.manager,
                offer_id=offer.id,
                unit_id=unit_id,
                lab_id=cast.materials.id,
                responsible="Mina Akbari",
                equipment_id=cast.raman.id,
            )
        else:
            inspect(actor=cast.technician, offer_id=offer.id, unit_id=unit_id, result=Result(step))
    except DomainError:
        db.session.rollback()


def units_of(offer: Offer) -> list[Unit]:
    found = (
        select(Unit)
        .join(DonatedUnit, DonatedUnit.unit_id == Unit.id)
        .join(DonatedUnit.consignment_line)
        .where(ConsignmentLine.line_id.in_([line.id for line in offer.lines]))
        .order_by(Unit.id)
    )
    return list(db.session.scalars(found))


def origins_of(units: list[Unit]) -> list[tuple[int, int]]:
    """Unit and acquisition, a row for each acquisition there is."""
    ids = [unit.id for unit in units]
    rows = db.session.execute(select(Acquisition.unit_id, Acquisition.id).where(Acquisition.unit_id.in_(ids)))
    return [(row[0], row[1]) for row in rows]
