"""Photos and letters of offers, as far as the one who asks may see the offer."""

from collections.abc import Sequence

from sqlalchemy import or_, select

from app.accounts.models import User
from app.core.errors import NotFound
from app.donations.models import Offer, OfferFile
from app.donations.queries.offers import visible_to
from app.extensions import db


def list_files(offer_id: int) -> Sequence[OfferFile]:
    """Photos and signed letters in the order in which they were handed in; whoever asks has been shown the
    offer.
    """
    wanted = select(OfferFile).where(OfferFile.offer_id == offer_id).order_by(OfferFile.id)
    return db.session.scalars(wanted).all()


def get_offer_file(actor: User, offer_id: int, name: str) -> OfferFile:
    """The one with this file or thumbnail. Raises NotFound, also where the offer is hidden."""
    found = db.session.scalar(
        select(OfferFile)
        .join(Offer, Offer.id == OfferFile.offer_id)
        .where(
            Offer.id == offer_id,
            or_(OfferFile.file == name, OfferFile.thumbnail == name),
            visible_to(actor),
        )
    )
    if found is None:
        raise NotFound
    return found


def kept_files() -> set[str]:
    """The names of all files that rows name."""
    rows = db.session.execute(select(OfferFile.file, OfferFile.thumbnail)).all()
    return {name for row in rows for name in row if name is not None}
