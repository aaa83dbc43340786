"""Somebody who answers for a lab is away, and nobody stands in."""

from datetime import date

from app.accounts.models import User
from app.booking.events import AbsenceEnded, AbsenceNoted
from app.booking.models import Absence
from app.booking.queries.people import list_absences, list_regular_deciders
from app.booking.services.deputies import days_in
from app.core.clock import now
from app.core.db import unit_of_work
from app.core.errors import Forbidden, InvalidInput, NotFound
from app.core.events import publish
from app.extensions import db
from app.inventory.permissions import may_manage_lab
from app.inventory.queries.places import get_lab


@unit_of_work
def note_absence(*, actor: User, lab_id: int, absent_id: int, first_on: date, last_on: date) -> Absence:
    """Let somebody get no letters from the first day to the last; who else answers for the lab does.

    By whoever goes away, and by the lab's managers. What nobody is there to answer goes to the managers
    and the liaison office at once. Raises NotFound, Forbidden, InvalidInput (noted already).
    """
    lab = get_lab(lab_id)
    if actor.id != absent_id and not may_manage_lab(actor, lab_id):
        raise Forbidden
    db.session.get(User, absent_id, with_for_update=True)
    if absent_id not in {person.id for person in list_regular_deciders([lab_id])[lab_id]}:
        raise NotFound
    begins, ends = days_in(lab, first_on, last_on)
    known = [one for one in list_absences([lab_id]) if one.user_id == absent_id]
    if any(one.begins_at < ends and begins < one.ends_at for one in known):
        raise InvalidInput(("first_on", "away_then"))
    absence = Absence(
        user_id=absent_id,
        lab_id=lab_id,
        begins_at=begins,
        ends_at=ends,
        noted_by_id=actor.id,
        noted_at=now(),
    )
    db.session.add(absence)
    db.session.flush()
    publish(
        AbsenceNoted(
            actor_id=actor.id,
            subject_id=absence.id,
            lab_id=lab_id,
            absent_id=absent_id,
            begins_at=begins,
            ends_at=ends,
        )
    )
    return absence


@unit_of_work
def end_absence(*, actor: User, absence_id: int) -> None:
    """They are back. Raises NotFound and Forbidden."""
    absence = db.session.get(Absence, absence_id)
    if absence is None:
        raise NotFound
    if actor.id != absence.user_id and not may_manage_lab(actor, absence.lab_id):
        raise Forbidden
    lab_id, absent_id = absence.lab_id, absence.user_id
    db.session.delete(absence)
    db.session.flush()
    publish(AbsenceEnded(actor_id=actor.id, subject_id=absence_id, lab_id=lab_id, absent_id=absent_id))
