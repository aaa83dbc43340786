"""What is known of a company when it asks: how it kept to what was agreed, and what it could not have."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import case, func, select

from app.accounts.models import Organisation, User
from app.agreements.models import Agreement, Paper
from app.agreements.queries import list_agreed, list_papers_of
from app.booking.models import Booking, Occurrence, OccurrenceState
from app.booking.queries.bookings import visible_to
from app.booking.queries.serving import served_minutes_by_miss
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
    agreements: Sequence[Agreement]
    """What it may use equipment under, whether in force or not."""
    papers: Sequence[Paper]


def record_of(actor: User, organisation: Organisation) -> Record:
    """In five queries, however long the history is. For who decides: the rules tell them of papers too."""
    row = db.session.execute(
        select(
            func.count(case((Occurrence.state.in_(HAD), Booking.id)).distinct()).label("bookings"),
            func.count(case((Occurrence.state == OccurrenceState.NO_SHOW, 1))).label("no_shows"),
            func.count(case((Occurrence.is_late_cancel, 1))).label("late"),
        )
        .join(Occurrence.booking)
        .where(Booking.organisation_id == organisation.id, visible_to(actor))
    ).one()
    return Record(
        bookings=row.bookings,
        no_shows=row.no_shows,
        late=row.late,
        unmet_minutes=_unmet_minutes(organisation),
        agreements=list_agreed(organisation.id, LETS_IN),
        papers=list_papers_of(organisation.id),
    )


def _unmet_minutes(organisation: Organisation) -> int:
    rows = db.session.execute(
        select(Miss.id, (Miss.minutes * Miss.quantity).label("minutes")).where(
            Miss.organisation_id == organisation.id,
            Miss.kind.in_((MissKind.CAPACITY, MissKind.OUTAGE)),
            Miss.at >= now() - UNMET_SINCE,
        )
    ).all()
    served = served_minutes_by_miss([row.id for row in rows]) if rows else {}
    return sum(max(0, row.minutes - served.get(row.id, 0)) for row in rows)
