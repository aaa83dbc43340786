"""The dates of bookings: how early they were asked for, how soon answered, and what became of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple, TypeVarTuple

from sqlalchemy import Select, and_, func, or_, select

from app.accounts.models import Organisation, UserClass
from app.booking.models import Booking, Occurrence, OccurrenceItem
from app.booking.queries.clock import answered_by_another
from app.booking.queries.hours import working_week
from app.booking.rules.states import TAKEN, OccurrenceState
from app.core.clock import now
from app.core.spans import Span
from app.extensions import db
from app.inventory.models import Equipment
from app.reports.queries.scope import Scope
from app.reports.rules.open_time import OpenTime

Columns = TypeVarTuple("Columns")

LONGEST_AHEAD = timedelta(days=400)
"""No lab takes requests further ahead; what was asked within a period begins within this of its end."""
_ASKED = frozenset({OccurrenceState.REQUESTED, OccurrenceState.EXPIRED})
_SEEN = TAKEN | {OccurrenceState.CANCELLED}


class Date(NamedTuple):
    """A date that began in the time, once, however much equipment it took."""

    requested_at: datetime
    starts_at: datetime
    ends_at: datetime
    state: OccurrenceState
    is_late_cancel: bool
    user_class: UserClass
    quantity: int

    @property
    def lead_minutes(self) -> float | None:
        """From the request to the start; None where it was written down afterwards."""
        ahead = (self.starts_at - self.requested_at).total_seconds() / 60
        return ahead if ahead > 0 and self.state in TAKEN else None

    @property
    def used_minutes(self) -> float:
        """Of equipment, where it took place."""
        if self.state not in (OccurrenceState.COMPLETED, OccurrenceState.IN_USE):
            return 0
        return (self.ends_at - self.starts_at).total_seconds() / 60 * self.quantity


@dataclass(frozen=True)
class Answers:
    """What was asked in the time and answered, or should have been."""

    minutes: Sequence[float]
    """Working minutes from each request to its answer."""
    in_time: int
    promised: int
    """Those for which there was a promise, unanswered ones that are overdue among them."""

    @property
    def share_in_time(self) -> float | None:
        return self.in_time / self.promised if self.promised else None


def list_dates(scope: Scope) -> list[Date]:
    """The dates that begin in the time and were held until it or called off, once each."""
    rows = db.session.execute(
        _of(
            scope,
            select(
                Occurrence.requested_at,
                Occurrence.starts_at,
                Occurrence.ends_at,
                Occurrence.state,
                Occurrence.is_late_cancel,
                Organisation.user_class,
                func.sum(OccurrenceItem.quantity),
            )
            .where(
                Occurrence.state.in_(_SEEN),
                Occurrence.starts_at >= scope.window.start,
                Occurrence.starts_at < scope.window.end,
            )
            .group_by(Occurrence.id, Organisation.user_class)
            .order_by(Occurrence.starts_at, Occurrence.id),
        ).join(Organisation, Organisation.id == Booking.organisation_id)
    )
    return [Date(*row) for row in rows]


def answers_of(scope: Scope) -> Answers:
    """Answers of people; what needed no answer is not among them. Counted in the working hours of the
    site that the scope's calendar is of."""
    at, window = now(), scope.window
    rows = db.session.execute(
        _of(
            scope,
            select(
                Occurrence.requested_at,
                Occurrence.answer_by,
                Occurrence.decided_at,
                Occurrence.decided_by_id,
                func.max(OccurrenceItem.agreed_at),
            )
            .where(
                # Every state: with it the index on state and start bounds what is read.
                Occurrence.state.in_(list(OccurrenceState)),
                Occurrence.starts_at >= window.start,
                Occurrence.starts_at < window.end + LONGEST_AHEAD,
                Occurrence.requested_at >= window.start,
                Occurrence.requested_at < window.end,
                or_(
                    and_(answered_by_another(), Occurrence.decided_at.is_not(None)),
                    and_(
                        Occurrence.decided_by_id.is_(None),
                        Occurrence.state.in_(_ASKED),
                        Occurrence.answer_by <= at,
                    ),
                ),
            )
            .group_by(Occurrence.id)
            .order_by(Occurrence.requested_at, Occurrence.id),
        )
    ).all()
    # Of a request that ran out the time of that stands in decided_at, and nobody beside it.
    said = [
        (asked, by, agreed or (decided if decided_by else None))
        for asked, by, decided, decided_by, agreed in rows
    ]
    hours = _working_hours(scope, Span(window.start, max(window.end, at)))
    return Answers(
        minutes=[hours.minutes(asked, answered) for asked, _by, answered in said if answered is not None],
        in_time=sum(1 for _asked, by, answered in said if by and answered and answered <= by),
        promised=sum(1 for _asked, by, _answered in said if by),
    )


def _of(scope: Scope, wanted: Select[*Columns]) -> Select[*Columns]:
    """Joined to what the dates take, and only those that take equipment of the scope."""
    found = (
        wanted.select_from(Occurrence)
        .join(Booking, Booking.id == Occurrence.booking_id)
        .join(OccurrenceItem, OccurrenceItem.occurrence_id == Occurrence.id)
        .join(Equipment, Equipment.id == OccurrenceItem.equipment_id)
        .where(Equipment.lab_id.in_(scope.lab_ids))
    )
    if scope.category_ids is not None:
        found = found.where(Equipment.category_id.in_(scope.category_ids))
    return found


def _working_hours(scope: Scope, window: Span) -> OpenTime:
    site = min((lab.site for lab in scope.labs), key=lambda site: site.id)
    return OpenTime(working_week(site, window).open_spans(window))
