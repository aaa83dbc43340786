"""What the coming days bring to an organisation's people."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from app.accounts.models import Role, User
from app.booking.models import Authorisation, Booking, Occurrence, OccurrenceItem, OccurrenceState
from app.booking.queries.bookings import awaits_answer_of
from app.booking.queries.presence import EXPECTED, PLACES
from app.core.clock import now
from app.core.spans import Span
from app.extensions import db
from app.inventory.models import Equipment, Lab

S = OccurrenceState
MOST = 50
ITEMS = (
    selectinload(Occurrence.items)
    .joinedload(OccurrenceItem.equipment)
    .joinedload(Equipment.lab)
    .joinedload(Lab.site)
)


def list_concerning(actor: User, window: Span, decided_since: datetime) -> Sequence[Occurrence]:
    """By time: own dates within the window, other times that wait for a word, and what was decided."""
    return (
        db.session.scalars(
            select(Occurrence)
            .join(Occurrence.booking)
            .where(
                or_(
                    Booking.organisation_id.in_(actor.organisation_ids()),
                    Booking.requester_id == actor.id,
                ),
                or_(
                    and_(
                        Occurrence.state.in_(EXPECTED),
                        Occurrence.ends_at > window.start,
                        Occurrence.starts_at < window.end,
                    ),
                    and_(Occurrence.state == S.PROPOSED, Occurrence.ends_at > window.start),
                    and_(
                        Occurrence.state.in_((S.APPROVED, S.DECLINED)),
                        Occurrence.decided_at >= decided_since,
                    ),
                ),
            )
            .options(contains_eager(Occurrence.booking).joinedload(Booking.organisation), ITEMS)
            .order_by(Occurrence.starts_at, Occurrence.id)
            .limit(MOST)
        )
        .unique()
        .all()
    )


def list_own_ending(actor: User, first: date, last: date) -> Sequence[Authorisation]:
    """The person's own authorisations that end between these days, the first to end on top."""
    return db.session.scalars(
        select(Authorisation)
        .where(
            Authorisation.user_id == actor.id,
            Authorisation.withdrawn_at.is_(None),
            Authorisation.valid_until.between(first, last),
        )
        .options(joinedload(Authorisation.lab))
        .order_by(Authorisation.valid_until, Authorisation.id)
    ).all()


def find_oldest_to_decide(actor: User) -> Occurrence | None:
    """The date that waits longest for this actor's answer."""
    found = db.session.scalars(
        select(Occurrence)
        .where(awaits_answer_of(actor))
        .options(joinedload(Occurrence.booking).joinedload(Booking.organisation), PLACES)
        .order_by(Occurrence.requested_at, Occurrence.id)
        .limit(1)
    )
    return found.unique().one_or_none()


def list_overdue(actor: User) -> Sequence[Occurrence]:
    """Requests whose labs were told in vain, the longest overdue on top: for the office and admins."""
    if not actor.has_role(Role.ADMIN, Role.LIAISON):
        return []
    found = db.session.scalars(
        select(Occurrence)
        .where(
            Occurrence.state == S.REQUESTED,
            Occurrence.escalated_at.is_not(None),
            Occurrence.starts_at > now(),
        )
        .options(joinedload(Occurrence.booking).joinedload(Booking.organisation), PLACES)
        .order_by(Occurrence.answer_by, Occurrence.id)
    )
    return found.unique().all()
