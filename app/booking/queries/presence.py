"""Who is to be where: the dates of a unit's equipment around now, and those of a lab's day."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload
from sqlalchemy.orm.strategy_options import _AbstractLoad

from app.accounts.models import User
from app.booking.models import Booking, Occurrence, OccurrenceItem, OccurrenceState
from app.booking.queries.bookings import WHOLE, visible_to
from app.booking.rules.states import HOLDING
from app.core.errors import NotFound
from app.core.spans import Span
from app.extensions import db
from app.inventory.models import Equipment, Lab
from app.occupancy.models import LONGEST_CLAIM

S = OccurrenceState
EXPECTED = HOLDING - {S.REQUESTED, S.PROPOSED}
"""States of a date to which somebody is expected, or has come."""
THINGS = joinedload(Occurrence.items).joinedload(OccurrenceItem.equipment)
PLACES = THINGS.joinedload(Equipment.lab).joinedload(Lab.site)
SHOWN = (
    joinedload(Occurrence.booking).options(
        joinedload(Booking.organisation), joinedload(Booking.requester), joinedload(Booking.people)
    ),
    PLACES,
)
"""What the list of a day says of a date: without the other dates of its booking. No question of its own."""
OF_A_DAY = EXPECTED | {S.COMPLETED, S.NO_SHOW}


def list_expected(equipment_id: int, window: Span) -> Sequence[Occurrence]:
    """Dates of the equipment in the window to which people come, by time. For whoever asks."""
    return _list(
        window, EXPECTED, Equipment.id == equipment_id, joinedload(Occurrence.booking).options(*WHOLE)
    )


def list_of_day(lab_ids: Collection[int], day: Span) -> Sequence[Occurrence]:
    """What began that day in the labs, by time: who is expected, came, or did not."""
    return _list(day, OF_A_DAY, _began_in(lab_ids, day), *SHOWN)


def list_arrivals(lab_ids: Collection[int], day: Span) -> Sequence[Occurrence]:
    """The same with whose they are and the things alone: for a line that only names them."""
    whose = joinedload(Occurrence.booking).joinedload(Booking.organisation)
    return _list(day, OF_A_DAY, _began_in(lab_ids, day), whose, THINGS)


def list_begun(until: datetime) -> Sequence[Occurrence]:
    """Approved dates that have begun by then, and to which nobody has checked in (for jobs)."""
    return db.session.scalars(
        select(Occurrence)
        .where(Occurrence.state == S.APPROVED, Occurrence.starts_at <= until)
        .options(
            selectinload(Occurrence.items).joinedload(OccurrenceItem.equipment).joinedload(Equipment.lab)
        )
        .order_by(Occurrence.id)
    ).all()


def get_dates_for_update(actor: User, ids: Collection[int]) -> Sequence[Occurrence]:
    """The dates, kept from others. NotFound when one of them is none that the actor may see."""
    locked = select(Occurrence.id).where(Occurrence.id.in_(ids)).order_by(Occurrence.id)
    db.session.execute(locked.with_for_update(of=Occurrence)).all()
    dates = (
        db.session.scalars(
            select(Occurrence)
            .join(Occurrence.booking)
            .where(Occurrence.id.in_(ids), visible_to(actor))
            .options(contains_eager(Occurrence.booking).options(*WHOLE))
            .order_by(Occurrence.id)
            .execution_options(populate_existing=True)
        )
        .unique()
        .all()
    )
    if len(dates) != len(set(ids)):
        raise NotFound
    return dates


def count_missed(
    organisation_ids: Collection[int], lab_ids: Collection[int], since: datetime
) -> dict[int, int]:
    """To how many dates in the labs since then nobody came, by organisation."""
    in_labs = (
        select(OccurrenceItem.id)
        .join(OccurrenceItem.equipment)
        .where(OccurrenceItem.occurrence_id == Occurrence.id, Equipment.lab_id.in_(lab_ids))
    )
    rows = db.session.execute(
        select(Booking.organisation_id, func.count(Occurrence.id))
        .join(Occurrence.booking)
        .where(
            Booking.organisation_id.in_(organisation_ids),
            Occurrence.state == S.NO_SHOW,
            Occurrence.starts_at >= since,
            in_labs.exists(),
        )
        .group_by(Booking.organisation_id)
    )
    return {row[0]: row[1] for row in rows}


def _began_in(lab_ids: Collection[int], day: Span) -> ColumnElement[bool]:
    return Equipment.lab_id.in_(lab_ids) & (Occurrence.starts_at >= day.start)


def _list(
    window: Span,
    states: Collection[OccurrenceState],
    condition: object,
    *loaded: _AbstractLoad,
) -> Sequence[Occurrence]:
    items = (
        select(OccurrenceItem.id)
        .join(OccurrenceItem.equipment)
        .where(OccurrenceItem.occurrence_id == Occurrence.id, condition)  # type: ignore[arg-type]
    )
    return (
        db.session.scalars(
            select(Occurrence)
            .where(
                Occurrence.state.in_(states),
                Occurrence.starts_at < window.end,
                Occurrence.starts_at > window.start - LONGEST_CLAIM,
                Occurrence.ends_at > window.start,
                items.exists(),
            )
            .options(*loaded)
            .order_by(Occurrence.starts_at, Occurrence.id)
        )
        .unique()
        .all()
    )
