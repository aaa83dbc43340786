"""What a refusal says about demand: which of the things wanted was missing, and why."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

from app.accounts.models import User
from app.booking.errors import StillFree
from app.booking.models import Occurrence
from app.booking.permissions import is_of_the_university
from app.booking.rules.lacking import why_none
from app.booking.services.evaluate import Evaluation
from app.booking.services.free import Free, list_free
from app.booking.services.wishes import wanted_of
from app.booking.verdicts import Code, Verdict
from app.core.clock import now
from app.core.db import unit_of_work
from app.core.errors import InvalidInput
from app.core.spans import Span
from app.demand.models import MissReason
from app.demand.rules.wishes import Wanted
from app.demand.services import forget, remember, report_miss
from app.extensions import db
from app.inventory.models import Equipment


@unit_of_work
def remember_refusals(user_id: int, organisation_id: int, found: Iterable[Evaluation]) -> None:
    """Remember what was refused of these, each date for itself."""
    for one in found:
        if not one.allowed:
            remember_refusal(user_id, organisation_id, one)


def remember_refusal(user_id: int, organisation_id: int, found: Evaluation) -> None:
    """Remember what the evaluation refused: the first rule that blocked, or the time that was taken."""
    reason, code, equipment_id = _why(found)
    for want in found.wish.wants:
        if equipment_id is None or want.equipment_id == equipment_id:
            remember(
                user_id=user_id,
                organisation_id=organisation_id,
                wanted=_wanted(want.equipment_id, want.quantity, found.wish.span),
                reason=reason,
                verdict_code=code,
            )


def remember_declined(date: Occurrence) -> None:
    """The lab had no time for it."""
    for item in date.items:
        remember(
            user_id=date.booking.requester_id,
            organisation_id=date.booking.organisation_id,
            wanted=_wanted(item.equipment_id, item.quantity, date.span),
            reason=MissReason.DECLINED,
        )


def forget_declined(dates: Collection[Occurrence], *, since: datetime) -> None:
    """The lab had time after all: what `remember_declined` has kept of these since then is no miss."""
    for date in dates:
        for item in date.items:
            forget(
                organisation_id=date.booking.organisation_id,
                wanted=_wanted(item.equipment_id, item.quantity, date.span),
                reason=MissReason.DECLINED,
                since=since,
            )


def remember_displaced(date: Occurrence, span: Span, equipment_ids: Collection[int]) -> None:
    """What it had on these then fails: its hours were wanted, and could not be had."""
    for item in date.items:
        if item.equipment_id in equipment_ids:
            remember(
                user_id=date.booking.requester_id,
                organisation_id=date.booking.organisation_id,
                wanted=_wanted(item.equipment_id, item.quantity, span),
                reason=MissReason.OUT_OF_SERVICE,
            )


def remember_search(*, actor: User, searched: Wanted, found: Sequence[Free]) -> bool:
    """Remember that a search found no time at all. True when it counts and is new.

    One has to have looked for something in particular, in the name of the one organisation one
    belongs to: otherwise nobody could say later whose need it was, or for what.
    """
    particular = searched.equipment_id or searched.category_id or searched.query
    if not particular or len(actor.organisation_ids()) != 1 or any(one.spans for one in found):
        return False
    return report_miss(actor=actor, wanted=searched, reason=_why_no_time(searched, found))


def report_too_late(
    *,
    actor: User,
    wanted: Wanted,
    equipment: Sequence[Equipment],
    organisation_id: int | None = None,
    note: str = "",
) -> bool:
    """Remember that what was found comes too late: it is needed by the end of the window.

    `equipment` (with its place loaded) is all that was looked at. True when it counts and is new. Raises
    InvalidInput when that day is past or the length does not fit before it, StillFree when there is time
    in the window after all (nobody shall call a lack what can be booked), and what report_miss raises.
    """
    needed_by, begins = wanted.window.end, max(now(), wanted.window.start)
    if needed_by <= now():
        raise InvalidInput(("to", "past"))
    length = timedelta(minutes=wanted.minutes)
    if needed_by - begins < length:
        raise InvalidInput(("to", "too_soon"))
    free = list_free(
        equipment=equipment,
        window=wanted.window,
        minutes=wanted.minutes,
        quantity=wanted.quantity,
        spans=1,
        is_internal=is_of_the_university(actor),
    )
    fitting = min((one for one in free if one.spans), key=lambda one: one.spans[0].start, default=None)
    if fitting is not None:
        start = fitting.spans[0].start
        raise StillFree(fitting.equipment.id, Span(start, start + length))
    return report_miss(
        actor=actor,
        wanted=wanted,
        reason=MissReason.TOO_LATE,
        organisation_id=organisation_id,
        note=note,
    )


def _why_no_time(searched: Wanted, found: Sequence[Free]) -> MissReason:
    """Whether others have the time, or a rule leaves none on an empty calendar either."""
    codes = [why.code if (why := _why_none(one, searched)) else None for one in found]
    if codes and all(code is Code.OUT_OF_SERVICE for code in codes):
        return MissReason.OUT_OF_SERVICE
    if not codes or any(code in (None, Code.TOO_MANY_WANTED) for code in codes):
        return MissReason.NONE_FREE
    return MissReason.REFUSED_BY_RULE


def _why_none(one: Free, searched: Wanted) -> Verdict | None:
    return why_none(
        one.things,
        window=searched.window,
        quantity=searched.quantity,
        minutes=searched.minutes,
        asked_at=now(),
    )


def _why(found: Evaluation) -> tuple[MissReason, str | None, int | None]:
    if not found.blocks:
        first = found.conflicts[0]
        outage = first.kind in ("outage", "closure", "maintenance")
        return (
            (MissReason.OUT_OF_SERVICE if outage else MissReason.NONE_FREE),
            None,
            first.equipment_id,
        )
    rule = found.blocks[0]
    if rule.code is Code.OUT_OF_SERVICE:
        return MissReason.OUT_OF_SERVICE, rule.code.value, rule.equipment_id
    if rule.code in (Code.TOO_MANY_WANTED, Code.NO_SINGLE_UNIT):
        return MissReason.NONE_FREE, rule.code.value, rule.equipment_id
    return MissReason.REFUSED_BY_RULE, rule.code.value, rule.equipment_id


def _wanted(equipment_id: int, quantity: int, span: Span) -> Wanted:
    equipment = db.session.get_one(Equipment, equipment_id)
    return wanted_of(minutes=span.minutes, quantity=quantity, window=span, equipment=equipment)
