"""Several requests answered with one press: each for itself, by the service that answers one."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.accounts.models import User
from app.booking.services.decide import approve_booking
from app.core.errors import DomainError

MOST = 50
"""So many at once: each is judged anew, and somebody waits for the page."""


@dataclass(frozen=True)
class Approved:
    """What came of one of them."""

    reference: str
    refused: DomainError | None = None
    """Why it waits on; None: it is approved as far as it was this person's to say."""


def approve_each(*, actor: User, references: Iterable[str]) -> list[Approved]:
    """Say yes to every date of these bookings that waits for the actor.

    Each booking in a transaction of its own, all its dates or none: one that is refused stops no other.
    """
    return [_approve(actor, reference) for reference in list(dict.fromkeys(references))[:MOST]]


def _approve(actor: User, reference: str) -> Approved:
    try:
        approve_booking(actor=actor, reference=reference)
    except DomainError as refused:
        return Approved(reference, refused)
    return Approved(reference)
