"""Photos and documents on equipment."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import UtcDateTime, text_enum
from app.extensions import Model


class AttachmentKind(StrEnum):
    PHOTO = "photo"
    DOCUMENT = "document"


class Attachment(Model):
    """A file on an equipment. The row is the truth: a file that no row names is swept away."""

    __table_args__ = (
        UniqueConstraint("file"),
        UniqueConstraint("thumbnail"),
        CheckConstraint("(kind = 'photo') = (thumbnail IS NOT NULL)", name="photo_has_thumbnail"),
        CheckConstraint("position >= 0", name="position_is_counted"),
        Index(None, "equipment_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    equipment_id: Mapped[int] = mapped_column(ForeignKey("equipment.id"))
    kind: Mapped[AttachmentKind] = mapped_column(text_enum(AttachmentKind, name="kind"))
    title: Mapped[str] = mapped_column(String(200))
    """What it shows: beside a document, and for who cannot see a photo."""
    licence: Mapped[str] = mapped_column(String(120))
    """Under which it may be used, and whose it is; empty when nothing was said."""
    position: Mapped[int]
    """Where it stands among the photos, or documents, of its equipment."""
    media_type: Mapped[str] = mapped_column(String(40))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    file: Mapped[str] = mapped_column(String(32))
    """Its random name on disk and in addresses."""
    thumbnail: Mapped[str | None] = mapped_column(String(32))
    uploaded_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
