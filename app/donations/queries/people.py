"""Who hears of an offer: the giving side, and the university's."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, select

from app.accounts.models import Membership, MembershipRole, Role, RoleGrant, User
from app.accounts.queries import list_liaisons
from app.core.clock import now
from app.donations.models import Offer
from app.donations.permissions import may_offer_for
from app.donations.queries.offers import labs_of
from app.extensions import db


def list_givers(offer: Offer) -> list[User]:
    """Who offered it, while they belong to the giver, and the giver's admins; each once."""
    admins = _active(
        User.id.in_(
            select(Membership.user_id).where(
                Membership.organisation_id == offer.organisation_id,
                Membership.role == MembershipRole.ADMIN,
                Membership.ended_at.is_(None),
            )
        )
    )
    writer = offer.offered_by
    if writer.is_active and may_offer_for(writer, offer.organisation_id):
        admins = [writer, *admins]
    return list({person.id: person for person in admins}.values())


def list_answering(offer: Offer, lab_ids: Collection[int] = ()) -> list[User]:
    """The contact (the liaison office where there is none) and the managers of the labs it is meant for.

    Nobody of the giving side, who has no say in it. `lab_ids`: labs beside those it is meant for still.
    """
    contacts = [offer.contact] if offer.contact and offer.contact.is_active else list_liaisons()
    labs = labs_of(offer) | set(lab_ids)
    granted = select(RoleGrant.user_id).where(
        RoleGrant.role == Role.MANAGER, RoleGrant.lab_id.in_(labs), RoleGrant.counting(now())
    )
    people = [*contacts, *_active(User.id.in_(granted))]
    return list({one.id: one for one in people if not may_offer_for(one, offer.organisation_id)}.values())


def _active(condition: ColumnElement[bool]) -> Sequence[User]:
    return db.session.scalars(
        select(User)
        .where(condition, User.disabled_at.is_(None), User.activated_at.is_not(None))
        .order_by(User.id)
    ).all()
