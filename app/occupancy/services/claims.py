"""The only writer of claims.

Lock before reading, in sorted order, old and new equipment together: then several things are booked
all or nothing, two rivals wait for each other, and no two of them deadlock.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.exc import DBAPIError

from app.core.db import in_unit_of_work
from app.core.spans import Span
from app.extensions import db
from app.occupancy import invariants
from app.occupancy.errors import SlotTaken
from app.occupancy.models import LONGEST_CLAIM, Capacity, Claim, Source
from app.occupancy.queries import claims_of


@dataclass(frozen=True, order=True, slots=True)
class Wanted:
    """Take `quantity` of an equipment during `span`, buffers included. Any length."""

    equipment_id: int
    span: Span
    quantity: int


def lock(equipment_ids: Collection[int]) -> None:
    """Keep others from claiming these equipment until this unit of work ends.

    On SQLite the unit of work itself is the lock (BEGIN IMMEDIATE); on PostgreSQL it is the
    capacity rows, taken once and in order.
    """
    if not in_unit_of_work():
        raise RuntimeError("claims are locked and written inside a unit of work only")
    db.session.execute(
        select(Capacity.equipment_id)
        .where(Capacity.equipment_id.in_(equipment_ids))
        .order_by(Capacity.equipment_id)
        .with_for_update()
    ).all()


def replace(wanted: Mapping[Source, Sequence[Wanted]]) -> None:
    """Let each source have exactly these claims from now on: all of them, or none and SlotTaken.

    Claims that stay as they are keep their row and their units. An empty sequence frees everything.
    """
    rows = claims_of(wanted)
    equipment_ids = {claim.equipment_id for claim in rows}
    equipment_ids |= {row.equipment_id for rows_ in wanted.values() for row in rows_}
    lock(equipment_ids)
    # Read again: what stood here before the lock may have been changed while we waited for it.
    standing = {_key(claim): claim for claim in claims_of(wanted)}
    asked = {(source, piece) for source, rows_ in wanted.items() for row in rows_ for piece in _pieces(row)}
    for key, claim in standing.items():
        if key not in asked:
            db.session.delete(claim)
    db.session.flush()  # what is freed is free for what follows
    _insert([_claim(source, piece) for source, piece in sorted(asked - standing.keys())])


def release(sources: Iterable[Source]) -> None:
    """Free everything these sources hold."""
    replace(dict.fromkeys(sources, ()))


def _key(claim: Claim) -> tuple[Source, Wanted]:
    return claim.source, Wanted(claim.equipment_id, claim.span, claim.quantity)


def _pieces(row: Wanted) -> list[Wanted]:
    return [Wanted(row.equipment_id, span, row.quantity) for span in row.span.pieces(LONGEST_CLAIM)]


def _claim(source: Source, row: Wanted) -> dict[str, Any]:
    return {
        "equipment_id": row.equipment_id,
        "quantity": row.quantity,
        "starts_at": row.span.start,
        "ends_at": row.span.end,
        "kind": source.kind,
        "source_id": source.id,
    }


def _insert(rows: Sequence[dict[str, Any]]) -> None:
    """All in one statement: a series has hundreds. Raises SlotTaken where the trigger refuses."""
    if not rows:
        return
    try:
        db.session.execute(insert(Claim), rows)
    except DBAPIError as error:
        if invariants.NAME in str(error.orig):
            raise SlotTaken from error
        raise
