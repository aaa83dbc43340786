"""Offers of people without an account, by the secret of their link."""

from collections.abc import Collection, Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.accounts.models import User
from app.accounts.queries import find_user_by_email, has_account
from app.core.clock import now
from app.core.tokens import token_hash
from app.donations.models import GuestOffer, Offer, OfferFile
from app.extensions import db
from app.needs.models import Need, NeedState


def find_guest_offer(token: str, *, for_update: bool = False) -> GuestOffer | None:
    """The one of this link: unconfirmed and in time, or an offer by now."""
    wanted = select(GuestOffer).where(
        GuestOffer.token_hash == token_hash(token),
        or_(GuestOffer.offer_id.is_not(None), GuestOffer.expires_at > now()),
    )
    if for_update:
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    return db.session.scalar(wanted)


def get_guest_offer(guest_offer_id: int) -> GuestOffer:
    """The one of this number (for mails)."""
    return db.session.get_one(GuestOffer, guest_offer_id)


def account_of(guest: GuestOffer) -> User | None:
    """The account that the guest's address has, if it has one."""
    user = find_user_by_email(guest.email)
    return user if user is not None and has_account(user) else None


def find_followed_offer(guest: GuestOffer) -> Offer:
    """The offer that it became, for whoever holds its link."""
    return db.session.scalars(
        select(Offer)
        .where(Offer.id == guest.offer_id)
        .options(joinedload(Offer.contact), selectinload(Offer.lines))
    ).one()


def expired_guest_offers() -> Sequence[tuple[GuestOffer, Sequence[OfferFile]]]:
    """What nobody confirmed in time, with its photos."""
    guests = db.session.scalars(
        select(GuestOffer).where(GuestOffer.offer_id.is_(None), GuestOffer.expires_at <= now())
    ).all()
    files = db.session.scalars(
        select(OfferFile).where(OfferFile.guest_offer_id.in_([guest.id for guest in guests]))
    ).all()
    return [(guest, [file for file in files if file.guest_offer_id == guest.id]) for guest in guests]


def still_published(need_ids: Collection[int]) -> list[int]:
    """Those of the needs that still ask for something, in the order given."""
    found = set(
        db.session.scalars(
            select(Need.id).where(Need.id.in_(need_ids), Need.state == NeedState.PUBLISHED)
        ).all()
    )
    return [need_id for need_id in need_ids if need_id in found]
