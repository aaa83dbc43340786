"""Which miss a later booking made up for."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import UtcDateTime
from app.core.event_log import LongId
from app.extensions import Model


class ServedMiss(Model):
    """So much of a miss was asked for again and found: written with the request, whatever becomes of it.

    Who reads it asks for the state of the date: only what is agreed or took place has served anybody.
    """

    __table_args__ = (
        UniqueConstraint("miss_id", "occurrence_item_id"),
        CheckConstraint("minutes > 0", name="minutes_positive"),
        Index(None, "occurrence_item_id"),
    )

    id: Mapped[int] = mapped_column(LongId, primary_key=True)
    miss_id: Mapped[int] = mapped_column(ForeignKey("miss.id", ondelete="CASCADE"))
    occurrence_item_id: Mapped[int] = mapped_column(ForeignKey("occurrence_item.id", ondelete="CASCADE"))
    minutes: Mapped[int]
    """Equipment-minutes: two stations for an hour are 120."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
