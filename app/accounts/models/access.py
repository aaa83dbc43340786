"""How people prove who they are: sessions, tokens, and the throttles before them."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models.organisation import Organisation
from app.accounts.models.user import User
from app.core.db import UtcDateTime, text_enum
from app.extensions import Model


class UserSession(Model):
    """A signed-in browser. Deleting the row ends it, whatever cookie comes back."""

    __tablename__ = "session"
    __table_args__ = (UniqueConstraint("token_hash"), Index(None, "user_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    token_hash: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """To the minute or so: not every request writes it."""
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """The absolute end; idling ends it earlier."""
    address: Mapped[str] = mapped_column(String(45))
    browser: Mapped[str] = mapped_column(String(200))

    user: Mapped[User] = relationship()


class ApiToken(Model):
    """A bearer token of a person. It can do what its owner can, until revoked."""

    __table_args__ = (UniqueConstraint("token_hash"), Index(None, "user_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    name: Mapped[str] = mapped_column(String(100))
    token_hash: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    user: Mapped[User] = relationship()


class TokenPurpose(StrEnum):
    ACTIVATE = "activate"
    RESET = "reset"
    INVITE = "invite"
    TAKE_OVER = "take_over"


class OneTimeToken(Model):
    """A link in a mail: single use, expiring, consumed by POST (mail scanners fetch every GET)."""

    __table_args__ = (
        UniqueConstraint("token_hash"),
        Index(None, "user_id", "purpose"),
        Index(None, "organisation_id", "purpose"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    purpose: Mapped[TokenPurpose] = mapped_column(text_enum(TokenPurpose, name="purpose"))
    token_hash: Mapped[str] = mapped_column(String(64))
    email: Mapped[str] = mapped_column(String(254))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    data: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """What takes effect when it is used: the role of an invitation, what was typed at registration."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    user: Mapped[User | None] = relationship()
    organisation: Mapped[Organisation | None] = relationship()


class Throttle(Model):
    """How often something was tried lately. Rows, because several workers share one count."""

    __table_args__ = (CheckConstraint("count > 0", name="count_positive"),)

    key: Mapped[str] = mapped_column(String(120), primary_key=True)
    """What is counted, and a hash of whose: 'sign-in:account:3f…'."""
    count: Mapped[int] = mapped_column(default=1)
    window_ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
