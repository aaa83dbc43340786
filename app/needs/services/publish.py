"""Putting a need before the public, or turning it down."""

from app.accounts.models import User
from app.core.clock import now
from app.core.db import unit_of_work
from app.core.errors import Forbidden, InvalidInput, WrongState
from app.core.events import publish
from app.core.text import clean
from app.extensions import db
from app.needs.errors import FourEyes
from app.needs.events import NeedPublished, NeedRejected
from app.needs.models import Need, NeedEvidence
from app.needs.permissions import may_publish_need, may_review_need
from app.needs.queries.evidence import current_evidence
from app.needs.queries.needs import get_need
from app.needs.rules.states import Verb, after
from app.needs.services.transitions import enter
from app.needs.services.write import facts


@unit_of_work
def publish_need(*, actor: User, need_id: int) -> Need:
    """Make it public, with the evidence as it is now, for good.

    Raises NotFound, Forbidden, FourEyes for who wrote it by hand, WrongState.
    """
    need = _get_for_review(actor, need_id)
    if after(Verb.PUBLISH, need.state) is None:
        raise WrongState(verb=Verb.PUBLISH.value, state=need.state.value)
    evidence = current_evidence(need)
    if not may_publish_need(actor, need, is_computed=evidence.is_computed):
        raise FourEyes
    enter(need, Verb.PUBLISH)
    need.published_at = now()
    db.session.add(NeedEvidence.of(need, evidence, now()))
    db.session.flush()
    db.session.expire(need, ["publications"])
    publish(NeedPublished(evidence=evidence.to_json(), **facts(actor, need)))
    return need


@unit_of_work
def reject_need(*, actor: User, need_id: int, reason: str) -> Need:
    """Turn it down, with a reason that its writer reads.

    Raises NotFound, Forbidden, WrongState, InvalidInput.
    """
    if not clean(reason):
        raise InvalidInput(("reason", "required"))
    need = _get_for_review(actor, need_id)
    enter(need, Verb.REJECT)
    need.rejected_reason = clean(reason)
    publish(NeedRejected(reason=need.rejected_reason, **facts(actor, need)))
    return need


def _get_for_review(actor: User, need_id: int) -> Need:
    need = get_need(actor, need_id, for_update=True)
    if not may_review_need(actor, need):
        raise Forbidden
    return need
