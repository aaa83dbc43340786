"""Papers of organisations: looked at by the office, and valid until a day."""

from datetime import date

from app.accounts.models import Organisation
from app.accounts.operator import Actor
from app.agreements.events import PaperChecked
from app.agreements.models import Paper, PaperKind
from app.agreements.permissions import may_check_papers
from app.agreements.services.record import LONGEST_NOTE
from app.core.clock import now
from app.core.db import unit_of_work
from app.core.errors import Forbidden, InvalidInput, NotFound
from app.core.events import publish
from app.core.text import one_line
from app.extensions import db


@unit_of_work
def check_paper(
    *,
    actor: Actor,
    organisation_id: int,
    kind: PaperKind,
    valid_from: date,
    valid_until: date | None = None,
    note: str = "",
) -> Paper:
    """Somebody of the office has seen the paper. Raises Forbidden, NotFound, InvalidInput."""
    if not may_check_papers(actor):
        raise Forbidden
    if db.session.get(Organisation, organisation_id) is None:
        raise NotFound
    note, wrong = one_line(note), []
    if len(note) > LONGEST_NOTE:
        wrong.append(("note", "too-long"))
    if valid_until is not None and valid_until < valid_from:
        wrong.append(("valid_until", "ends-before-it-starts"))
    if wrong:
        raise InvalidInput(*wrong)
    paper = Paper(
        organisation_id=organisation_id,
        kind=kind,
        valid_from=valid_from,
        valid_until=valid_until,
        note=note,
        checked_by_id=actor.id,
        checked_at=now(),
    )
    db.session.add(paper)
    db.session.flush()
    publish(
        PaperChecked(
            actor_id=actor.id,
            subject_id=paper.id,
            organisation_id=organisation_id,
            kind=kind.value,
            valid_from=valid_from,
            valid_until=valid_until,
        )
    )
    return paper
