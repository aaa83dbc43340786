"""Record what was signed."""

from datetime import date

from app.accounts.models import Organisation
from app.accounts.operator import Actor
from app.agreements.events import AgreementRecorded
from app.agreements.models import Agreement, AgreementKind
from app.agreements.permissions import may_keep_agreements
from app.core.clock import now
from app.core.db import unit_of_work
from app.core.errors import Forbidden, InvalidInput, NotFound
from app.core.events import publish
from app.core.text import one_line
from app.extensions import db

LONGEST_NUMBER, LONGEST_NOTE = 60, 500


@unit_of_work
def record_agreement(
    *,
    actor: Actor,
    organisation_id: int,
    kind: AgreementKind,
    number: str,
    signed_on: date,
    valid_from: date,
    valid_until: date | None = None,
    note: str = "",
) -> Agreement:
    """A letter that both sides have signed. Raises Forbidden, NotFound, InvalidInput."""
    if not may_keep_agreements(actor):
        raise Forbidden
    return write_agreement(
        actor=actor,
        organisation_id=organisation_id,
        kind=kind,
        number=number,
        signed_on=signed_on,
        valid_from=valid_from,
        valid_until=valid_until,
        note=note,
    )


def write_agreement(
    *,
    actor: Actor,
    organisation_id: int,
    kind: AgreementKind,
    number: str,
    signed_on: date,
    valid_from: date,
    valid_until: date | None = None,
    note: str = "",
) -> Agreement:
    """The same for a service that has asked who may do it. Raises NotFound, InvalidInput."""
    if db.session.get(Organisation, organisation_id) is None:
        raise NotFound
    number, note = one_line(number), one_line(note)
    problems = [("number", "required")] if not number else []
    if len(number) > LONGEST_NUMBER:
        problems.append(("number", "too-long"))
    if len(note) > LONGEST_NOTE:
        problems.append(("note", "too-long"))
    if valid_until is not None and valid_until < valid_from:
        problems.append(("valid_until", "ends-before-it-starts"))
    if problems:
        raise InvalidInput(*problems)
    agreement = Agreement(
        organisation_id=organisation_id,
        kind=kind,
        number=number,
        signed_on=signed_on,
        valid_from=valid_from,
        valid_until=valid_until,
        note=note,
        created_at=now(),
    )
    db.session.add(agreement)
    db.session.flush()
    publish(
        AgreementRecorded(
            actor_id=actor.id,
            subject_id=agreement.id,
            organisation_id=organisation_id,
            kind=kind,
            number=number,
            valid_from=valid_from,
            valid_until=valid_until,
        )
    )
    return agreement
