"""What stands between a person and equipment, whatever the time: training, an agreement, papers."""

from collections.abc import Collection, Mapping, Sequence

from app.accounts.models import Organisation, User
from app.booking.permissions import is_staff_of_all
from app.booking.queries.standing import Comers, with_standing
from app.booking.queries.things import rules_of
from app.booking.rules.access import of_standing
from app.booking.rules.facts import Things, Want, Wish
from app.booking.rules.hours import Week
from app.booking.verdicts import Severity, Verdict
from app.core.spans import Span
from app.inventory.models import Equipment, EquipmentStatus


def list_lacking(
    *,
    viewer: User | None,
    equipment: Collection[Equipment],
    window: Span,
    mode: str | None = None,
    things: Mapping[int, Things] | None = None,
) -> dict[int, Sequence[Verdict]]:
    """For each equipment (with its place loaded) what the person lacks to use it at the beginning of the
    window, in the way of working that asks least (or in `mode`); nothing lacking is an empty sequence.

    `viewer` None is a company that nobody knows yet. The staff of its lab lack nothing: they ask in the
    name of others. Says nothing of whether it is free. `things`: what is known of the equipment already,
    where it is. A fixed number of queries.
    """
    found = with_standing(
        things if things is not None else _things(equipment),
        equipment,
        window,
        organisation=organisation_of(viewer),
        comers=Comers(viewer.id if viewer is not None else None),
    )
    return {
        one.id: ()
        if viewer is not None and is_staff_of_all(viewer, {one.lab_id})
        else _least(found[one.id], window, mode)
        for one in equipment
    }


def may_be_booked(equipment: Equipment) -> bool:
    """Whether it is lent at all: in service, in a lab that is open, and not only along with something."""
    return (
        equipment.status == EquipmentStatus.IN_SERVICE
        and equipment.lab.status == "open"
        and equipment.is_lent_alone
    )


def organisation_of(viewer: User | None) -> Organisation | None:
    """For whom the person usually asks: the first organisation they belong to; None for nobody's."""
    own = (one for one in viewer.memberships if one.ended_at is None) if viewer is not None else ()
    return min((one.organisation for one in own), key=lambda one: one.id, default=None)


def _things(equipment: Collection[Equipment]) -> Mapping[int, Things]:
    """As much as the rules about people look at: no hours, and nothing of what is taken."""
    rules = rules_of(equipment)
    return {
        one.id: Things(
            equipment_id=one.id,
            lab_id=one.lab_id,
            rules=rules[one.id],
            week=Week([], frozenset(), one.lab.site.zone),
            modes=one.modes,
            in_service=True,
            capacity=1,
            taken=(),
        )
        for one in equipment
    }


def _least(thing: Things, window: Span, mode: str | None) -> Sequence[Verdict]:
    lacking = [
        [
            verdict
            for verdict in of_standing(
                Wish([Want(thing.equipment_id)], window, way, asked_at=window.start), thing
            )
            if verdict.severity is Severity.BLOCK
        ]
        for way in thing.modes
        if mode in (None, way)
    ]
    return min(lacking, key=len, default=[])
