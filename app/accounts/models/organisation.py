"""Organisations: companies, universities, chambers and what lies between."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import UtcDateTime, text_enum
from app.extensions import Model


class OrganisationKind(StrEnum):
    COMPANY = "company"
    UNIVERSITY = "university"
    CHAMBER = "chamber"
    GUILD = "guild"
    INDUSTRIAL_TOWN = "industrial_town"
    FOUNDATION = "foundation"
    OTHER = "other"


class UserClass(StrEnum):
    """Whose prices and horizons apply."""

    INTERNAL = "internal"
    ACADEMIC = "academic"
    INDUSTRY = "industry"


class Organisation(Model):
    """A body that books, gives or runs labs. Verified by the liaison office, or not yet."""

    __table_args__ = (
        CheckConstraint("parent_id <> id", name="not_its_own_parent"),
        CheckConstraint("merged_into_id IS NULL OR closed_at IS NOT NULL", name="merged_is_closed"),
        Index(None, "folded_name"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    name_fa: Mapped[str | None] = mapped_column(String(200))
    folded_name: Mapped[str] = mapped_column(String(400))
    """fold() of both names, to find look-alikes."""
    kind: Mapped[OrganisationKind] = mapped_column(text_enum(OrganisationKind, name="kind"))
    user_class: Mapped[UserClass] = mapped_column(text_enum(UserClass, name="user_class"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    """A chamber, guild or industrial town whose member this is."""
    registration_number: Mapped[str | None] = mapped_column(String(40))
    contact_email: Mapped[str | None] = mapped_column(String(254))
    """Where staff reach a company that has no account yet."""
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    """Who entered it for a company without account; None: it registered itself."""
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    """The verified organisation that turned out to be the same; this one is closed then."""
    phone: Mapped[str | None] = mapped_column(String(40))
    verified_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """By whom stands in the event OrganisationVerified."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    parent: Mapped["Organisation | None"] = relationship(remote_side=[id], foreign_keys=[parent_id])

    @property
    def is_verified(self) -> bool:
        return self.verified_at is not None
