"""The miss: one wish of one organisation on one day that could not be served."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import UtcDateTime, text_enum
from app.core.event_log import LongId
from app.extensions import Model


class MissKind(StrEnum):
    """Why: only capacity and outage are a lack of equipment; policy is a rule that was not met."""

    CAPACITY = "capacity"
    OUTAGE = "outage"
    POLICY = "policy"


class MissReason(StrEnum):
    NONE_FREE = "none"
    TOO_LATE = "too_late"
    WAITLIST_EXPIRED = "waitlist_expired"
    DECLINED = "declined"
    OUT_OF_SERVICE = "out_of_service"
    REFUSED_BY_RULE = "refused_by_rule"


class Miss(Model):
    """Hours somebody needed and did not get. Counted once per organisation, wish and local day."""

    __table_args__ = (
        UniqueConstraint("organisation_id", "wish_key", "on"),
        CheckConstraint("minutes > 0", name="minutes_positive"),
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint("wanted_from < wanted_to", name="window"),
        Index(None, "category_id", "on"),
        Index(None, "equipment_id", "on"),
    )

    id: Mapped[int] = mapped_column(LongId, primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    on: Mapped[date]
    """The local day of the wish, at the site."""
    wish_key: Mapped[str] = mapped_column(String(64))
    """What makes two wishes the same: equipment or category or words, length, quantity, window."""
    equipment_id: Mapped[int | None] = mapped_column(ForeignKey("equipment.id"))
    category_id: Mapped[int | None] = mapped_column(ForeignKey("category.id"))
    lab_id: Mapped[int | None] = mapped_column(ForeignKey("lab.id"))
    query: Mapped[str] = mapped_column(String(200), default="")
    """The words searched for, where neither equipment nor category was named."""
    minutes: Mapped[int]
    quantity: Mapped[int]
    wanted_from: Mapped[datetime] = mapped_column(UtcDateTime)
    wanted_to: Mapped[datetime] = mapped_column(UtcDateTime)
    kind: Mapped[MissKind] = mapped_column(text_enum(MissKind, name="kind"))
    reason: Mapped[MissReason] = mapped_column(text_enum(MissReason, name="reason"))
    verdict_code: Mapped[str | None] = mapped_column(String(40))
    """The rule that refused, for policy misses."""
    note: Mapped[str] = mapped_column(String(500), default="")
