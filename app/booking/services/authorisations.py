"""A lab's word that somebody knows how: given, and taken back."""

from datetime import date

from app.accounts.models import User
from app.accounts.queries import find_user_by_email
from app.booking.events import AuthorisationWithdrawn, PersonAuthorised
from app.booking.models import Authorisation
from app.booking.permissions import may_authorise_in
from app.core.clock import now
from app.core.db import unit_of_work
from app.core.errors import Forbidden, InvalidInput, NotFound, WrongState
from app.core.events import publish
from app.core.text import one_line
from app.extensions import db
from app.inventory.models import Category, Equipment
from app.inventory.queries.places import get_lab

LONGEST_NOTE = 500


@unit_of_work
def authorise(
    *,
    actor: User,
    lab_id: int,
    email: str,
    valid_from: date,
    valid_until: date | None = None,
    equipment_id: int | None = None,
    category_id: int | None = None,
    note: str = "",
) -> Authorisation:
    """Let the person with this address work alone in the lab: with one equipment, a category, or all of it.

    Raises Forbidden, NotFound, InvalidInput (also for an address that is nobody's).
    """
    if not may_authorise_in(actor, get_lab(lab_id).id):
        raise Forbidden
    _look_up(lab_id, equipment_id, category_id)
    user, note = find_user_by_email(one_line(email).lower()), one_line(note)
    wrong = []
    if user is None or not user.is_active:
        wrong.append(("email", "nobody"))
    if valid_until is not None and valid_until < valid_from:
        wrong.append(("valid_until", "ends-before-it-starts"))
    if equipment_id is not None and category_id is not None:
        wrong.append(("category", "one_of_both"))
    if len(note) > LONGEST_NOTE:
        wrong.append(("note", "too-long"))
    if wrong or user is None:
        raise InvalidInput(*wrong)
    given = Authorisation(
        user_id=user.id,
        lab_id=lab_id,
        equipment_id=equipment_id,
        category_id=category_id,
        valid_from=valid_from,
        valid_until=valid_until,
        note=note,
        granted_at=now(),
        granted_by_id=actor.id,
    )
    db.session.add(given)
    db.session.flush()
    _tell(given, actor)
    return given


def _tell(given: Authorisation, actor: User) -> None:
    publish(
        PersonAuthorised(
            actor_id=actor.id,
            subject_id=given.id,
            lab_id=given.lab_id,
            user_id=given.user_id,
            equipment_id=given.equipment_id,
            category_id=given.category_id,
            valid_from=given.valid_from,
            valid_until=given.valid_until,
        )
    )


@unit_of_work
def withdraw_authorisation(*, actor: User, authorisation_id: int) -> None:
    """It holds no more; what the person has booked stays booked.

    Raises NotFound, also to who is not of the lab's staff, and WrongState when it is withdrawn already.
    """
    given = db.session.get(Authorisation, authorisation_id)
    if given is None or not may_authorise_in(actor, given.lab_id):
        raise NotFound
    if given.withdrawn_at is not None:
        raise WrongState(verb="withdraw", state="withdrawn")
    given.withdrawn_at, given.withdrawn_by_id = now(), actor.id
    publish(
        AuthorisationWithdrawn(
            actor_id=actor.id, subject_id=given.id, lab_id=given.lab_id, user_id=given.user_id
        )
    )


def _look_up(lab_id: int, equipment_id: int | None, category_id: int | None) -> None:
    if equipment_id is not None:
        equipment = db.session.get(Equipment, equipment_id)
        if equipment is None or equipment.lab_id != lab_id:
            raise NotFound
    if category_id is not None and db.session.get(Category, category_id) is None:
        raise NotFound
