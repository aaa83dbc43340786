"""An outage that takes all of an equipment keeps doing so when units come and go meanwhile."""

from datetime import datetime

from app.booking.queries.outages import list_covering
from app.booking.rules.outages import Room, out_of_use
from app.booking.services.outages.declare import source_of
from app.core.clock import now
from app.core.spans import Span
from app.extensions import db
from app.inventory.models import Equipment
from app.occupancy.models import Source
from app.occupancy.queries import capacities, list_held, list_held_by
from app.occupancy.rules.peaks import Taken
from app.occupancy.services import claims


def take_what_there_is(equipment_id: int, units: int | None = None) -> None:
    """Let what takes all of the equipment take as many as there are (`units`: as there will be), no more.

    For reactions: before fewer are made of it, so that their loss meets no claim, and after more are.
    """
    equipment = db.session.get_one(Equipment, equipment_id)
    covering = list_covering(equipment)
    if not covering:
        return
    claims.lock([equipment_id])
    most = capacities([equipment_id])[equipment_id]
    room = most if units is None else min(units, most)
    sources = [source_of(outage) for outage in covering]
    for outage, source in zip(covering, sources, strict=True):
        window = Span(max(outage.starts_at, now()), outage.ends_at or now())
        others = _others(equipment_id, window, source)
        mine = out_of_use(window, None, Room(room, others))
        kept = [
            claims.Wanted(one.equipment_id, span, one.quantity)
            for one in list_held_by([source])
            if (span := one.span if one.equipment_id != equipment_id else _before(one.span, window.start))
        ]
        claims.replace(
            {source: [*kept, *(claims.Wanted(equipment_id, one.span, one.quantity) for one in mine)]}
        )


def _others(equipment_id: int, window: Span, source: Source) -> list[Taken]:
    return [
        Taken(here, one.quantity)
        for one in list_held([equipment_id], window)
        if Source(one.kind, one.source_id) != source and (here := one.span.clamp(window)) is not None
    ]


def _before(span: Span, instant: datetime) -> Span | None:
    """What is past: that is so, whatever comes."""
    return Span(span.start, min(span.end, instant)) if span.start < instant else None
