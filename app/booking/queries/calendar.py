"""What is on the calendar: claims with the story behind them, as far as the viewer may know it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, false, select
from sqlalchemy.orm import aliased

from app.accounts.models import Organisation, User
from app.booking.models import Booking, Occurrence, OccurrenceItem
from app.booking.queries.bookings import visible_to
from app.core.spans import Span
from app.extensions import db
from app.inventory.models import Equipment, Unit
from app.inventory.queries.equipment import visible_to as visible_equipment
from app.occupancy.models import Claim, ClaimKind, ClaimUnit
from app.occupancy.queries import claimed_within

Units = tuple[tuple[int, int, str | None], ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that takes time on an equipment. What the viewer may not know is None."""

    id: int
    equipment_id: int
    equipment_name: str
    equipment_name_fa: str | None
    lab_id: int
    kind: ClaimKind
    state: str | None
    """Of a booking."""
    quantity: int
    starts_at: datetime
    ends_at: datetime
    """Without buffers."""
    claimed_from: datetime
    claimed_to: datetime
    reference: str | None
    organisation: str | None
    organisation_fa: str | None
    purpose: str | None
    is_mine: bool
    """It belongs to the viewer's own organisation."""
    units: Units = ()
    """Units given to it (id, number, asset tag), where asked for and told to those who see it whole."""

    @property
    def is_open(self) -> bool:
        """Whether the viewer may know whose it is."""
        return self.reference is not None

    @property
    def span(self) -> Span:
        """Without buffers."""
        return Span(self.starts_at, self.ends_at)

    @property
    def claimed(self) -> Span:
        """With buffers: the time that nobody else can have."""
        return Span(self.claimed_from, self.claimed_to)


def list_entries(
    viewer: User | None,
    window: Span,
    *,
    equipment_ids: Collection[int] = (),
    lab_ids: Collection[int] = (),
    with_units: bool = False,
) -> list[Entry]:
    """The entries that overlap the window, by equipment and time; one query whatever the number.

    Without equipment and labs, those of all equipment that the viewer may see.
    `with_units`, which asks once more, for who wants to know which units were given.
    """
    query = _select_entries(viewer, window)
    if equipment_ids:
        query = query.where(Claim.equipment_id.in_(equipment_ids))
    if lab_ids or not equipment_ids:
        # By equipment, so that the one index on claims serves here too.
        in_view = Equipment.lab_id.in_(lab_ids) if lab_ids else visible_equipment(viewer)
        query = query.where(Claim.equipment_id.in_(select(Equipment.id).where(in_view)))
    rows = db.session.execute(query).all()
    units = _units(query) if with_units else {}
    own = viewer.organisation_ids() if viewer else set()
    return [_entry(row, own, units.get(row.id, ())) for row in rows]


def _select_entries(viewer: User | None, window: Span) -> Select[*tuple[Any, ...]]:
    """A row for each claim in the window, with the booking it belongs to."""
    by_source = and_(Claim.kind == ClaimKind.BOOKING, Claim.source_id == OccurrenceItem.id)
    organisation = aliased(Organisation)
    return (
        select(
            Claim.id,
            Claim.kind,
            Claim.quantity,
            Claim.starts_at.label("claimed_from"),
            Claim.ends_at.label("claimed_to"),
            Equipment.id.label("equipment_id"),
            Equipment.name,
            Equipment.name_fa,
            Equipment.lab_id,
            Occurrence.state,
            Occurrence.starts_at,
            Occurrence.ends_at,
            Booking.reference,
            Booking.organisation_id,
            Booking.purpose,
            organisation.name.label("organisation"),
            organisation.name_fa.label("organisation_fa"),
            (visible_to(viewer) if viewer is not None else false()).label("is_open"),
        )
        .select_from(Claim)
        .join(Equipment, Equipment.id == Claim.equipment_id)
        .outerjoin(OccurrenceItem, by_source)
        .outerjoin(Occurrence, Occurrence.id == OccurrenceItem.occurrence_id)
        .outerjoin(Booking, Booking.id == Occurrence.booking_id)
        .outerjoin(organisation, organisation.id == Booking.organisation_id)
        .where(claimed_within(window))
        .order_by(Claim.equipment_id, Claim.starts_at)
    )


def _entry(row: Any, own: Collection[int], units: Units) -> Entry:
    is_open = bool(row.is_open)  # NULL for what is no booking
    return Entry(
        id=row.id,
        equipment_id=row.equipment_id,
        equipment_name=row.name,
        equipment_name_fa=row.name_fa,
        lab_id=row.lab_id,
        kind=row.kind,
        state=row.state.value if row.state is not None else None,
        quantity=row.quantity,
        starts_at=row.starts_at or row.claimed_from,
        ends_at=row.ends_at or row.claimed_to,
        claimed_from=row.claimed_from,
        claimed_to=row.claimed_to,
        reference=row.reference if is_open else None,
        organisation=row.organisation if is_open else None,
        organisation_fa=row.organisation_fa if is_open else None,
        purpose=row.purpose if is_open else None,
        is_mine=row.organisation_id in own,
        units=units if is_open else (),
    )


def _units(entries: Select[*tuple[Any, ...]]) -> dict[int, Units]:
    """The units of these entries. By the same conditions: ids would be a parameter for each of them."""
    chosen = entries.with_only_columns(Claim.id).order_by(None).subquery()
    found: dict[int, Units] = {}
    for claim_id, unit_id, number, tag in db.session.execute(
        select(ClaimUnit.claim_id, Unit.id, Unit.number, Unit.asset_tag)
        .join(chosen, chosen.c.id == ClaimUnit.claim_id)
        .join(Unit, Unit.id == ClaimUnit.unit_id)
        .order_by(ClaimUnit.claim_id, Unit.number)
    ):
        found[claim_id] = (*found.get(claim_id, ()), (unit_id, number or 0, tag))
    return found
