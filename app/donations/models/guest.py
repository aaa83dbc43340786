"""What somebody without an account offers, until the address is proved."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import UtcDateTime
from app.extensions import Model


class GuestOffer(Model):
    """Typed by anybody. It becomes an offer through the link in the mail, or is forgotten."""

    __table_args__ = (UniqueConstraint("token_hash"), Index(None, "expires_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64))
    email: Mapped[str] = mapped_column(String(254))
    name: Mapped[str] = mapped_column(String(200))
    organisation_name: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(8))
    message: Mapped[str] = mapped_column(Text)
    valid_until: Mapped[date | None]
    line: Mapped[dict[str, Any]] = mapped_column(JSON)
    """What is offered, as `services.guest` wrote it."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    offer_id: Mapped[int | None] = mapped_column(ForeignKey("offer.id"))
    """What it became."""
