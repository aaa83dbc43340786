"""Agreements between the university and an organisation."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Organisation, User
from app.core.db import UtcDateTime, text_enum
from app.extensions import Model


class AgreementKind(StrEnum):
    MOU = "mou"
    SERVICE_TERMS = "service_terms"
    NDA = "nda"
    GIFT = "gift"
    LOAN = "loan"


class PaperKind(StrEnum):
    """What an organisation brings before its people may work in a lab."""

    INSURANCE = "insurance"
    SAFETY_BRIEFING = "safety_briefing"
    LIABILITY = "liability"
    IDENTITY = "identity"


class Agreement(Model):
    """A signed letter. In force from valid_from to valid_until, both included; no end means open."""

    __table_args__ = (
        CheckConstraint(
            "valid_until IS NULL OR valid_from <= valid_until",
            name="ends_after_it_begins",
        ),
        Index(None, "organisation_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    kind: Mapped[AgreementKind] = mapped_column(text_enum(AgreementKind, name="kind"))
    number: Mapped[str] = mapped_column(String(60))
    signed_on: Mapped[date]
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    note: Mapped[str] = mapped_column(String(500), default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    organisation: Mapped[Organisation] = relationship()

    def in_force_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


class Paper(Model):
    """A paper of an organisation that somebody has looked at; no end means that it does not expire."""

    __table_args__ = (
        CheckConstraint("valid_until IS NULL OR valid_from <= valid_until", name="ends_after_it_begins"),
        Index(None, "organisation_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    kind: Mapped[PaperKind] = mapped_column(text_enum(PaperKind, name="kind"))
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    note: Mapped[str] = mapped_column(String(500), default="")
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    checked_at: Mapped[datetime] = mapped_column(UtcDateTime)

    organisation: Mapped[Organisation] = relationship()
    checked_by: Mapped[User | None] = relationship()
