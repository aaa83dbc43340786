"""What a lab asks of those who come: to be authorised, to have an agreement and papers, not to ask too much.

One function a rule, as in checks.py; here a lab that asks for nothing gets no verdict at all.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from app.booking.rules.days import Days
from app.booking.rules.facts import Things, Wish
from app.booking.verdicts import Code, Verdict, block, met
from app.inventory.rules.states import Mode

WARNINGS = (7, 30)
"""Days before the end of an authorisation at which its owner is told, the last one first."""


def few_open_here(_wish: Wish, thing: Things) -> Verdict | None:
    most, waiting = thing.rules.max_open_requests, thing.standing.open_requests
    if most is None or waiting is None:
        return None
    if waiting >= most:
        return block(Code.TOO_MANY_OPEN, thing.equipment_id, limit=most, in_lab=True)
    return met(Code.TOO_MANY_OPEN, thing.equipment_id)


def authorised(wish: Wish, thing: Things) -> Verdict | None:
    if not thing.rules.needs_authorisation or wish.mode != Mode.SELF:
        return None
    if _are_in_force(thing.standing.permits, wish, thing):
        return met(Code.NOT_AUTHORISED, thing.equipment_id)
    return block(
        Code.NOT_AUTHORISED,
        thing.equipment_id,
        ended=_ended(thing.standing.permits),
        phone=thing.standing.phone,
        next_training=thing.standing.next_training,
    )


def agreed(wish: Wish, thing: Things) -> Verdict | None:
    if not thing.rules.needs_agreement:
        return None
    if _are_in_force(thing.standing.agreements, wish, thing):
        return met(Code.NO_AGREEMENT, thing.equipment_id)
    return block(Code.NO_AGREEMENT, thing.equipment_id, ended=_ended(thing.standing.agreements))


def papers_valid(wish: Wish, thing: Things) -> Verdict | None:
    if not thing.rules.needs_papers:
        return None
    known = thing.standing.papers
    lacking = [
        (kind, _ended(known.get(kind, ())))
        for kind in thing.rules.needs_papers
        if not _are_in_force(known.get(kind, ()), wish, thing)
    ]
    if lacking:
        return block(Code.PAPERWORK_MISSING, thing.equipment_id, lacking=lacking)
    return met(Code.PAPERWORK_MISSING, thing.equipment_id)


OF_STANDING: tuple[Callable[[Wish, Things], Verdict | None], ...] = (
    authorised,
    agreed,
    papers_valid,
    few_open_here,
)


def of_standing(wish: Wish, thing: Things) -> list[Verdict]:
    """What there is to say of who asks; nothing of what the lab does not ask for."""
    return [verdict for rule in OF_STANDING if (verdict := rule(wish, thing)) is not None]


def _are_in_force(spans: Sequence[Days], wish: Wish, thing: Things) -> bool:
    """Whether one of them covers every local day of the booking."""
    zone = thing.week.zone
    first = wish.span.start.astimezone(zone).date()
    last = (wish.span.end - timedelta(microseconds=1)).astimezone(zone).date()
    return any(days.hold(first, last) for days in spans)


def _ended(spans: Sequence[Days]) -> date | None:
    """The last day of the one that lasts longest; None where there is none, or none that ends."""
    return max((days.last for days in spans if days.last is not None), default=None)


def warning_due(today: date, until: date | None, warned_days: int | None) -> int | None:
    """How many days before the end of an authorisation a person is to be told now; None: not now.

    `warned_days`: how many days before it they were told last. One that is over is nobody's news.
    """
    if until is None or until < today:
        return None
    due = next((days for days in WARNINGS if (until - today).days <= days), None)
    return due if due is not None and (warned_days is None or due < warned_days) else None
