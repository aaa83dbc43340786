"""Asking people to join an organisation, and joining it.

A company that staff entered is handed over in the same way: the liaison office invites its first admin
at the contact address, and what is booked for it is theirs from then on.
"""

from app.accounts import queries
from app.accounts.errors import ForSomebodyElse, LinkUnusable, NeedsSignIn
from app.accounts.events import InvitationWithdrawn, MemberInvited, MemberJoined, UserActivated
from app.accounts.models import Membership, MembershipRole, OneTimeToken, Organisation, TokenPurpose, User
from app.accounts.permissions import may_administer
from app.accounts.rules.addresses import normalised_email
from app.accounts.rules.limits import INVITE_ORGANISATION
from app.accounts.services.links import make_link, use_link, void_links
from app.accounts.services.organisations import get_organisation_for
from app.accounts.services.register import Person
from app.accounts.services.throttle import count_tries
from app.core.clock import now
from app.core.db import unit_of_work
from app.core.errors import Forbidden, InvalidInput, NotFound, WrongState
from app.core.events import publish
from app.extensions import db


@unit_of_work
def invite_member(*, actor: User, organisation_id: int, email: str, role: MembershipRole) -> None:
    """Mail a link to the address, which may have an account or not; an older invitation is void.

    Raises NotFound, Forbidden, WrongState (closed), InvalidInput and TooMany.
    """
    organisation = _administered(actor, organisation_id)
    try:
        email = normalised_email(email)
    except ValueError as error:
        raise InvalidInput(("email", "no_address")) from error
    if any(membership.user.email == email for membership in queries.list_members(organisation)):
        raise InvalidInput(("email", "already_member"))
    count_tries((INVITE_ORGANISATION, str(organisation_id)))
    for older in queries.list_invitations(organisation):
        if older.email == email:
            older.used_at = now()
    data = {"role": role.value, "inviter_id": actor.id, "invited_by": actor.name}
    link, token = make_link(TokenPurpose.INVITE, email=email, organisation_id=organisation_id, data=data)
    publish(
        MemberInvited(
            actor_id=actor.id,
            subject_id=organisation_id,
            inviter_id=actor.id,
            role=role.value,
            link_id=link.id,
            address=email,
            link_token=token,
            language=actor.language,
        )
    )


@unit_of_work
def hand_over(*, actor: User, organisation_id: int) -> None:
    """Invite the first admin of a company without account, at its contact address.

    Raises NotFound, Forbidden, TooMany, and WrongState when it has an account or no such address.
    """
    organisation = _administered(actor, organisation_id)
    if not queries.is_unclaimed(organisation) or organisation.contact_email is None:
        raise WrongState
    invite_member(
        actor=actor,
        organisation_id=organisation_id,
        email=organisation.contact_email,
        role=MembershipRole.ADMIN,
    )


@unit_of_work
def withdraw_invitation(*, actor: User, organisation_id: int, link_id: int) -> None:
    """The link no longer works. Raises NotFound and Forbidden."""
    organisation = _administered(actor, organisation_id)
    for link in queries.list_invitations(organisation):
        if link.id == link_id:
            link.used_at = now()
            publish(InvitationWithdrawn(actor_id=actor.id, subject_id=organisation_id, link_id=link_id))
            return
    raise NotFound


@unit_of_work
def accept_invitation(*, actor: User | None, token: str, person: Person | None = None) -> User:
    """Join: with the account that is signed in, or with a new one made of `person`.

    The link proves the invited address, so a new account is active at once; its address is the invited
    one, whatever was typed. Raises LinkUnusable (also when whoever invited could not invite any more),
    ForSomebodyElse (signed in with another address) and
    NeedsSignIn (the address has an account, nobody is signed in).
    """
    link = use_link(TokenPurpose.INVITE, token)
    organisation = inviting_organisation(link)
    if actor is not None and actor.email != link.email:
        raise ForSomebodyElse
    user = actor or _new_user(link, person)
    role = MembershipRole(link.data["role"])
    _join(user, organisation, role)
    publish(MemberJoined(actor_id=user.id, subject_id=organisation.id, user_id=user.id, role=role.value))
    return user


def inviting_organisation(link: OneTimeToken) -> Organisation:
    """Where the invitation leads to. Raises LinkUnusable when it leads nowhere any more.

    It is worth what its inviter's word is worth today: those who left, were closed or administer nothing
    any more must not have left a door open behind them.
    """
    organisation, inviter = link.organisation, queries.find_user(link.data["inviter_id"])
    if organisation is None or organisation.closed_at is not None:
        raise LinkUnusable
    if inviter is None or not inviter.is_active or not may_administer(inviter, organisation):
        raise LinkUnusable
    return organisation


def _new_user(link: OneTimeToken, person: Person | None) -> User:
    known = queries.find_user_by_email(link.email)
    if known is not None and (known.activated_at is not None or known.disabled_at is not None):
        raise NeedsSignIn
    if person is None:
        raise InvalidInput(("password", "required"))
    user = known or User(email=link.email, created_at=now())
    user.name, user.language = person.name, person.language
    user.password_hash, user.activated_at = person.password_hash, now()
    for membership in user.memberships:
        # Somebody typed this address at registration, and nobody confirmed it.
        membership.ended_at = membership.organisation.closed_at = now()
    db.session.add(user)
    db.session.flush()
    void_links(user_id=user.id, purposes=(TokenPurpose.ACTIVATE,))
    publish(UserActivated(actor_id=user.id, subject_id=user.id, organisation_id=None))
    return user


def _join(user: User, organisation: Organisation, role: MembershipRole) -> None:
    """A membership, or the one from before again."""
    for membership in user.memberships:
        if membership.organisation_id == organisation.id:
            membership.role, membership.ended_at = role, None
            return
    db.session.add(Membership(user=user, organisation=organisation, role=role, created_at=now()))
    db.session.flush()


def _administered(actor: User, organisation_id: int) -> Organisation:
    organisation = get_organisation_for(actor, organisation_id)
    if not may_administer(actor, organisation):
        raise Forbidden
    if organisation.closed_at is not None:
        raise WrongState
    return organisation
