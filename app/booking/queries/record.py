"""What is known of a company when it asks: how it kept to what was agreed, and what it could not have."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ScalarSelect, Select, case, func, select

from app.accounts.models import Organisation, User
from app.agreements.models import AgreementKind, PaperKind
from app.agreements.queries import Signed, list_signed
from app.booking.models import Booking, Occurrence, OccurrenceState
from app.booking.queries.bookings import visible_to
from app.booking.queries.serving import served_minutes_of
from app.booking.queries.standing import LETS_IN
from app.core.clock import now
from app.demand.models import Miss, MissKind
from app.extensions import db

UNMET_SINCE = timedelta(days=90)
HAD = (
    OccurrenceState.APPROVED,
    OccurrenceState.IN_USE,
    OccurrenceState.COMPLETED,
    OccurrenceState.NO_SHOW,
)


@dataclass(frozen=True)
class Record:
    """The numbers are of the bookings that the reader may see; what was unmet, of all."""

    bookings: int
    no_shows: int
    late: int
    """Dates called off late."""
    unmet_minutes: int
    """Equipment-minutes that were not to be had, and nothing later made up for."""
    agreements: Sequence[Signed[AgreementKind]]
    """What it may use equipment under, whether in force or not."""
    papers: Sequence[Signed[PaperKind]]


def record_of(actor: User, organisation: Organisation) -> Record:
    """In two queries, however long the history is. For who decides: the rules tell them of papers too."""
    had = _had(actor, organisation).subquery()
    row = db.session.execute(select(had, _unmet(organisation).label("unmet"))).one()
    agreements, papers = list_signed(organisation.id, LETS_IN)
    return Record(
        bookings=row.bookings,
        no_shows=row.no_shows,
        late=row.late,
        unmet_minutes=int(row.unmet),
        agreements=agreements,
        papers=papers,
    )


def _had(actor: User, organisation: Organisation) -> Select[int, int, int]:
    return (
        select(
            func.count(case((Occurrence.state.in_(HAD), Booking.id)).distinct()).label("bookings"),
            func.count(case((Occurrence.state == OccurrenceState.NO_SHOW, 1))).label("no_shows"),
            func.count(case((Occurrence.is_late_cancel, 1))).label("late"),
        )
        .join(Occurrence.booking)
        .where(Booking.organisation_id == organisation.id, visible_to(actor))
    )


def _unmet(organisation: Organisation) -> ScalarSelect[int]:
    """Minutes of what was missed, without what of each was served since."""
    missed = Miss.minutes * Miss.quantity - func.coalesce(served_minutes_of(Miss.id), 0)
    return (
        select(func.coalesce(func.sum(case((missed > 0, missed), else_=0)), 0))
        .where(
            Miss.organisation_id == organisation.id,
            Miss.kind.in_((MissKind.CAPACITY, MissKind.OUTAGE)),
            Miss.at >= now() - UNMET_SINCE,
        )
        .scalar_subquery()
    )
