"""A subscription address."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.core.db import UtcDateTime, text_enum
from app.extensions import Model


class FeedScope(StrEnum):
    MINE = "mine"
    APPROVALS = "approvals"
    EQUIPMENT = "equipment"
    UNIT = "unit"
    LAB = "lab"
    ORGANISATION = "organisation"


class FeedDetail(StrEnum):
    FULL = "full"
    TITLE = "title"
    BUSY = "busy"


SCOPES_OF_A_PERSON = frozenset({FeedScope.MINE, FeedScope.APPROVALS})


class Feed(Model):
    """One secret address for one person and one scope. What it shows is asked anew at every fetch."""

    __table_args__ = (
        UniqueConstraint("token_hash"),
        CheckConstraint(
            "(scope IN ('mine', 'approvals')) = (scope_id IS NULL)",
            name="scope_names_its_thing",
        ),
        Index(None, "user_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    scope: Mapped[FeedScope] = mapped_column(text_enum(FeedScope, name="scope"))
    scope_id: Mapped[int | None]
    """The equipment, unit, lab or organisation."""
    detail: Mapped[FeedDetail] = mapped_column(text_enum(FeedDetail, name="detail"))
    language: Mapped[str] = mapped_column(String(8))
    token_hash: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    replaced_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the link was last replaced."""
    last_used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """To the hour."""
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    user: Mapped[User] = relationship()
