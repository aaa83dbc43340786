"""Registering a company with its first admin: from the page, or at the end of a first booking request.

What was typed takes effect only through the link in the mail: until then the account has no password, and
a second registration of the same address does not touch the first. Each link sets up what its own form
said, and only the owner of the address holds them. The password of the form counts only as long as its
link is the only one: of several mails nobody can tell whose password which would install
(docs/decisions/0005).

Somebody may ask for a booking with an address that has an account. Then the same is written, for a stand-in:
an account without password, under an address that is none, in a company of its own. The owner of the address
takes it over (services/take_over.py), or it is forgotten. So a stranger sees no difference between addresses
and puts nothing in the owner's name.
"""

from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

from app.accounts import passwords, queries
from app.accounts.events import (
    OrganisationRegistered,
    RegisteredForOwner,
    RegistrationRepeated,
    UserRegistered,
)
from app.accounts.models import (
    Membership,
    MembershipRole,
    Organisation,
    OrganisationKind,
    TokenPurpose,
    User,
    UserClass,
)
from app.accounts.rules.addresses import network_of, normalised_email
from app.accounts.rules.limits import COMPANY_USER, LINK_ADDRESS, LINK_EMAIL
from app.accounts.rules.names import cleaned_name
from app.accounts.rules.passwords import fault
from app.accounts.services.links import make_link
from app.accounts.services.organisations import folded_name
from app.accounts.services.throttle import count_tries
from app.core.clock import now
from app.core.db import unit_of_work
from app.core.errors import InvalidInput, WrongState
from app.core.events import publish
from app.extensions import db

TYPED_HASH = "password_hash"
"""Under which key a link holds the password of its form."""


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody who is to get an account; the password, if there is one, is hashed already."""

    email: str
    name: str
    language: str
    password_hash: str | None = None


@dataclass(frozen=True, kw_only=True)
class Company:
    """An organisation as it introduces itself. The liaison office corrects and completes it later."""

    name: str


@dataclass(frozen=True)
class Registration:
    """The account that waits for its address to be proved, and its organisation."""

    user: User
    organisation: Organisation


def introduced(*, email: str, name: str, language: str) -> Person:
    """Check what somebody says of themselves; there is no password. Raises InvalidInput."""
    try:
        address = normalised_email(email)
    except ValueError as error:
        raise InvalidInput(("email", "no_address")) from error
    try:
        name = cleaned_name(name)
    except ValueError as error:
        raise InvalidInput(("name", "no_name")) from error
    return Person(email=address, name=name, language=language)


def new_person(*, email: str, name: str, password: str, language: str, company_name: str = "") -> Person:
    """The same with a password, hashed; call it before the transaction. Raises InvalidInput."""
    person = introduced(email=email, name=name, language=language)
    if wrong := fault(password, about=(person.email, person.name, company_name)):
        raise InvalidInput(("password", wrong))
    return replace(person, password_hash=passwords.hash_password(password))


@unit_of_work
def register_company(*, person: Person, company: Company, address: str) -> Registration | None:
    """Make the account, not active yet, and its organisation, not verified yet; mail the link.

    None when the address has an account already: its owner gets a mail that says so, and whoever asked
    must be answered just the same. Joins the caller's unit of work, so that a booking can be requested
    in their name. Raises TooMany (counted by e-mail and by network `address`) and InvalidInput.
    """
    organisation, user = _counted(person, company, address)
    if user is not None and queries.has_account(user):
        publish(RegistrationRepeated(actor_id=None, subject_id=user.id, attempt=uuid4().hex))
        return None
    return _register(user, person, organisation)


@unit_of_work
def register_asker(*, person: Person, company: Company, address: str) -> Registration:
    """The same for somebody who asks for a booking, and for an address that has an account as well.

    For that one a stand-in is registered, and the owner mailed a link by which to take it over. Raises as
    register_company does.
    """
    organisation, user = _counted(person, company, address)
    if user is None or not queries.has_account(user):
        return _register(user, person, organisation)
    stand_in = new_user(f"stand-in-{uuid4().hex}@invalid", person)
    found(organisation, stand_in)
    publish(OrganisationRegistered(actor_id=None, subject_id=organisation.id))
    _mail_owner(user, stand_in, organisation)
    return Registration(stand_in, organisation)


@unit_of_work
def register_own_company(*, actor: User, company: Company) -> Organisation:
    """Make the organisation, not verified yet, of somebody who has an account and belongs to none.

    One is enough: each that is not verified may have a request waiting. Raises WrongState for whoever
    belongs to one, InvalidInput, and TooMany.
    """
    founder = db.session.get_one(User, actor.id, with_for_update=True)
    if founder.organisation_ids():
        raise WrongState
    count_tries((COMPANY_USER, str(founder.id)))
    organisation = new_organisation(company)
    found(organisation, founder)
    publish(OrganisationRegistered(actor_id=founder.id, subject_id=organisation.id))
    return organisation


@unit_of_work
def mail_activation_again(*, email: str, address: str) -> None:
    """A new link for the latest registration of this address, if one waits; it asks for a password.

    Raises TooMany.
    """
    count_tries((LINK_EMAIL, email), (LINK_ADDRESS, network_of(address)))
    repeat_activation(email=email)


@unit_of_work
def repeat_activation(*, email: str) -> None:
    """The same for who has counted the try already."""
    latest = queries.find_latest_registration(email)
    if latest is not None and latest.user is not None and latest.organisation_id is not None:
        _mail_link(latest.user, latest.organisation_id, latest.data)


def _counted(person: Person, company: Company, address: str) -> tuple[Organisation, User | None]:
    """What is to be registered, and who has the address; refused before that is looked up."""
    count_tries((LINK_EMAIL, person.email), (LINK_ADDRESS, network_of(address)))
    return new_organisation(company), queries.find_user_by_email(person.email)


def new_user(email: str, person: Person) -> User:
    """The account of somebody who has no organisation yet, not kept yet."""
    return User(email=email, name=person.name, language=person.language, created_at=now())


def _register(user: User | None, person: Person, organisation: Organisation) -> Registration:
    """What a registration before this one said of the person stays as it is."""
    user = user or new_user(person.email, person)
    found(organisation, user)
    typed = {"name": person.name, "language": person.language, TYPED_HASH: person.password_hash}
    _mail_link(user, organisation.id, typed)
    publish(OrganisationRegistered(actor_id=None, subject_id=organisation.id))
    return Registration(user, organisation)


def found(organisation: Organisation, founder: User) -> None:
    """Keep the new organisation with its first admin."""
    db.session.add_all([founder, organisation])
    db.session.flush()
    db.session.add(
        Membership(user=founder, organisation=organisation, role=MembershipRole.ADMIN, created_at=now())
    )


def new_organisation(company: Company) -> Organisation:
    """The company as it introduced itself, not kept yet. Raises InvalidInput."""
    try:
        name = cleaned_name(company.name)
    except ValueError as error:
        raise InvalidInput(("organisation", "no_name")) from error
    return Organisation(
        name=name,
        folded_name=folded_name(name, None),
        kind=OrganisationKind.COMPANY,
        user_class=UserClass.INDUSTRY,
        created_at=now(),
    )


def _mail_link(user: User, organisation_id: int, typed: dict[str, Any]) -> None:
    """The link that makes what was typed take effect; beside others, none of them installs a password."""
    others = queries.list_activation_links(user.id)
    for other in others:
        other.data = _without_password(other.data)
    link, token = make_link(
        TokenPurpose.ACTIVATE,
        email=user.email,
        user_id=user.id,
        organisation_id=organisation_id,
        data=_without_password(typed) if others else typed,
    )
    publish(
        UserRegistered(
            actor_id=None,
            subject_id=user.id,
            organisation_id=organisation_id,
            link_id=link.id,
            link_token=token,
            language=str(typed["language"]),
        )
    )


def _without_password(typed: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in typed.items() if name != TYPED_HASH}


def _mail_owner(owner: User, stand_in: User, organisation: Organisation) -> None:
    """The link by which the owner of the address makes it theirs."""
    link, token = make_link(
        TokenPurpose.TAKE_OVER, email=owner.email, user_id=stand_in.id, organisation_id=organisation.id
    )
    publish(RegisteredForOwner(actor_id=None, subject_id=owner.id, link_id=link.id, link_token=token))
