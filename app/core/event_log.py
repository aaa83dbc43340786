"""What happened: one row a change of state, and counters that say "something about this changed".

An event row is the audit entry and the timeline line; a counter makes a feed's ETag move.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String, select
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Mapped, mapped_column

from app.core.clock import now
from app.core.db import UtcDateTime
from app.core.upsert import insert_into
from app.extensions import Model, db

# SQLite numbers rows by itself only for INTEGER.
LongId = BigInteger().with_variant(sqlite.INTEGER(), "sqlite")


class EventRecord(Model):
    """One fact. Rows are never changed nor deleted: a trigger refuses (migration 0001)."""

    __tablename__ = "event"
    __table_args__ = (Index(None, "subject_kind", "subject_id"), Index(None, "at"))

    id: Mapped[int] = mapped_column(LongId, primary_key=True)
    name: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    """Who did it; None for the system itself (a job)."""
    subject_kind: Mapped[str] = mapped_column(String(32))
    subject_id: Mapped[int] = mapped_column(BigInteger)
    data: Mapped[dict[str, Any]] = mapped_column(JSON)


class ChangeCounter(Model):
    """How often something about a topic ("equipment:12") has changed, and when last."""

    __tablename__ = "change_counter"

    topic: Mapped[str] = mapped_column(String(64), primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger, default=1)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


def bump(topics: Iterable[str]) -> None:
    """Count one change for each topic. Sorted, so that two transactions wait and never deadlock."""
    rows = [{"topic": topic, "number": 1, "changed_at": now()} for topic in sorted(set(topics))]
    if not rows:
        return
    counted = insert_into(ChangeCounter).values(rows)
    db.session.execute(
        counted.on_conflict_do_update(
            index_elements=[ChangeCounter.topic],
            set_={"number": ChangeCounter.number + 1, "changed_at": counted.excluded.changed_at},
        )
    )


def counters(topics: Iterable[str]) -> dict[str, tuple[int, datetime]]:
    """Number and last change of those topics that have ever changed."""
    rows = db.session.execute(
        select(ChangeCounter.topic, ChangeCounter.number, ChangeCounter.changed_at).where(
            ChangeCounter.topic.in_(list(topics))
        )
    )
    return {topic: (number, changed_at) for topic, number, changed_at in rows}
