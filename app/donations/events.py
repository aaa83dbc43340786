"""What happened to offers. One event for each change of state."""

from dataclasses import dataclass, field
from typing import Any, ClassVar

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class OfferEvent(Event):
    subject_kind: ClassVar[str] = "offer"

    organisation_id: int
    offered_by_id: int
    contact_id: int | None
    state: str
    need_ids: tuple[int, ...] = ()

    def topics(self) -> set[str]:
        return {f"organisation:{self.organisation_id}", f"user:{self.offered_by_id}"} | {
            f"need:{need_id}" for need_id in self.need_ids
        }


@dataclass(frozen=True, kw_only=True)
class OfferDrafted(OfferEvent):
    """Somebody began to write one."""


@dataclass(frozen=True, kw_only=True)
class OfferSubmitted(OfferEvent):
    """It waits for the university's answer."""


@dataclass(frozen=True, kw_only=True)
class OfferTakenUp(OfferEvent):
    """Somebody at the university looks at it."""


@dataclass(frozen=True, kw_only=True)
class OfferAccepted(OfferEvent):
    """The university would like to have it."""


@dataclass(frozen=True, kw_only=True)
class OfferDeclined(OfferEvent):
    reason: str


@dataclass(frozen=True, kw_only=True)
class OfferWithdrawn(OfferEvent):
    """The donor thought again; what it had promised is open to others."""


@dataclass(frozen=True, kw_only=True)
class OfferLapsed(OfferEvent):
    """The last day on which the donor stood by it went by without an agreement. Nobody did it."""


@dataclass(frozen=True, kw_only=True)
class OfferAllocated(OfferEvent):
    """So many of a line were promised to a need, or stand by for it."""

    line_id: int
    need_id: int
    reserved: int
    standby: int


@dataclass(frozen=True, kw_only=True)
class OfferAgreed(OfferEvent):
    """The agreement is signed: what was reserved is promised for good."""

    agreement_id: int
    number: str


@dataclass(frozen=True, kw_only=True)
class OfferDelivered(OfferEvent):
    """Something of it arrived and awaits inspection."""

    consignment_id: int
    unit_ids: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class OfferInspected(OfferEvent):
    """One of its units was looked at. The offer's state stays."""

    unit_id: int
    result: str
    note: str


@dataclass(frozen=True, kw_only=True)
class OfferCommissioned(OfferEvent):
    """One of its units went into service."""

    unit_id: int
    equipment_id: int
    responsible: str


@dataclass(frozen=True, kw_only=True)
class GuestOffered(Event):
    """Somebody without an account offers something, and has to confirm it by mail."""

    subject_kind: ClassVar[str] = "guest_offer"

    token: str = field(repr=False)

    def data(self) -> dict[str, Any]:
        """Without the secret: events are kept for ever."""
        return {}
