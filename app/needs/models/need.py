"""What a lab lacks and asks for in public, and the evidence as it was when that was published."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.core.db import UtcDateTime, text_enum
from app.core.spans import Span
from app.extensions import Model
from app.inventory.models import Category, Lab
from app.needs.rules.evidence import Evidence
from app.needs.rules.states import ClosingReason, NeedState


class Need(Model):
    """So many units of a category, missing in a lab. How far it is met is derived (rules/coverage.py)."""

    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint(
            "(state IN ('published', 'closed')) = (published_at IS NOT NULL)",
            name="published_has_its_time",
        ),
        CheckConstraint(
            "(state = 'closed') = (closed_at IS NOT NULL AND closing_reason IS NOT NULL)",
            name="closed_has_its_reason",
        ),
        CheckConstraint(
            "closing_reason IS NULL OR closing_reason <> 'withdrawn' OR closing_note <> ''",
            name="withdrawn_says_why",
        ),
        CheckConstraint("(state = 'rejected') = (rejected_reason <> '')", name="rejected_says_why"),
        Index(None, "state"),
        Index(None, "lab_id"),
        Index(None, "category_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    lab_id: Mapped[int] = mapped_column(ForeignKey("lab.id"))
    category_id: Mapped[int] = mapped_column(ForeignKey("category.id"))
    title: Mapped[str] = mapped_column(String(200))
    title_fa: Mapped[str | None] = mapped_column(String(200))
    justification: Mapped[str] = mapped_column(Text)
    """Why it is missed, for somebody who might give it."""
    specification: Mapped[str] = mapped_column(Text, default="")
    """What it has to be able to do."""
    quantity: Mapped[int]
    written_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    from_gap: Mapped[bool] = mapped_column(default=False)
    """Proposed from hours that the program counted, not written by hand."""
    state: Mapped[NeedState] = mapped_column(text_enum(NeedState, name="state"), default=NeedState.PROPOSED)
    closing_reason: Mapped[ClosingReason | None] = mapped_column(
        text_enum(ClosingReason, name="closing_reason")
    )
    closing_note: Mapped[str] = mapped_column(Text, default="")
    rejected_reason: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closes_on: Mapped[date | None]
    """Until when an offer would help; None: until further notice."""

    lab: Mapped[Lab] = relationship()
    category: Mapped[Category] = relationship()
    written_by: Mapped[User] = relationship()
    publications: Mapped[list["NeedEvidence"]] = relationship(
        order_by="NeedEvidence.id", lazy="selectin", viewonly=True
    )

    @property
    def reference(self) -> str:
        """What people read to each other: 'ND-2026-0031'."""
        return f"ND-{self.created_at:%Y}-{self.id:04}"

    @property
    def evidence(self) -> Evidence | None:
        """As it was published; None for what is not published yet."""
        return self.publications[-1].evidence if self.publications else None


class NeedEvidence(Model):
    """What a publication rested on. Rows are never changed nor deleted: a trigger refuses."""

    __table_args__ = (Index(None, "need_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    computed_on: Mapped[date]
    window_from: Mapped[datetime] = mapped_column(UtcDateTime)
    window_to: Mapped[datetime] = mapped_column(UtcDateTime)
    formula: Mapped[str] = mapped_column(String(20))
    figures: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """As Evidence.to_json() gives them; None: nothing was known to be missed."""

    @classmethod
    def of(cls, need: Need, evidence: Evidence, at: datetime) -> "NeedEvidence":
        return cls(
            need_id=need.id,
            at=at,
            computed_on=evidence.computed_on,
            window_from=evidence.window.start,
            window_to=evidence.window.end,
            formula=evidence.formula,
            figures=evidence.to_json()["figures"],
        )

    @property
    def evidence(self) -> Evidence:
        window = Span(self.window_from, self.window_to)
        return Evidence.from_json(
            {
                "computed_on": self.computed_on.isoformat(),
                "window": [window.start.isoformat(), window.end.isoformat()],
                "formula": self.formula,
                "figures": self.figures,
            }
        )
