"""Bookings, as far as the one who asks may see them."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.accounts.models import Role, User
from app.booking.models import Booking, Occurrence, OccurrenceItem, OccurrenceState
from app.booking.permissions import DECIDERS, READERS
from app.core.counting import Count
from app.core.errors import NotFound
from app.extensions import db
from app.inventory.models import Equipment, Lab

# Everything a page or an answer shows of a booking: a fixed number of queries, however many there are.
DATES = (
    selectinload(Booking.occurrences)
    .joinedload(Occurrence.items)
    .joinedload(OccurrenceItem.equipment)
    .joinedload(Equipment.lab)
    .joinedload(Lab.site)
)
WHOLE = (
    joinedload(Booking.organisation),
    joinedload(Booking.requester),
    selectinload(Booking.people),
    selectinload(Booking.skipped),
    DATES,
)
BUT_SKIPPED = (
    joinedload(Booking.organisation),
    joinedload(Booking.requester),
    joinedload(Booking.people),
    DATES,
)
"""The same without what was left out of a series, which few have; in two queries where there is one."""


def visible_to(actor: User) -> ColumnElement[bool]:
    """The condition that the actor may read a booking: the organisation's people, the staff of its labs,
    the liaison office and admins. To have asked for it is not enough for who has left.
    """
    if actor.has_role(Role.ADMIN, Role.LIAISON):
        return Booking.id.is_not(None)
    return or_(
        Booking.organisation_id.in_(actor.organisation_ids()),
        _asks_for_labs(actor.lab_ids(*READERS)),
    )


def get_booking(actor: User, reference: str, *, for_update: bool = False) -> Booking:
    """The booking with all that belongs to it. NotFound when there is none the actor may see.

    `for_update` keeps its dates from being changed by others until the unit of work ends.
    """
    reference = reference.strip().upper()
    if for_update:
        db.session.execute(
            select(Occurrence.id)
            .join(Occurrence.booking)
            .where(Booking.reference == reference)
            .order_by(Occurrence.id)
            .with_for_update(of=Occurrence)
        ).all()
    found = db.session.scalars(
        select(Booking)
        .where(Booking.reference == reference, visible_to(actor))
        .options(*BUT_SKIPPED)
        .execution_options(populate_existing=for_update)
    )
    booking = found.unique().one_or_none()
    if booking is None:
        raise NotFound
    return booking


def reference_of(actor: User, occurrence_id: int) -> str:
    """Of which booking the date is. NotFound when there is none the actor may see."""
    reference = db.session.scalar(
        select(Booking.reference)
        .join(Booking.occurrences)
        .where(Occurrence.id == occurrence_id, visible_to(actor))
    )
    if reference is None:
        raise NotFound
    return reference


def select_bookings(
    actor: User, *, states: Collection[OccurrenceState] = (), mine: bool = False
) -> Select[Booking]:
    """The bookings the actor may see, newest first; `mine`: asked by them or their organisations."""
    found = select(Booking).where(visible_to(actor)).options(*WHOLE).order_by(Booking.id.desc())
    if mine:
        found = found.where(
            or_(
                Booking.requester_id == actor.id,
                Booking.organisation_id.in_(actor.organisation_ids()),
            )
        )
    if states:
        found = found.where(exists().where(Occurrence.booking_id == Booking.id, Occurrence.state.in_(states)))
    return found


def list_bookings(
    actor: User,
    *,
    states: Collection[OccurrenceState] = (),
    mine: bool = False,
    before: int | None = None,
    limit: int = 50,
) -> Sequence[Booking]:
    """A page of the actor's bookings, newest first; `before` is the last id of the page before."""
    found = select_bookings(actor, states=states, mine=mine).limit(limit)
    if before is not None:
        found = found.where(Booking.id < before)
    return db.session.scalars(found).unique().all()


def list_to_decide(actor: User) -> Sequence[Occurrence]:
    """The dates that wait for this actor's answer, those that start first on top. Two queries."""
    return (
        db.session.scalars(
            select(Occurrence)
            .where(awaits_answer_of(actor))
            .options(joinedload(Occurrence.booking).options(*BUT_SKIPPED))
            .order_by(Occurrence.starts_at, Occurrence.id)
        )
        .unique()
        .all()
    )


def select_to_decide(actor: User) -> Count:
    """How many requests wait for this actor's answer: a series is one, however many of its dates wait."""
    return select(func.count(Occurrence.booking_id.distinct())).where(awaits_answer_of(actor))


def count_to_decide(actor: User) -> int:
    return db.session.scalar(select_to_decide(actor)) or 0


def open_requests(organisation_id: int) -> int:
    """How many bookings of the organisation wait for an answer."""
    waiting = db.session.scalar(
        select(func.count(Booking.id.distinct()))
        .join(Booking.occurrences)
        .where(
            Booking.organisation_id == organisation_id,
            Occurrence.state == OccurrenceState.REQUESTED,
        )
    )
    return waiting or 0


def list_due(state: OccurrenceState, *, condition: ColumnElement[bool], limit: int) -> Sequence[int]:
    """Ids of dates in the state that meet the condition, oldest first (for jobs)."""
    return db.session.scalars(
        select(Occurrence.id).where(Occurrence.state == state, condition).order_by(Occurrence.id).limit(limit)
    ).all()


def find_for_update(
    occurrence_id: int, states: Collection[OccurrenceState], condition: ColumnElement[bool]
) -> Occurrence | None:
    """The date, kept from others, if it is (still) in one of the states and meets the condition."""
    return db.session.scalar(
        select(Occurrence)
        .where(Occurrence.id == occurrence_id, Occurrence.state.in_(states), condition)
        .with_for_update(of=Occurrence)
        .execution_options(populate_existing=True)
    )


def list_unconfirmed(
    requester_id: int, organisation_id: int, *, for_update: bool = False
) -> Sequence[Occurrence]:
    """Dates that wait for their sender's address to be proved; `for_update` keeps them from others."""
    waiting = (
        select(Occurrence)
        .join(Occurrence.booking)
        .where(
            Booking.requester_id == requester_id,
            Booking.organisation_id == organisation_id,
            Occurrence.state == OccurrenceState.REQUESTED,
            Occurrence.expires_at.is_not(None),
        )
        .order_by(Occurrence.id)
    )
    if for_update:
        waiting = waiting.with_for_update(of=Occurrence).execution_options(populate_existing=True)
    return db.session.scalars(waiting).all()


def request_is_over(at: datetime) -> ColumnElement[bool]:
    """Nobody proved the address in time, or nobody answered before it would have begun."""
    return or_(Occurrence.expires_at <= at, Occurrence.starts_at <= at)


def awaits_answer_of(actor: User) -> ColumnElement[bool]:
    """The condition that a date waits for this actor's answer."""
    first: ColumnElement[bool] = OccurrenceItem.agreed_at.is_(None)
    second = _waits_for_safety(actor)
    if not actor.has_role(Role.ADMIN):
        first = and_(first, Equipment.lab_id.in_(actor.lab_ids(*DECIDERS)))
        second = and_(second, Equipment.lab_id.in_(actor.lab_ids(Role.SAFETY_OFFICER)))
    undecided = (
        select(OccurrenceItem.id)
        .join(Equipment)
        .where(OccurrenceItem.occurrence_id == Occurrence.id, or_(first, second))
    )
    # A request whose address is not proved yet is not the lab's to answer.
    return and_(
        Occurrence.state == OccurrenceState.REQUESTED,
        Occurrence.expires_at.is_(None),
        undecided.exists(),
    )


def _waits_for_safety(actor: User) -> ColumnElement[bool]:
    """The condition that an item waits for a safety officer other than who agreed for the lab."""
    return and_(
        OccurrenceItem.needs_safety,
        OccurrenceItem.agreed_at.is_not(None),
        OccurrenceItem.cleared_at.is_(None),
        OccurrenceItem.agreed_by_id.is_distinct_from(actor.id),
    )


def _asks_for_labs(lab_ids: Collection[int]) -> ColumnElement[bool]:
    if not lab_ids:
        return false()  # left out of an OR, so that the index of the organisation serves
    return (
        select(OccurrenceItem.id)
        .join(OccurrenceItem.occurrence)
        .join(OccurrenceItem.equipment)
        .where(Occurrence.booking_id == Booking.id, Equipment.lab_id.in_(lab_ids))
        .exists()
    )
