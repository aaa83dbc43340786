"""Proving an address: the link of a registration is used, and what its form said takes effect."""

from app.accounts import passwords, queries
from app.accounts.errors import LinkUnusable
from app.accounts.events import OrganisationRegistered, UserActivated
from app.accounts.models import Membership, OneTimeToken, TokenPurpose, User
from app.accounts.rules.passwords import fault
from app.accounts.services.links import use_link, void_links
from app.accounts.services.register import (
    TYPED_HASH,
    Company,
    Person,
    Registration,
    found,
    new_organisation,
    new_user,
)
from app.core.clock import now
from app.core.db import unit_of_work
from app.core.errors import InvalidInput, WrongState
from app.core.events import publish


def asks_for_password(link: OneTimeToken) -> bool:
    """Whether who opens the account with this link has to choose its password."""
    return TYPED_HASH not in link.data


def activate_user(*, token: str, password: str | None = None) -> User:
    """Open the account with the name and organisation typed along with this link.

    Its password is the one given here, else the one typed along with a link that is the only one. Other
    registrations of the same address fall away, and their organisations are closed: somebody else may
    have typed them. Raises LinkUnusable, and InvalidInput when a password is missing or a bad one.
    """
    link = queries.find_usable_link(TokenPurpose.ACTIVATE, token)
    if link is None:
        raise LinkUnusable
    if password is None:
        return _activate(token, None)
    if wrong := fault(password, about=_about(link)):
        raise InvalidInput(("password", wrong))
    return _activate(token, passwords.hash_password(password))


@unit_of_work
def open_account(*, person: Person, company: Company) -> Registration:
    """An open account, and its company, for somebody whose address a link of another feature has proved.

    It has no password until its owner asks for one by mail. A registration of the address that waits falls
    away. Raises WrongState where there is an account, InvalidInput.
    """
    user = queries.find_user_by_email(person.email)
    if user is not None and queries.has_account(user):
        raise WrongState
    organisation = new_organisation(company)
    if user is None:
        user = new_user(person.email, person)
    for membership in user.memberships:
        _drop(membership)
    found(organisation, user)
    user.name, user.language, user.activated_at = person.name, person.language, now()
    void_links(user_id=user.id, purposes=(TokenPurpose.ACTIVATE,))
    publish(OrganisationRegistered(actor_id=None, subject_id=organisation.id))
    publish(UserActivated(actor_id=user.id, subject_id=user.id, organisation_id=organisation.id))
    return Registration(user, organisation)


@unit_of_work
def _activate(token: str, chosen: str | None) -> User:
    link = use_link(TokenPurpose.ACTIVATE, token)
    user, typed = link.user, link.data
    if user is None or user.activated_at is not None or user.disabled_at is not None:
        raise LinkUnusable
    password_hash = chosen or typed.get(TYPED_HASH)
    if password_hash is None:
        raise InvalidInput(("password", "required"))
    user.name, user.language = typed["name"], typed["language"]
    user.password_hash, user.activated_at = password_hash, now()
    link.data = {}
    for membership in user.memberships:
        if membership.organisation_id != link.organisation_id:
            _drop(membership)
    void_links(user_id=user.id, purposes=(TokenPurpose.ACTIVATE,))
    publish(UserActivated(actor_id=user.id, subject_id=user.id, organisation_id=link.organisation_id))
    return user


def _drop(membership: Membership) -> None:
    membership.ended_at = membership.organisation.closed_at = now()


def _about(link: OneTimeToken) -> tuple[str, ...]:
    company = (link.organisation.name,) if link.organisation is not None else ()
    return (link.email, str(link.data["name"]), *company)
