"""Saying that nothing more is asked for."""

from app.accounts.models import User
from app.core.clock import now
from app.core.db import unit_of_work
from app.core.errors import InvalidInput
from app.core.events import publish
from app.core.text import clean
from app.needs.events import NeedClosed
from app.needs.models import ClosingReason, Need
from app.needs.rules.states import Verb
from app.needs.services.transitions import enter
from app.needs.services.write import facts, get_for_writing


@unit_of_work
def close_need(*, actor: User, need_id: int, reason: ClosingReason, note: str = "") -> Need:
    """Close what is published; its page stays. Who withdraws a need says why in a note.

    Raises NotFound, Forbidden, WrongState, InvalidInput.
    """
    if reason is ClosingReason.WITHDRAWN and not clean(note):
        raise InvalidInput(("note", "required"))
    need = get_for_writing(actor, need_id)
    enter(need, Verb.CLOSE)
    need.closed_at, need.closing_reason, need.closing_note = now(), reason, clean(note)
    publish(NeedClosed(reason=reason.value, note=need.closing_note, **facts(actor, need)))
    return need
