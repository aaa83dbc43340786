"""Saying what a lab, or one equipment of it, asks of a booking."""

from collections.abc import Sequence
from dataclasses import fields
from typing import TypedDict, Unpack, cast

from sqlalchemy import select

from app.accounts.operator import Actor
from app.agreements.models import PaperKind
from app.booking.events import PolicyChanged
from app.booking.models import Policy
from app.booking.queries.policies import find_policy_of_lab, list_policies_of_equipment_in
from app.booking.rules.grid import divides_a_day
from app.booking.rules.policy import Rules, SecondApproval, in_force
from app.booking.rules.presets import PRESETS, Preset
from app.core.db import unit_of_work
from app.core.errors import Forbidden, InvalidInput, NotFound
from app.core.events import publish
from app.extensions import db
from app.inventory.models import Equipment
from app.inventory.permissions import may_manage_lab
from app.inventory.queries.equipment import get_equipment
from app.inventory.queries.places import get_lab

LONGEST_DAYS = 14
LIMITS = {
    "min_minutes": (5, LONGEST_DAYS * 24 * 60),
    "max_minutes": (5, LONGEST_DAYS * 24 * 60),
    "notice_minutes": (0, 90 * 24 * 60),
    "horizon_days": (1, 730),
    "setup_minutes": (0, 24 * 60),
    "cleanup_minutes": (0, 24 * 60),
    "answer_within_minutes": (15, 30 * 24 * 60),
    "hold_minutes": (15, 7 * 24 * 60),
    "grid_minutes": (0, 24 * 60),
    "external_horizon_days": (1, 730),
    "cancel_notice_minutes": (0, 30 * 24 * 60),
    "max_open_requests": (1, 1000),
    "no_show_after_minutes": (0, 24 * 60),
    "small_move_minutes": (0, 8 * 60),
}


class Said(TypedDict, total=False):
    """What may be said; None takes it back."""

    min_minutes: int | None
    max_minutes: int | None
    notice_minutes: int | None
    horizon_days: int | None
    setup_minutes: int | None
    cleanup_minutes: int | None
    needs_approval: bool | None
    answer_within_minutes: int | None
    outside_hours: bool | None
    hold_minutes: int | None
    grid_minutes: int | None
    external_horizon_days: int | None
    cancel_notice_minutes: int | None
    max_open_requests: int | None
    needs_authorisation: bool | None
    needs_agreement: bool | None
    needs_papers: list[str] | None
    no_show_after_minutes: int | None
    requests_compete: bool | None
    second_approval: SecondApproval | None
    small_move_minutes: int | None


@unit_of_work
def set_lab_policy(*, actor: Actor, lab_id: int, **said: Unpack[Said]) -> Policy:
    """What holds in the whole lab from now on. Raises Forbidden, NotFound, InvalidInput."""
    lab = get_lab(lab_id)
    _may_set(actor, lab.id)
    policy = db.session.scalar(select(Policy).where(Policy.lab_id == lab.id)) or Policy(lab_id=lab.id)
    return _say(actor, policy, lab.id, said)


@unit_of_work
def set_equipment_policy(*, actor: Actor, equipment_id: int, **said: Unpack[Said]) -> Policy:
    """Where one equipment differs from its lab. Raises Forbidden, NotFound, InvalidInput."""
    equipment = get_equipment(actor, equipment_id)
    _may_set(actor, equipment.lab_id)
    known = db.session.scalar(select(Policy).where(Policy.equipment_id == equipment.id))
    return _say(actor, known or Policy(equipment_id=equipment.id), equipment.lab_id, said)


@unit_of_work
def apply_preset(
    *, actor: Actor, preset: Preset, lab_id: int | None = None, equipment_id: int | None = None
) -> Policy:
    """Say what the preset says and nothing else, of the lab or of the equipment: a start to edit from.

    Raises as set_lab_policy and set_equipment_policy.
    """
    said = cast(Said, dict.fromkeys(Said.__annotations__) | dict(PRESETS[preset]))
    if equipment_id is not None:
        return set_equipment_policy(actor=actor, equipment_id=equipment_id, **said)
    if lab_id is None:
        raise NotFound
    return set_lab_policy(actor=actor, lab_id=lab_id, **said)


def _may_set(actor: Actor, lab_id: int) -> None:
    if not may_manage_lab(actor, lab_id):
        raise Forbidden


def _say(actor: Actor, policy: Policy, lab_id: int, said: Said) -> Policy:
    above, below = _around(policy)
    for name, value in said.items():
        setattr(policy, name, value)
    wrong = _wrong(policy, above, below)
    if wrong:
        raise InvalidInput(*wrong)
    db.session.add(policy)
    db.session.flush()
    known = {f.name: getattr(policy, f.name) for f in fields(Rules)}
    publish(
        PolicyChanged(
            actor_id=actor.id,
            subject_id=policy.id,
            lab_id=lab_id,
            equipment_id=policy.equipment_id,
            said={name: value for name, value in known.items() if value is not None},
        )
    )
    return policy


def _wrong(policy: Policy, above: Policy | None, below: Sequence[Policy]) -> list[tuple[str, str]]:
    wrong = []
    for name, (least, most) in LIMITS.items():
        value = getattr(policy, name)
        if value is not None and not least <= value <= most:
            wrong.append((name, "out_of_range"))
    if policy.grid_minutes is not None and not divides_a_day(policy.grid_minutes):
        wrong.append(("grid_minutes", "not_in_a_day"))
    if not set(policy.needs_papers or ()) <= set(PaperKind):
        wrong.append(("needs_papers", "unknown"))
    return wrong or _lengths_wrong(policy, above, below)


def _lengths_wrong(policy: Policy, above: Policy | None, below: Sequence[Policy]) -> list[tuple[str, str]]:
    """Whether no booking could keep to both bounds, or to the bounds and the grid."""
    field = "max_minutes" if policy.max_minutes is not None or policy.min_minutes is None else "min_minutes"
    grid = "grid_minutes" if policy.grid_minutes is not None else field
    own, theirs = in_force(above, policy), [in_force(policy, one) for one in below]
    if not _has_a_length(own):
        return [(field, "shorter_than_least")]
    if not all(_has_a_length(one) for one in theirs):
        return [(field, "not_for_all")]
    if not _has_a_length_on_grid(own):
        return [(grid, "no_length_on_grid")]
    return [] if all(_has_a_length_on_grid(one) for one in theirs) else [(grid, "not_for_all")]


def _around(policy: Policy) -> tuple[Policy | None, Sequence[Policy]]:
    """What is said of the lab above it, and of the equipment below it."""
    if policy.lab_id is not None:
        return None, list_policies_of_equipment_in(policy.lab_id)
    equipment = db.session.get_one(Equipment, policy.equipment_id)
    return find_policy_of_lab(equipment.lab_id), ()


def _has_a_length(rules: Rules) -> bool:
    """Whether any booking could keep to both bounds."""
    return rules.min_minutes <= rules.max_minutes


def _has_a_length_on_grid(rules: Rules) -> bool:
    """Whether any booking could also begin and end on the grid."""
    grid = rules.grid_minutes
    return not grid or rules.max_minutes // grid * grid >= max(rules.min_minutes, grid)
