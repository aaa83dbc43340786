"""How much an organisation may have of a lab, or of one equipment."""

from datetime import datetime, time

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, Time
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Organisation, OrganisationKind
from app.agreements.models import Agreement
from app.booking.rules.allowances import Per
from app.core.db import UtcDateTime, text_enum
from app.extensions import Model
from app.inventory.models import Equipment


class QuotaLimit(Model):
    """So many minutes a week or month for each organisation, one, those of a kind, or under an agreement.

    A lab's counts all its equipment together. With prime hours, only what lies in them is counted.
    """

    __table_args__ = (
        CheckConstraint("minutes > 0", name="minutes"),
        CheckConstraint("organisation_id IS NULL OR organisation_kind IS NULL", name="for_one_or_a_kind"),
        CheckConstraint(
            "agreement_id IS NULL OR (organisation_id IS NULL AND organisation_kind IS NULL)",
            name="for_an_agreement",
        ),
        CheckConstraint("(prime_opens IS NULL) = (prime_closes IS NULL)", name="prime_begins_and_ends"),
        Index(None, "lab_id"),
        Index(None, "equipment_id"),
        Index(None, "agreement_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    lab_id: Mapped[int] = mapped_column(ForeignKey("lab.id"))
    equipment_id: Mapped[int | None] = mapped_column(ForeignKey("equipment.id"))
    """One equipment of the lab; None: all of it, counted together."""
    minutes: Mapped[int]
    per: Mapped[Per] = mapped_column(text_enum(Per, name="per"))
    prime_opens: Mapped[time | None] = mapped_column(Time)
    prime_closes: Mapped[time | None] = mapped_column(Time)
    prime_weekdays: Mapped[list[int]] = mapped_column(JSON, default=list)
    """On which weekdays the prime hours are; Monday is 0."""
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    organisation_kind: Mapped[OrganisationKind | None] = mapped_column(
        text_enum(OrganisationKind, name="organisation_kind")
    )
    agreement_id: Mapped[int | None] = mapped_column(ForeignKey("agreement.id"))
    """For the organisation of this agreement, on the days on which it is in force."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    equipment: Mapped[Equipment | None] = relationship()
    organisation: Mapped[Organisation | None] = relationship()
    agreement: Mapped[Agreement | None] = relationship()
