"""Which dates belong to a calendar, and which of them its reader may see.

Searches by place go through the claims, whose one index is bounded in time: a long history costs
nothing. What has no claim (called off, or a request that competes) is found by state and time.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, or_, select, union

from app.accounts.models import User
from app.booking.models import Booking, Occurrence, OccurrenceItem, OccurrenceState
from app.booking.queries.bookings import awaits_answer_of, visible_to
from app.booking.rules.states import HOLDING, TAKEN
from app.calendars.models import FeedDetail, FeedScope
from app.core.spans import Span
from app.inventory.models import Equipment, Unit
from app.occupancy.models import Claim, ClaimKind, ClaimUnit
from app.occupancy.queries import claimed_within

CALLED_OFF = frozenset(OccurrenceState) - TAKEN


@dataclass(frozen=True)
class Selection:
    """Which dates, read by whom, in which detail."""

    viewer: User | None
    """None is the public: it may know nothing but that a thing is taken."""
    scope: FeedScope
    scope_id: int | None
    detail: FeedDetail

    @property
    def tells_only_busy(self) -> bool:
        return self.viewer is None or self.detail is FeedDetail.BUSY


def is_in(selection: Selection, window: Span) -> ColumnElement[bool]:
    """The condition that a date belongs to the calendar, overlaps the window and is to be shown."""
    return and_(
        _is_of(selection, window),
        Occurrence.starts_at < window.end,
        Occurrence.ends_at > window.start,
        _is_shown(selection, window),
    )


def is_open_to(viewer: User | None) -> ColumnElement[bool]:
    """The condition that the viewer may read the booking."""
    return visible_to(viewer) if viewer is not None else false()


def _is_shown(selection: Selection, window: Span) -> ColumnElement[bool]:
    """Everybody sees what takes time; who may read a booking sees it wait too, and a while called off."""
    takes_time = or_(Occurrence.holds, Occurrence.state.in_(TAKEN - HOLDING))
    if selection.tells_only_busy:
        return takes_time
    is_news = or_(Occurrence.state.in_(TAKEN), Occurrence.changed_at >= window.start)
    return or_(takes_time, and_(is_news, is_open_to(selection.viewer)))


def _is_of(selection: Selection, window: Span) -> ColumnElement[bool]:
    viewer = selection.viewer
    if selection.scope is FeedScope.ORGANISATION:
        return Booking.organisation_id == selection.scope_id
    if viewer is not None and selection.scope is FeedScope.MINE:
        return and_(Booking.requester_id == viewer.id, is_open_to(viewer))
    if viewer is not None and selection.scope is FeedScope.APPROVALS:
        return awaits_answer_of(viewer)
    return Occurrence.id.in_(_dates_by_place(selection, window))


def _dates_by_place(selection: Selection, window: Span) -> Select[Any]:
    equipment = _equipment_of(selection)
    claimed = _with_claims(equipment, window)
    if selection.scope is FeedScope.UNIT:
        # Only what has time can have a unit.
        given = select(ClaimUnit.claim_id).where(
            ClaimUnit.claim_id == Claim.id, ClaimUnit.unit_id == selection.scope_id
        )
        return claimed.where(given.exists())
    if selection.tells_only_busy:
        return claimed
    return select(union(claimed, _without_claims(equipment, window)).subquery().c[0])


def _equipment_of(selection: Selection) -> Select[Any]:
    if selection.scope is FeedScope.LAB:
        return select(Equipment.id).where(Equipment.lab_id == selection.scope_id)
    if selection.scope is FeedScope.UNIT:
        return select(Unit.equipment_id).where(Unit.id == selection.scope_id)
    return select(Equipment.id).where(Equipment.id == selection.scope_id)


def _with_claims(equipment: Select[Any], window: Span) -> Select[Any]:
    # An outer join, so that SQLite must begin at the claims in the window: by their kind it would find
    # all bookings there ever were. What is no booking joins nothing and is not among the dates.
    booked = and_(Claim.kind == ClaimKind.BOOKING, Claim.source_id == OccurrenceItem.id)
    return (
        select(OccurrenceItem.occurrence_id)
        .select_from(Claim)
        .outerjoin(OccurrenceItem, booked)
        .where(Claim.equipment_id.in_(equipment), claimed_within(window))
    )


def _without_claims(equipment: Select[Any], window: Span) -> Select[Any]:
    return (
        select(OccurrenceItem.occurrence_id)
        .join(OccurrenceItem.occurrence)
        .where(
            Occurrence.state.in_(CALLED_OFF | {OccurrenceState.REQUESTED}),
            Occurrence.holds.is_(False),
            Occurrence.starts_at.between(window.start, window.end),
            OccurrenceItem.equipment_id.in_(equipment),
        )
    )
