"""What was recorded: the events since a moment, for tests of services."""

from sqlalchemy import select

from app.core.event_log import EventRecord, counters
from app.extensions import db


class Told:
    """Remembers where the log stood; afterwards says what came since."""

    def __init__(self) -> None:
        self._last = self._newest()

    def names(self) -> list[str]:
        return [record.name for record in self.records()]

    def records(self) -> list[EventRecord]:
        wanted = select(EventRecord).where(EventRecord.id > self._last).order_by(EventRecord.id)
        return list(db.session.scalars(wanted))

    def _newest(self) -> int:
        return db.session.scalar(select(EventRecord.id).order_by(EventRecord.id.desc()).limit(1)) or 0


def number_of(topic: str) -> int:
    """How often this topic has changed."""
    return counters([topic]).get(topic, (0, None))[0]
