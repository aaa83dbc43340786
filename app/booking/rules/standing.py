"""What is known of who asks, where one equipment is concerned. The defaults are in nobody's way. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from app.booking.rules.allowances import Quota
from app.booking.rules.days import Days


@dataclass(frozen=True)
class Standing:
    """The organisation's, and that of the people who come."""

    is_internal: bool = True
    """Of the university: its people may ask before others."""
    open_requests: int | None = None
    """Requests it has waiting in the lab; None where it asks for nothing more."""
    permits: Sequence[Days] = ()
    """The authorisations for this equipment of everybody who comes."""
    agreements: Sequence[Days] = ()
    """What is agreed with the organisation and lets it use equipment."""
    papers: Mapping[str, Sequence[Days]] = field(default_factory=dict)
    """The organisation's papers by kind."""
    quotas: Sequence[Quota] = ()
    """Those that count bookings of this equipment by this organisation, with what is used of them."""
    phone: str | None = None
    """The lab's: whom to ask."""
    next_training: datetime | None = None
    """When the lab next trains people in it, where that is known."""
