"""Offering in one go: what is offered, its photos, handed in."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from app.accounts.models import User
from app.core.db import unit_of_work
from app.core.errors import InvalidInput
from app.donations.models import FileKind, Offer, OfferFile
from app.donations.services.files import Stored, row_of
from app.donations.services.offer import Line, draft_offer, submit_offer
from app.extensions import db

MOST_PHOTOS = 6


@dataclass(frozen=True, kw_only=True)
class Giving:
    """What somebody offers on the page: one thing, as often as said."""

    line: Line
    message: str = ""
    valid_until: date | None = None
    photos: Sequence[Stored] = field(default_factory=tuple)


@unit_of_work
def give(*, actor: User, giving: Giving, organisation_id: int | None = None) -> Offer:
    """Write the offer and hand it in. Raises as draft_offer and submit_offer do."""
    offer = draft_offer(
        actor=actor,
        organisation_id=organisation_id,
        lines=[giving.line],
        message=giving.message,
        valid_until=giving.valid_until,
    )
    db.session.add_all(rows_of(giving.photos, offer_id=offer.id))
    return submit_offer(actor=actor, offer_id=offer.id)


def rows_of(photos: Sequence[Stored], **of: int) -> list[OfferFile]:
    """The rows that name the photos. Raises InvalidInput (too many, or a document among them)."""
    if len(photos) > MOST_PHOTOS:
        raise InvalidInput(("photos", "too-many"))
    if any(photo.thumbnail is None for photo in photos):
        raise InvalidInput(("photos", "file-unknown"))
    return [row_of(photo, FileKind.PHOTO, **of) for photo in photos]
