"""What a calendar holds, as far as the one who reads it may know.

Fetched as plain rows: a feed of thousands of dates is read by a program every few minutes.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import Select, select

from app.accounts.models import Organisation
from app.booking.models import Booking, Occurrence, OccurrenceItem, OccurrenceState
from app.calendars.models import FeedScope
from app.calendars.queries.selection import Selection, is_in, is_open_to
from app.core.spans import Span
from app.extensions import db
from app.inventory.models import Equipment, Lab, Site


@dataclass(frozen=True, slots=True)
class Place:
    """An equipment and where it stands."""

    equipment_id: int
    name: str
    name_fa: str | None
    lab_id: int
    lab: str
    lab_fa: str | None
    lab_location: str
    zone_name: str


@dataclass(frozen=True, slots=True)
class FeedItem:
    place: Place
    quantity: int
    is_required: bool = False
    """It came along with what was asked for."""


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One date. What the reader may not know is not in it: whose it is, and what it takes elsewhere."""

    occurrence_id: int
    state: OccurrenceState
    span: Span
    sequence: int
    changed_at: datetime
    items: tuple[FeedItem, ...]
    is_open: bool
    """Whether the reader may know more than that something is taken."""
    reference: str = ""
    purpose: str = ""
    organisation: str = ""
    organisation_fa: str | None = None


def list_feed_entries(selection: Selection, window: Span) -> list[FeedEntry]:
    """The dates that overlap the window, in order of time; two queries whatever their number."""
    rows = db.session.execute(_select_rows(selection, window)).all()
    places = _places({row.equipment_id for row in rows})
    dates = groupby(rows, key=attrgetter("occurrence_id"))
    return [_entry(list(items), places, selection) for _, items in dates]


def _select_rows(selection: Selection, window: Span) -> Select[*tuple[Any, ...]]:
    """One row for each item of each date."""
    return (
        select(
            Occurrence.id.label("occurrence_id"),
            Occurrence.state,
            Occurrence.starts_at,
            Occurrence.ends_at,
            Occurrence.sequence,
            Occurrence.changed_at,
            Booking.reference,
            Booking.purpose,
            Organisation.name,
            Organisation.name_fa,
            is_open_to(selection.viewer).label("is_open"),
            OccurrenceItem.equipment_id,
            OccurrenceItem.quantity,
            OccurrenceItem.is_required,
        )
        .select_from(Occurrence)
        .join(Occurrence.booking)
        .join(Booking.organisation)
        .join(Occurrence.items)
        .where(is_in(selection, window))
        .order_by(
            Occurrence.starts_at, Occurrence.id, OccurrenceItem.is_required, OccurrenceItem.equipment_id
        )
    )


def _places(equipment_ids: Collection[int]) -> dict[int, Place]:
    rows = db.session.execute(
        select(
            Equipment.id,
            Equipment.name,
            Equipment.name_fa,
            Lab.id,
            Lab.name,
            Lab.name_fa,
            Lab.location,
            Site.zone_name,
        )
        .join(Equipment.lab)
        .join(Lab.site)
        .where(Equipment.id.in_(equipment_ids))
    )
    return {row[0]: Place(*row) for row in rows}


def _entry(rows: Sequence[Any], places: dict[int, Place], selection: Selection) -> FeedEntry:
    first = rows[0]
    items = tuple(FeedItem(places[row.equipment_id], row.quantity, row.is_required) for row in rows)
    common = {
        "occurrence_id": first.occurrence_id,
        "state": first.state,
        "span": Span(first.starts_at, first.ends_at),
        "sequence": first.sequence,
        "changed_at": first.changed_at,
    }
    if selection.tells_only_busy or not first.is_open:
        return FeedEntry(**common, items=_in_scope(items, selection), is_open=False)
    return FeedEntry(
        **common,
        items=items,
        is_open=True,
        reference=first.reference,
        purpose=first.purpose,
        organisation=first.name,
        organisation_fa=first.name_fa,
    )


def _in_scope(items: tuple[FeedItem, ...], selection: Selection) -> tuple[FeedItem, ...]:
    """Which things a calendar of busy times names: those of the lab it is about, as the lab's page does."""
    if selection.scope is not FeedScope.LAB:
        return ()
    return tuple(item for item in items if item.place.lab_id == selection.scope_id)
