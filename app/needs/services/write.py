"""Writing a need, changing it, and handing it in."""

from collections.abc import Mapping
from datetime import date
from typing import Any, TypedDict, Unpack

from app.accounts.models import User
from app.core.clock import now
from app.core.db import unit_of_work
from app.core.errors import Forbidden, InvalidInput, WrongState
from app.core.events import publish
from app.core.text import clean, one_line
from app.extensions import db
from app.inventory.queries.categories import get_category
from app.inventory.queries.places import get_lab
from app.inventory.services.changes import apply_changes
from app.needs.events import NeedChanged, NeedSubmitted, NeedWritten
from app.needs.models import Need, NeedState
from app.needs.permissions import may_write_need
from app.needs.queries.evidence import has_gap
from app.needs.queries.needs import coverage_of, get_need
from app.needs.rules.states import DRAFTS, Verb
from app.needs.services.transitions import enter

LONGEST_TITLE = 200
LONGEST_TEXT = 5000
MOST = 1000


class Details(TypedDict, total=False):
    """What is said of a need; what is left out stays."""

    title: str
    title_fa: str | None
    justification: str
    specification: str
    quantity: int
    closes_on: date | None


@unit_of_work
def write_need(
    *, actor: User, lab_id: int, category_id: int, from_gap: bool = False, **details: Unpack[Details]
) -> Need:
    """A need that is proposed. Raises NotFound, Forbidden, InvalidInput.

    It counts as proposed `from_gap` only where hours of the category were missed in the lab lately;
    everything else is written by hand, and somebody else has to publish it.
    """
    lab, category = get_lab(lab_id), get_category(category_id)
    if not may_write_need(actor, lab.id):
        raise Forbidden
    values = _cleaned({"title": "", "justification": "", "quantity": 1, **details})
    need = Need(
        lab=lab,
        category=category,
        written_by_id=actor.id,
        from_gap=from_gap and has_gap(category.id, lab.id),
        state=NeedState.PROPOSED,
        created_at=now(),
        **values,
    )
    db.session.add(need)
    db.session.flush()
    publish(NeedWritten(from_gap=need.from_gap, **facts(actor, need)))
    return need


@unit_of_work
def change_need(*, actor: User, need_id: int, **details: Unpack[Details]) -> Need:
    """Change what is given. Once it is published only the quantity, and that only downwards.

    Raises NotFound, Forbidden, WrongState, and InvalidInput: also where more is spoken for already.
    """
    need = get_for_writing(actor, need_id)
    values = _cleaned(details)
    if need.state not in DRAFTS:
        _check_after_publishing(need, values)
    if changes := apply_changes(need, values):
        db.session.flush()
        publish(NeedChanged(changes=changes, **facts(actor, need)))
    return need


@unit_of_work
def submit_need(*, actor: User, need_id: int) -> Need:
    """Hand it in for review. Raises NotFound, Forbidden, WrongState."""
    need = get_for_writing(actor, need_id)
    enter(need, Verb.SUBMIT)
    publish(NeedSubmitted(**facts(actor, need)))
    return need


def get_for_writing(actor: User, need_id: int) -> Need:
    """The need, locked. Raises NotFound and Forbidden."""
    need = get_need(actor, need_id, for_update=True)
    if not may_write_need(actor, need.lab_id):
        raise Forbidden
    return need


def facts(actor: User, need: Need) -> dict[str, Any]:
    """What every event of a need says."""
    return {
        "actor_id": actor.id,
        "subject_id": need.id,
        "lab_id": need.lab_id,
        "title": need.title,
        "state": need.state.value,
    }


def _check_after_publishing(need: Need, values: Mapping[str, Any]) -> None:
    """What was published is what donors read: only less may be asked for, and not less than is given."""
    others = {
        field for field, value in values.items() if field != "quantity" and getattr(need, field) != value
    }
    if others or need.state is not NeedState.PUBLISHED:
        raise WrongState(verb="change", state=need.state.value)
    quantity = values.get("quantity", need.quantity)
    if quantity > need.quantity:
        raise InvalidInput(("quantity", "only_lower"))
    if quantity < coverage_of([need])[need.id].spoken.total:
        raise InvalidInput(("quantity", "spoken_for"))


def _cleaned(details: Mapping[str, Any]) -> dict[str, Any]:
    """The details as they are kept. Raises InvalidInput."""
    values = dict(details)
    for field in ("title", "title_fa"):
        if field in values:
            values[field] = one_line(values[field] or "") or ("" if field == "title" else None)
    for field in ("justification", "specification"):
        if field in values:
            values[field] = clean(values[field] or "")
    if problems := _problems(values):
        raise InvalidInput(*problems)
    return values


def _problems(values: Mapping[str, Any]) -> list[tuple[str, str]]:
    problems = [(field, "required") for field in ("title", "justification") if values.get(field) == ""]
    problems += [
        (field, "too_long")
        for field, longest in (
            ("title", LONGEST_TITLE),
            ("title_fa", LONGEST_TITLE),
            ("justification", LONGEST_TEXT),
            ("specification", LONGEST_TEXT),
        )
        if len(values.get(field) or "") > longest
    ]
    if not 1 <= values.get("quantity", 1) <= MOST:
        problems.append(("quantity", "out_of_range"))
    return problems
