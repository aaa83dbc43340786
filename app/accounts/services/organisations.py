"""Organisations: entered by staff, verified by the liaison office, corrected."""

from collections.abc import Mapping

from app.accounts import queries
from app.accounts.events import OrganisationChanged, OrganisationEntered, OrganisationVerified
from app.accounts.models import Organisation, OrganisationKind, User, UserClass
from app.accounts.operator import Actor
from app.accounts.permissions import may_administer, may_enter_organisation, may_look_after_organisations
from app.accounts.rules.addresses import normalised_email
from app.accounts.rules.names import cleaned_name
from app.core.clock import now
from app.core.db import unit_of_work
from app.core.errors import Forbidden, InvalidInput, NotFound, WrongState
from app.core.events import publish
from app.core.text import fold, one_line
from app.extensions import db


@unit_of_work
def enter_organisation(
    *,
    actor: Actor,
    name: str,
    name_fa: str | None = None,
    contact_email: str | None = None,
    kind: OrganisationKind = OrganisationKind.COMPANY,
) -> Organisation:
    """A company without account: the one that staff entered under this name before, or a new one.

    Never one that has an account: whoever registers under the same name sees nothing of what is booked
    for this one, until the liaison office has merged the two. Raises Forbidden and InvalidInput.
    """
    if not may_enter_organisation(actor):
        raise Forbidden
    name, name_fa = _name("name", name), _name("name_fa", name_fa) if name_fa else None
    known = queries.find_unclaimed_organisation(name)
    if known is not None:
        return known
    organisation = Organisation(
        name=name,
        name_fa=name_fa,
        folded_name=folded_name(name, name_fa),
        kind=kind,
        user_class=UserClass.INDUSTRY,
        contact_email=_email(contact_email),
        entered_by_id=actor.id,
        created_at=now(),
    )
    db.session.add(organisation)
    db.session.flush()
    publish(OrganisationEntered(actor_id=actor.id, subject_id=organisation.id))
    return organisation


@unit_of_work
def verify_organisation(*, actor: User, organisation_id: int) -> Organisation:
    """The liaison office vouches for it; also from inside an approval. Verified twice is verified once.

    Raises NotFound, Forbidden, and WrongState for one that is closed.
    """
    organisation = get_organisation_for(actor, organisation_id)
    if not may_look_after_organisations(actor):
        raise Forbidden
    if organisation.closed_at is not None:
        raise WrongState
    if organisation.verified_at is None:
        organisation.verified_at = now()
        publish(OrganisationVerified(actor_id=actor.id, subject_id=organisation.id))
    return organisation


@unit_of_work
def correct_organisation(
    *,
    actor: User,
    organisation_id: int,
    name: str,
    name_fa: str | None,
    kind: OrganisationKind,
    user_class: UserClass,
    registration_number: str | None,
) -> None:
    """Say who it is: the liaison office only, for that is what verifying vouches for."""
    organisation = get_organisation_for(actor, organisation_id)
    if not may_look_after_organisations(actor):
        raise Forbidden
    name, name_fa = _name("name", name), _name("name_fa", name_fa) if name_fa else None
    new = {
        "name": name,
        "name_fa": name_fa,
        "folded_name": folded_name(name, name_fa),
        "kind": kind,
        "user_class": user_class,
        "registration_number": one_line(registration_number or "")[:40] or None,
    }
    _change(actor, organisation, new)


@unit_of_work
def change_contact(
    *, actor: User, organisation_id: int, contact_email: str | None, phone: str | None
) -> None:
    """Say how it is reached: its own admins, and the liaison office."""
    organisation = get_organisation_for(actor, organisation_id)
    if not may_administer(actor, organisation):
        raise Forbidden
    new = {"contact_email": _email(contact_email), "phone": one_line(phone or "")[:40] or None}
    _change(actor, organisation, new)


def get_organisation_for(actor: User, organisation_id: int) -> Organisation:
    """The organisation; NotFound also when it is not the actor's to see."""
    organisation = queries.find_organisation(actor, organisation_id)
    if organisation is None:
        raise NotFound
    return organisation


def folded_name(name: str, name_fa: str | None) -> str:
    """Both names under which it is found."""
    return f"{fold(name)} {fold(name_fa or '')}".strip()


def _change(actor: User, organisation: Organisation, new: Mapping[str, object]) -> None:
    changed = tuple(field for field, value in new.items() if getattr(organisation, field) != value)
    for field in changed:
        setattr(organisation, field, new[field])
    if changed:
        publish(OrganisationChanged(actor_id=actor.id, subject_id=organisation.id, fields=changed))


def _name(field: str, text: str) -> str:
    try:
        return cleaned_name(text)
    except ValueError as error:
        raise InvalidInput((field, "no_name")) from error


def _email(text: str | None) -> str | None:
    try:
        return normalised_email(text) if text else None
    except ValueError as error:
        raise InvalidInput(("contact_email", "no_address")) from error
