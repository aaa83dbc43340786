"""What a lab keeps ready for when it has to say no."""

from app.accounts.operator import Actor
from app.booking.events import RefusalRemoved, RefusalSaved
from app.booking.models import DeclineReason, RefusalTemplate
from app.booking.queries.refusals import find_refusal, list_refusals
from app.core.db import unit_of_work
from app.core.errors import Forbidden, InvalidInput, NotFound
from app.core.events import publish
from app.core.text import clean, one_line
from app.extensions import db
from app.inventory.permissions import may_manage_lab
from app.inventory.queries.places import get_lab

MOST_OF_A_LAB = 50
LONGEST_TITLE, LONGEST_TEXT, LAST_POSITION = 100, 2000, 1000


@unit_of_work
def add_refusal(
    *,
    actor: Actor,
    lab_id: int,
    reason_code: DeclineReason,
    title: str,
    text: str,
    position: int | None = None,
) -> RefusalTemplate:
    """Keep an answer ready; without a position, as the last. Raises NotFound, Forbidden, InvalidInput."""
    if not may_manage_lab(actor, get_lab(lab_id).id):
        raise Forbidden
    there = list_refusals([lab_id])
    if len(there) >= MOST_OF_A_LAB:
        raise InvalidInput(("title", "too_many"))
    last = max((one.position for one in there), default=0)
    kept = RefusalTemplate(lab_id=lab_id, position=last + 1 if position is None else position)
    _fill(kept, reason_code, title, text)
    db.session.add(kept)
    return _saved(kept, actor)


@unit_of_work
def change_refusal(
    *,
    actor: Actor,
    refusal_id: int,
    reason_code: DeclineReason | None = None,
    title: str | None = None,
    text: str | None = None,
    position: int | None = None,
) -> RefusalTemplate:
    """Change what is given; what was declined with it stays as it was said. Raises as add_refusal does."""
    kept = _get_managed(actor, refusal_id)
    _fill(
        kept,
        reason_code or kept.reason_code,
        kept.title if title is None else title,
        kept.text if text is None else text,
    )
    if position is not None:
        kept.position = position
    return _saved(kept, actor)


@unit_of_work
def remove_refusal(*, actor: Actor, refusal_id: int) -> None:
    """Offer it no more. Raises NotFound, Forbidden."""
    kept = _get_managed(actor, refusal_id)
    db.session.delete(kept)
    publish(RefusalRemoved(actor_id=actor.id, subject_id=kept.id, lab_id=kept.lab_id, title=kept.title))


def _get_managed(actor: Actor, refusal_id: int) -> RefusalTemplate:
    kept = find_refusal(refusal_id)
    if kept is None:
        raise NotFound
    if not may_manage_lab(actor, kept.lab_id):
        raise Forbidden
    return kept


def _fill(kept: RefusalTemplate, reason_code: DeclineReason, title: str, text: str) -> None:
    title, text = one_line(title), clean(text)
    wrong = []
    if not 0 < len(title) <= LONGEST_TITLE:
        wrong.append(("title", "too-long" if title else "required"))
    if not 0 < len(text) <= LONGEST_TEXT:
        wrong.append(("text", "too-long" if text else "required"))
    if wrong:
        raise InvalidInput(*wrong)
    kept.reason_code, kept.title, kept.text = reason_code, title, text


def _saved(kept: RefusalTemplate, actor: Actor) -> RefusalTemplate:
    db.session.flush()
    publish(
        RefusalSaved(
            actor_id=actor.id,
            subject_id=kept.id,
            lab_id=kept.lab_id,
            reason_code=kept.reason_code.value,
            title=kept.title,
        )
    )
    return kept
