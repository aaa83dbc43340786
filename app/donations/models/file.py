"""Photos of what is offered, and the signed letter."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import UtcDateTime, text_enum
from app.extensions import Model


class FileKind(StrEnum):
    PHOTO = "photo"
    AGREEMENT = "agreement"


class OfferFile(Model):
    """A file of an offer. The row is the truth: a file that no row names is swept away."""

    __table_args__ = (
        UniqueConstraint("file"),
        UniqueConstraint("thumbnail"),
        CheckConstraint("(offer_id IS NULL) <> (guest_offer_id IS NULL)", name="of_one_offer"),
        CheckConstraint("kind <> 'photo' OR thumbnail IS NOT NULL", name="photo_has_thumbnail"),
        Index(None, "offer_id"),
        Index(None, "guest_offer_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    offer_id: Mapped[int | None] = mapped_column(ForeignKey("offer.id"))
    guest_offer_id: Mapped[int | None] = mapped_column(ForeignKey("guest_offer.id"))
    """Until the donor's address is proved."""
    kind: Mapped[FileKind] = mapped_column(text_enum(FileKind, name="kind"))
    media_type: Mapped[str] = mapped_column(String(40))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    file: Mapped[str] = mapped_column(String(32))
    """Its random name on disk and in addresses."""
    thumbnail: Mapped[str | None] = mapped_column(String(32))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
