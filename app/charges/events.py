"""What happened to prices and quotes."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class PriceListSet(Event):
    """A lab asks this from the day on. `subject_id` is the list; without lines, it asks nothing."""

    subject_kind: ClassVar[str] = "price_list"

    lab_id: int
    equipment_id: int | None
    valid_from: date
    currency: str
    lines: tuple[dict[str, Any], ...]

    def topics(self) -> set[str]:
        return {f"lab:{self.lab_id}"}


@dataclass(frozen=True, kw_only=True)
class QuoteEvent(Event):
    """A change of one quote. `subject_id` is the quote."""

    subject_kind: ClassVar[str] = "quote"

    booking_id: int
    organisation_id: int
    reference: str
    total: int
    currency: str

    def topics(self) -> set[str]:
        return {f"organisation:{self.organisation_id}"}


@dataclass(frozen=True, kw_only=True)
class QuoteMade(QuoteEvent):
    """A booking was priced; what was said before counts no more."""

    replaces_id: int | None


@dataclass(frozen=True, kw_only=True)
class QuoteDropped(QuoteEvent):
    """The booking's new dates have no price: the quote counts no more, and no other takes its place."""


@dataclass(frozen=True, kw_only=True)
class QuotePaid(QuoteEvent):
    """The office says that it was paid."""


@dataclass(frozen=True, kw_only=True)
class QuoteUnpaid(QuoteEvent):
    """It takes that back."""


@dataclass(frozen=True, kw_only=True)
class PurchaseOrderSet(QuoteEvent):
    """The company's number for it; '' took it away."""

    purchase_order: str
    was: str
