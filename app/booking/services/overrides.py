"""Setting a rule aside: the lab's staff may, with a reason that is kept and reported."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from app.accounts.models import User
from app.booking.events import RulesOverridden
from app.booking.models import Occurrence, Override
from app.booking.permissions import may_override
from app.booking.queries.overrides import overridden_in
from app.booking.services.evaluate import Evaluation
from app.booking.services.transitions import happened, tell_all
from app.booking.verdicts import Severity, Verdict
from app.core.clock import now
from app.core.errors import Forbidden, InvalidInput
from app.core.text import clean
from app.extensions import db

LONGEST_REASON = 2000


def overruled(found: Evaluation, actor: User, reason: str | None) -> tuple[Evaluation, tuple[Verdict, ...]]:
    """The evaluation with what this person's word sets aside, and what that is; None as reason: nothing.

    What nobody may set aside stays, and so do others' bookings. Raises Forbidden to whoever is not of the
    staff of every lab asked, and InvalidInput without a reason.
    """
    if reason is None:
        return found, ()
    if not may_override(actor, {thing.lab_id for thing in found.things.values()}):
        raise Forbidden
    if not clean(reason):
        raise InvalidInput(("override", "required"))
    if len(reason) > LONGEST_REASON:
        raise InvalidInput(("override", "too-long"))
    aside = tuple(verdict for verdict in found.blocks if verdict.overridable)
    return _without(found, aside), aside


def with_earlier_overrides(
    found: Sequence[Evaluation], dates: Sequence[Occurrence]
) -> tuple[Evaluation, ...]:
    """The evaluations with what staff have set aside for these dates since their time was asked for."""
    if not any(one.blocks for one in found):
        return tuple(found)
    known = overridden_in([date.id for date in dates if date.id is not None])
    return tuple(
        _without(
            one,
            [
                verdict
                for verdict in one.blocks
                if (at := known.get((date.id, verdict.code.value, verdict.equipment_id))) is not None
                and at >= date.requested_at
            ],
        )
        for one, date in zip(found, dates, strict=True)
    )


def keep_overrides(date: Occurrence, aside: Collection[Verdict], actor: User, reason: str | None) -> None:
    """Write down which rules did not hold for the date, and why that was right."""
    if not aside:
        return
    db.session.add_all(
        Override(
            occurrence_id=date.id,
            code=verdict.code.value,
            equipment_id=verdict.equipment_id,
            reason=clean(reason or ""),
            by_id=actor.id,
            at=now(),
        )
        for verdict in aside
    )
    codes = tuple(dict.fromkeys(verdict.code.value for verdict in aside))
    tell_all([happened(RulesOverridden, date, actor, codes=codes, reason=clean(reason or ""))])


def _without(found: Evaluation, aside: Collection[Verdict]) -> Evaluation:
    checklist = tuple(
        replace(verdict, severity=Severity.WARNING) if verdict in aside else verdict
        for verdict in found.checklist
    )
    return replace(found, checklist=checklist)
