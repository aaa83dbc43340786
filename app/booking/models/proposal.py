"""Another time that a lab names for a date."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.booking.models.occurrence import Occurrence
from app.booking.rules.proposals import ProposalOutcome
from app.core.db import UtcDateTime, text_enum
from app.core.spans import Span
from app.extensions import Model


class Proposal(Model):
    """The time named and the one given back for it. A date that is proposed has one that is open."""

    __table_args__ = (
        CheckConstraint("starts_at < ends_at", name="ends_after_it_starts"),
        CheckConstraint("(outcome = 'open') = (ended_at IS NULL)", name="open_has_no_end"),
        Index(None, "occurrence_id"),
        Index(None, "outcome", "expires_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    occurrence_id: Mapped[int] = mapped_column(ForeignKey("occurrence.id"))
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    from_starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """What was asked for, and is free again."""
    from_ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    message: Mapped[str] = mapped_column(Text, default="")
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """Until when the time is kept for the company's answer."""
    outcome: Mapped[ProposalOutcome] = mapped_column(
        text_enum(ProposalOutcome, name="outcome"), default=ProposalOutcome.OPEN
    )
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    occurrence: Mapped[Occurrence] = relationship()

    @property
    def was(self) -> Span:
        return Span(self.from_starts_at, self.from_ends_at)
