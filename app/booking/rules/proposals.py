"""What becomes of another time that a lab names. Pure."""

from enum import StrEnum


class ProposalOutcome(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    """The company called the date off."""
    EXPIRED = "expired"
    """Nobody answered in time."""
    WITHDRAWN = "withdrawn"
    """The lab called the date off."""
