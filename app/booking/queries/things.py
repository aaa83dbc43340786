"""What the rules need to know of equipment, in a handful of queries however many are asked for."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import inspect, or_, select
from sqlalchemy.orm import InstanceState, contains_eager
from sqlalchemy.orm.util import identity_key

from app.booking.models import Policy, SampleDuration
from app.booking.queries.hours import weeks_of
from app.booking.queries.rivals import asked_for
from app.booking.rules.facts import Things
from app.booking.rules.policy import Rules, in_force
from app.core.i18n import language
from app.core.spans import Span
from app.extensions import db
from app.inventory.models import (
    Equipment,
    EquipmentStatus,
    Lab,
)
from app.inventory.queries.categories import with_descendants
from app.occupancy.models import Source
from app.occupancy.queries import list_occupied

LONGEST_BUFFER = timedelta(hours=24)
"""Claims are read this far around a wish, so that any buffer of it is covered."""


def list_equipment_with_place(equipment_ids: Collection[int]) -> list[Equipment]:
    """The equipment with lab and site loaded, in order of id; unknown ids are left out.

    What the session holds already is not asked for again: a query would leave it as it was read, too.
    """
    found = {one.id: one for id_ in equipment_ids if (one := _read_already(id_)) is not None}
    missing = set(equipment_ids) - found.keys()
    if missing:
        rows = db.session.scalars(
            select(Equipment)
            .join(Equipment.lab)
            .join(Lab.site)
            .where(Equipment.id.in_(missing))
            .options(contains_eager(Equipment.lab).contains_eager(Lab.site))
        )
        found |= {one.id: one for one in rows}
    return [found[id_] for id_ in sorted(found)]


def _read_already(equipment_id: int) -> Equipment | None:
    """The equipment as the session holds it, where it and its place are read."""
    one = db.session.identity_map.get(identity_key(Equipment, equipment_id))
    return one if one and _has_read(one, "lab") and _has_read(one.lab, "site") else None


def _has_read(row: Equipment | Lab, way: str) -> bool:
    state: InstanceState[Any] = inspect(row)
    return not state.expired and way not in state.unloaded


def list_beside(equipment: Collection[Equipment]) -> Sequence[Equipment]:
    """What else is in service in the labs of these, by lab and name: to be asked for along with them."""
    return db.session.scalars(
        select(Equipment)
        .where(
            Equipment.lab_id.in_({one.lab_id for one in equipment}),
            Equipment.id.not_in([one.id for one in equipment]),
            Equipment.status == EquipmentStatus.IN_SERVICE,
        )
        .order_by(Equipment.lab_id, Equipment.sort_key_fa if language() == "fa" else Equipment.sort_key)
    ).all()


def list_same_category(equipment_id: int) -> Sequence[Equipment]:
    """In service and lent by itself, of the same category, those of the same lab first."""
    wanted = db.session.get_one(Equipment, equipment_id)
    return db.session.scalars(
        select(Equipment)
        .join(Equipment.lab)
        .join(Lab.site)
        .where(
            Equipment.category_id == wanted.category_id,
            Equipment.id != equipment_id,
            Equipment.status == EquipmentStatus.IN_SERVICE,
            Equipment.is_lent_alone,
        )
        .options(contains_eager(Equipment.lab).contains_eager(Lab.site))
        .order_by(Equipment.lab_id != wanted.lab_id, Equipment.id)
    ).all()


def list_of_category(category_id: int, lab_id: int | None = None) -> Sequence[Equipment]:
    """What is lent by itself and not retired of the category and those below it, with its place; of one lab,
    if named.
    """
    found = (
        select(Equipment)
        .join(Equipment.lab)
        .join(Lab.site)
        .where(
            Equipment.category_id.in_(with_descendants(category_id)),
            Equipment.status != EquipmentStatus.RETIRED,
            Equipment.is_lent_alone,
        )
        .options(contains_eager(Equipment.lab).contains_eager(Lab.site))
        .order_by(Equipment.id)
    )
    if lab_id is not None:
        found = found.where(Equipment.lab_id == lab_id)
    return db.session.scalars(found).all()


def things_for(
    equipment: Collection[Equipment],
    window: Span,
    *,
    without: Collection[Source] = (),
    with_fixed: bool = False,
    with_samples: bool = False,
    hours_in: Span | None = None,
) -> dict[int, Things]:
    """What is known of each equipment for wishes inside the window, by id.

    `with_fixed`: also where its units are fixed. `with_samples`: also how long samples take. `hours_in`: its
    single days are known in this span as well.
    """
    ids = [one.id for one in equipment]
    rules = rules_of(equipment)
    weeks = weeks_of(equipment, window.together_with(hours_in) if hours_in else window)
    samples = sample_minutes(ids) if with_samples else {}
    wide = window.widen(LONGEST_BUFFER, LONGEST_BUFFER)
    occupied = list_occupied(ids, wide, without=without, with_fixed=with_fixed)
    asked = asked_for([id_ for id_ in ids if rules[id_].requests_compete], wide, without=without)
    return {
        one.id: Things(
            equipment_id=one.id,
            lab_id=one.lab_id,
            rules=rules[one.id],
            week=weeks[one.id],
            modes=one.modes,
            in_service=one.status == EquipmentStatus.IN_SERVICE and one.lab.status == "open",
            capacity=occupied[one.id].capacity,
            taken=occupied[one.id].taken,
            fixed=occupied[one.id].fixed,
            rivals=asked[one.id],
            sample_minutes=samples.get(one.id, ()),
            is_lent_alone=one.is_lent_alone,
        )
        for one in equipment
    }


def rules_of(equipment: Collection[Equipment]) -> dict[int, Rules]:
    """The rules in force for each equipment, by its id."""
    said = db.session.scalars(
        select(Policy).where(
            or_(
                Policy.lab_id.in_({one.lab_id for one in equipment}),
                Policy.equipment_id.in_([one.id for one in equipment]),
            )
        )
    ).all()
    of_lab = {policy.lab_id: policy for policy in said if policy.lab_id is not None}
    of_one = {policy.equipment_id: policy for policy in said if policy.equipment_id is not None}
    return {one.id: in_force(of_lab.get(one.lab_id), of_one.get(one.id)) for one in equipment}


def may_take_days(equipment: Collection[Equipment]) -> bool:
    """Whether a booking of all of these may be longer than a day."""
    return all(rules.may_take_days for rules in rules_of(equipment).values())


def rules_of_lab(lab_id: int) -> Rules:
    """The rules in force for equipment of the lab that has said nothing of its own."""
    return in_force(db.session.scalar(select(Policy).where(Policy.lab_id == lab_id)))


def sample_minutes(equipment_ids: Collection[int]) -> dict[int, list[tuple[int, int]]]:
    """How long samples take each equipment: up to how many, and minutes; the fewest first."""
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for row in db.session.execute(
        select(SampleDuration.equipment_id, SampleDuration.up_to, SampleDuration.minutes)
        .where(SampleDuration.equipment_id.in_(equipment_ids))
        .order_by(SampleDuration.equipment_id, SampleDuration.up_to)
    ):
        found[row.equipment_id].append((row.up_to, row.minutes))
    return found
