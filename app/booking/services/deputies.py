"""Somebody stands in for who answers for a lab and is away: for those days, in that lab, and no longer."""

from datetime import date, datetime, timedelta

from app.accounts.models import Role, RoleGrant, User
from app.accounts.queries import find_user_by_email
from app.booking.events import DeputyEnded, DeputyNamed
from app.booking.permissions import is_of_the_university
from app.booking.queries.people import find_grant_in, list_deputies, list_regular_deciders
from app.core.clock import now
from app.core.db import unit_of_work
from app.core.errors import Forbidden, InvalidInput, NotFound
from app.core.events import publish
from app.core.text import one_line
from app.core.zones import start_of
from app.extensions import db
from app.inventory.models import Lab
from app.inventory.permissions import may_manage_lab
from app.inventory.queries.places import get_lab

LONGEST = timedelta(days=366)


@unit_of_work
def name_deputy(
    *, actor: User, lab_id: int, absent_id: int, email: str, first_on: date, last_on: date
) -> RoleGrant:
    """Let the owner of the address answer in place of who is away, from the first day to the last.

    By whoever goes away, and by the lab's managers. Meanwhile letters go to the deputy. Raises NotFound,
    Forbidden, InvalidInput (nobody of the university, decides already, is away, two at once).
    """
    lab = get_lab(lab_id)
    if actor.id != absent_id and not may_manage_lab(actor, lab_id):
        raise Forbidden
    # Two who name somebody for the same days at once wait for each other.
    db.session.get(User, absent_id, with_for_update=True)
    if absent_id not in {person.id for person in list_regular_deciders([lab_id])[lab_id]}:
        raise NotFound
    begins, ends = days_in(lab, first_on, last_on)
    deputy = _deputy(actor, lab, absent_id, email)
    if any(_meets(one, absent_id, begins, ends) for one in list_deputies([lab_id])):
        raise InvalidInput(("first_on", "deputised_then"))
    earlier = [one for one in find_grant_in(lab_id, deputy.id) if one.deputy_for_id is not None]
    grant = earlier[0] if earlier else RoleGrant(user_id=deputy.id, role=Role.APPROVER, lab_id=lab_id)
    grant.granted_by_id, grant.granted_at = actor.id, now()
    grant.valid_from, grant.valid_until, grant.deputy_for_id = begins, ends, absent_id
    db.session.add(grant)
    db.session.flush()
    db.session.expire(deputy, ["every_grant"])
    publish(
        DeputyNamed(
            actor_id=actor.id,
            subject_id=grant.id,
            lab_id=lab_id,
            deputy_id=deputy.id,
            absent_id=absent_id,
            begins_at=begins,
            ends_at=ends,
        )
    )
    return grant


@unit_of_work
def end_deputy(*, actor: User, grant_id: int) -> None:
    """Who was away is back. Raises NotFound and Forbidden."""
    grant = db.session.get(RoleGrant, grant_id)
    if grant is None or grant.deputy_for_id is None or grant.lab_id is None:
        raise NotFound
    if actor.id not in (grant.deputy_for_id, grant.user_id) and not may_manage_lab(actor, grant.lab_id):
        raise Forbidden
    deputy, lab_id = grant.user, grant.lab_id
    db.session.delete(grant)
    db.session.flush()
    db.session.expire(deputy, ["every_grant"])
    publish(DeputyEnded(actor_id=actor.id, subject_id=grant_id, lab_id=lab_id, deputy_id=deputy.id))


def _meets(one: RoleGrant, absent_id: int, begins: datetime, ends: datetime) -> bool:
    """Whether somebody stands in for the same person at the same time."""
    return (
        one.deputy_for_id == absent_id
        and one.valid_from is not None
        and one.valid_until is not None
        and one.valid_from < ends
        and one.valid_until > begins
    )


def days_in(lab: Lab, first_on: date, last_on: date) -> tuple[datetime, datetime]:
    """When these days begin and are over in the lab. Raises InvalidInput."""
    if last_on < first_on:
        raise InvalidInput(("last_on", "before_first"))
    if last_on - first_on > LONGEST:
        raise InvalidInput(("last_on", "term_too_long"))
    ends = start_of(last_on + timedelta(days=1), lab.site.zone)
    if ends <= now():
        raise InvalidInput(("last_on", "past"))
    return start_of(first_on, lab.site.zone), ends


def _deputy(actor: User, lab: Lab, absent_id: int, email: str) -> User:
    found = find_user_by_email(one_line(email).lower())
    if found is None or not found.is_active or not is_of_the_university(found):
        raise InvalidInput(("email", "not_of_the_university"))
    if not found.grants and not may_manage_lab(actor, lab.id):
        raise InvalidInput(("email", "not_of_the_staff"))
    if found.id == absent_id:
        raise InvalidInput(("email", "the_same_person"))
    others = find_grant_in(lab.id, found.id)
    if any(one.deputy_for_id is None for one in others):
        raise InvalidInput(("email", "decides_already"))
    if any(one.valid_until is not None and one.valid_until > now() for one in others):
        raise InvalidInput(("email", "deputises_already"))
    return found
