"""What is on the calendar: claims with the story behind them, as far as the viewer may know it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from sqlalchemy import Select, and_, false, func, literal, select
from sqlalchemy.orm import aliased

from app.accounts.models import MembershipRole, Organisation, Role, User
from app.booking.models import Booking, Occurrence, OccurrenceItem, Outage, TimetableClass
from app.booking.permissions import LAB_STAFF
from app.booking.queries.bookings import visible_to
from app.booking.queries.rivals import is_competing
from app.booking.rules.states import Verb, after
from app.core.spans import Span
from app.extensions import db
from app.inventory.models import Equipment, Unit
from app.inventory.queries.equipment import visible_to as visible_equipment
from app.occupancy.models import Claim, ClaimKind, ClaimUnit
from app.occupancy.queries import claimed_within

BOOKED_BY = aliased(Organisation)
MOST_DIGITS = 18
"""Of an id: a longer one is none."""
OUT_OF_USE = (ClaimKind.MAINTENANCE, ClaimKind.OUTAGE, ClaimKind.CLOSURE)

Units = tuple[tuple[int, int, str | None], ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that takes time on an equipment. What the viewer may not know is None."""

    id: int
    """Of its claim; of its item where it has none, because requests compete."""
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
    about: str = ""
    """Why it is out of use, or what is taught: everybody may know."""
    item_id: int | None = None
    """Of a booking: what stays the same when it moves."""
    occurrence_id: int | None = None
    competes: bool = False
    """It waits beside others for the same time, and has none of it."""
    may_move: bool = False
    """Whether the viewer may put it on another time, as far as whose it is and its state say."""

    @property
    def key(self) -> str:
        """What it is found again by: a booking also after it has moved."""
        return f"b{self.item_id}" if self.item_id is not None else f"c{self.id}"

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
    query = _select_entries(viewer).where(claimed_within(window))
    if equipment_ids:
        query = query.where(Claim.equipment_id.in_(equipment_ids))
    if lab_ids or not equipment_ids:
        # By equipment, so that the one index on claims serves here too.
        in_view = Equipment.lab_id.in_(lab_ids) if lab_ids else visible_equipment(viewer)
        query = query.where(Claim.equipment_id.in_(select(Equipment.id).where(in_view)))
    rows = db.session.execute(query).all()
    units = _units(query) if with_units else {}
    reader = _Reader.of(viewer)
    return [_entry(row, reader, units.get(row.id, ())) for row in rows]


def list_asked(viewer: User | None, window: Span, equipment_ids: Collection[int]) -> list[Entry]:
    """The requests for this equipment in the window that compete and so have no claim; one query."""
    rows = db.session.execute(
        _select_asked(viewer).where(is_competing(equipment_ids, window), Occurrence.ends_at > window.start)
    )
    reader = _Reader.of(viewer)
    return [_entry(row, reader, (), competes=True) for row in rows if row.starts_at < window.end]


def find_entry(viewer: User | None, key: str) -> Entry | None:
    """The entry of that key, on equipment that the viewer may see."""
    kind, number = key[:1], key[1:]
    if kind not in ("b", "c") or not (number.isascii() and number.isdigit()) or len(number) > MOST_DIGITS:
        return None
    is_it = (
        and_(Claim.kind == ClaimKind.BOOKING, Claim.source_id == int(number))
        if kind == "b"
        else Claim.id == int(number)
    )
    query = _select_entries(viewer).where(is_it, visible_equipment(viewer)).limit(1)
    row, competes = db.session.execute(query).first(), False
    if row is None and kind == "b":
        asked = _select_asked(viewer).where(OccurrenceItem.id == int(number), visible_equipment(viewer))
        row, competes = db.session.execute(asked.where(is_competing())).first(), True
    return None if row is None else _entry(row, _Reader.of(viewer), (), competes=competes)


def _select_entries(viewer: User | None) -> Select[*tuple[Any, ...]]:
    """A row for each claim, with the booking it belongs to, or what is out of use or taught."""
    by_source = and_(Claim.kind == ClaimKind.BOOKING, Claim.source_id == OccurrenceItem.id)
    outage = and_(Claim.kind.in_(OUT_OF_USE), Claim.source_id == Outage.id)
    lesson = and_(Claim.kind == ClaimKind.TIMETABLE, Claim.source_id == TimetableClass.id)
    return (
        select(
            Claim.id,
            Claim.kind,
            Claim.quantity,
            Claim.starts_at.label("claimed_from"),
            Claim.ends_at.label("claimed_to"),
            func.coalesce(Outage.reason, TimetableClass.title, "").label("about"),
            *_of_booking(viewer),
        )
        .select_from(Claim)
        .join(Equipment, Equipment.id == Claim.equipment_id)
        .outerjoin(OccurrenceItem, by_source)
        .outerjoin(Occurrence, Occurrence.id == OccurrenceItem.occurrence_id)
        .outerjoin(Booking, Booking.id == Occurrence.booking_id)
        .outerjoin(BOOKED_BY, BOOKED_BY.id == Booking.organisation_id)
        .outerjoin(Outage, outage)
        .outerjoin(TimetableClass, lesson)
        .order_by(Claim.equipment_id, Claim.starts_at)
    )


def _select_asked(viewer: User | None) -> Select[*tuple[Any, ...]]:
    """The same row for each item of a booking, whether or not it has a claim."""
    return (
        select(
            OccurrenceItem.id,
            literal(ClaimKind.BOOKING, Claim.kind.type).label("kind"),
            OccurrenceItem.quantity,
            Occurrence.starts_at.label("claimed_from"),
            Occurrence.ends_at.label("claimed_to"),
            literal("").label("about"),
            *_of_booking(viewer),
        )
        .select_from(OccurrenceItem)
        .join(OccurrenceItem.occurrence)
        .join(OccurrenceItem.equipment)
        .join(Occurrence.booking)
        .join(BOOKED_BY, BOOKED_BY.id == Booking.organisation_id)
        .order_by(Occurrence.requested_at, OccurrenceItem.id)
    )


def _of_booking(viewer: User | None) -> tuple[Any, ...]:
    return (
        Equipment.id.label("equipment_id"),
        Equipment.name.label("equipment_name"),
        Equipment.name_fa.label("equipment_name_fa"),
        Equipment.lab_id,
        OccurrenceItem.id.label("item_id"),
        Occurrence.id.label("occurrence_id"),
        Occurrence.state,
        Occurrence.starts_at,
        Occurrence.ends_at,
        Booking.reference,
        Booking.organisation_id,
        Booking.requester_id,
        Booking.purpose,
        BOOKED_BY.name.label("organisation"),
        BOOKED_BY.name_fa.label("organisation_fa"),
        (visible_to(viewer) if viewer is not None else false()).label("is_open"),
    )


@dataclass(frozen=True)
class _Reader:
    """What decides how much is told, and what may be moved."""

    id: int | None = None
    own: Collection[int] = ()
    """The organisations of the viewer."""
    governed: Collection[int] = ()
    """Those whose admin the viewer is."""
    labs: Collection[int] = ()
    """Where the viewer is of the staff."""
    is_admin: bool = False

    @classmethod
    def of(cls, viewer: User | None) -> Self:
        if viewer is None:
            return cls()
        return cls(
            viewer.id,
            viewer.organisation_ids(),
            viewer.organisation_ids(MembershipRole.ADMIN),
            viewer.lab_ids(*LAB_STAFF),
            viewer.has_role(Role.ADMIN),
        )

    def may_move(self, row: Any) -> bool:
        """As far as can be told without the other labs of the booking: the service has the last word."""
        is_theirs = row.requester_id == self.id or row.organisation_id in self.governed
        is_staffs = self.is_admin or row.lab_id in self.labs
        return bool(row.is_open) and (is_theirs or is_staffs) and after(Verb.MOVE, row.state) is not None


def _entry(row: Any, reader: _Reader, units: Units, *, competes: bool = False) -> Entry:
    is_open = bool(row.is_open)  # NULL for what is no booking
    return Entry(
        id=row.id,
        equipment_id=row.equipment_id,
        equipment_name=row.equipment_name,
        equipment_name_fa=row.equipment_name_fa,
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
        is_mine=row.organisation_id in reader.own,
        units=units if is_open else (),
        about=row.about,
        item_id=row.item_id,
        occurrence_id=row.occurrence_id,
        competes=competes,
        may_move=row.state is not None and reader.may_move(row),
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
