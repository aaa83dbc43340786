"""Offering without an account: what was typed becomes an offer through the link in the mail.

A known address and an unknown one cost the same work and get the same answer: the mail alone tells them
apart. Whoever has an account confirms signed in; for the others an account is opened, without a password
until they ask for one.
"""

from dataclasses import asdict
from datetime import timedelta

from sqlalchemy import update

from app.accounts.errors import LinkUnusable
from app.accounts.models import User
from app.accounts.rules.addresses import network_of
from app.accounts.rules.limits import LINK_ADDRESS, LINK_EMAIL
from app.accounts.services.activate import open_account
from app.accounts.services.register import (
    Company,
    Person,
    new_organisation,
    register_own_company,
)
from app.accounts.services.throttle import count_tries
from app.core.clock import now
from app.core.db import unit_of_work
from app.core.events import publish
from app.core.tokens import new_token, token_hash
from app.donations.errors import SignInFirst
from app.donations.events import GuestOffered
from app.donations.models import GuestOffer, Offer, OfferFile
from app.donations.queries.guests import account_of, expired_guest_offers, find_guest_offer, still_published
from app.donations.rules.states import Condition, ValueBasis
from app.donations.services.give import Giving, give, rows_of
from app.donations.services.offer import Line
from app.extensions import db
from app.inventory.queries.places import home_today

CONFIRMED_WITHIN = timedelta(days=7)


def admit(*, email: str, address: str) -> None:
    """Count the try, before any photo is looked at. Raises TooMany (by e-mail, by network `address`)."""
    count_tries((LINK_EMAIL, email), (LINK_ADDRESS, network_of(address)))


@unit_of_work
def offer_as_guest(*, person: Person, company: Company, giving: Giving) -> GuestOffer:
    """Keep what was typed for a week, and mail the link that makes it an offer. Raises InvalidInput."""
    token = new_token()
    guest = GuestOffer(
        token_hash=token_hash(token),
        email=person.email,
        name=person.name,
        organisation_name=new_organisation(company).name,
        language=person.language,
        message=giving.message,
        valid_until=giving.valid_until,
        line=asdict(giving.line),
        created_at=now(),
        expires_at=now() + CONFIRMED_WITHIN,
    )
    db.session.add(guest)
    db.session.flush()
    db.session.add_all(rows_of(giving.photos, guest_offer_id=guest.id))
    publish(GuestOffered(actor_id=None, subject_id=guest.id, token=token))
    return guest


@unit_of_work
def confirm_guest_offer(*, actor: User | None, token: str, organisation_id: int | None = None) -> Offer:
    """Make it an offer of whoever owns the address, and hand it in.

    Raises LinkUnusable; SignInFirst when the address has an account and the actor is somebody else; and as
    draft_offer does. Needs that are closed by now are left out.
    """
    guest = find_guest_offer(token, for_update=True)
    if guest is None or guest.offer_id is not None:
        raise LinkUnusable
    donor, organisation_id = _donor(actor, guest, organisation_id)
    offer = give(actor=donor, giving=_giving(guest), organisation_id=organisation_id)
    db.session.execute(
        update(OfferFile)
        .where(OfferFile.guest_offer_id == guest.id)
        .values(guest_offer_id=None, offer_id=offer.id)
    )
    guest.offer_id = offer.id
    return offer


@unit_of_work
def forget_guest_offers() -> int:
    """Delete what nobody confirmed in time; the photos are swept away after it."""
    expired = expired_guest_offers()
    for guest, files in expired:
        for file in files:
            db.session.delete(file)
        db.session.flush()
        db.session.delete(guest)
    return len(expired)


def _donor(actor: User | None, guest: GuestOffer, organisation_id: int | None) -> tuple[User, int | None]:
    """Who gives, and for which organisation."""
    company = Company(name=guest.organisation_name)
    if actor is not None and actor.email == guest.email:
        if not actor.organisation_ids():
            return actor, register_own_company(actor=actor, company=company).id
        return actor, organisation_id
    if account_of(guest) is not None:
        raise SignInFirst
    opened = open_account(
        person=Person(email=guest.email, name=guest.name, language=guest.language), company=company
    )
    return opened.user, opened.organisation.id


def _giving(guest: GuestOffer) -> Giving:
    kept = guest.line
    line = Line(
        **kept
        | {
            "condition": Condition(kept["condition"]),
            "value_basis": ValueBasis(kept["value_basis"]) if kept["value_basis"] else None,
            "need_ids": still_published(kept["need_ids"]),
        }
    )
    # A day that has passed meanwhile binds nobody.
    standing = guest.valid_until if guest.valid_until and guest.valid_until >= home_today() else None
    return Giving(line=line, message=guest.message, valid_until=standing)
