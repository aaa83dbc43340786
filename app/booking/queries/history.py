"""What happened to a date of a booking, from the event rows."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.accounts.models import User
from app.booking.events import OccurrenceEvent
from app.booking.models import Occurrence
from app.core.event_log import EventRecord
from app.extensions import db


@dataclass(frozen=True)
class Happening:
    """One thing that happened."""

    name: str
    """The name of the event's class."""
    at: datetime
    who: str | None
    """None: nobody did it; it came by itself."""
    data: dict[str, Any]
    instead_of: str | None = None
    """In whose place they did it."""


def list_history(date: Occurrence) -> Sequence[Happening]:
    """Everything that happened to a date of a booking that the reader may see, in order."""
    rows = db.session.execute(
        select(EventRecord.name, EventRecord.at, User.name.label("who"), EventRecord.data)
        .outerjoin(User, User.id == EventRecord.actor_id)
        .where(
            EventRecord.subject_kind == OccurrenceEvent.subject_kind,
            EventRecord.subject_id == date.id,
        )
        .order_by(EventRecord.id)
    )
    found = [Happening(row.name, row.at, row.who, row.data) for row in rows]
    away = {one.data["for_id"] for one in found if one.data.get("for_id")}
    if not away:
        return found
    rows_of_people = db.session.execute(select(User.id, User.name).where(User.id.in_(away)))
    names: dict[Any, str] = {row.id: row.name for row in rows_of_people}
    return [replace(one, instead_of=names.get(one.data.get("for_id"))) for one in found]
