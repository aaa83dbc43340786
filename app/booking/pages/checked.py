"""The answer to "could I have this then?": a checklist in words, and what would do instead."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from app.booking.pages.waiting import to_wait_for
from app.booking.queries.things import list_equipment_with_place
from app.booking.rules.facts import Want
from app.booking.services.evaluate import Evaluation
from app.booking.services.free import Alternative, alternatives_to
from app.booking.verdicts import Code, Severity, Verdict
from app.booking.wording import TAKEN_BY, worded
from app.core.i18n import localized
from app.core.spans import Span
from app.core.text import isolated
from app.inventory.models import Equipment
from app.occupancy.errors import Conflict
from app.occupancy.models import ClaimKind
from app.web.fields import WallClock
from app.web.formats import hours_text, number_text

ANOTHER_TIME_HELPS = frozenset(
    {
        Code.OUTSIDE_HOURS,
        Code.CLOSED_DAY,
        Code.TOO_SOON,
        Code.TOO_FAR,
        Code.OFF_GRID,
        Code.IN_THE_PAST,
        Code.OUT_OF_SERVICE,
        Code.NO_SINGLE_UNIT,
    }
)


@dataclass(frozen=True)
class Finding:
    """A line of the checklist."""

    severity: Severity
    text: str
    remedy: str | None = None


@dataclass(frozen=True)
class Way:
    """Something else that would be free: what is to be filled in to ask for it."""

    equipment: Sequence[Equipment]
    span: Span
    fill_in: str
    """As a query of the request page."""


@dataclass(frozen=True)
class Checked:
    """What was found out about a wish, for a page."""

    span: Span
    allowed: bool
    needs_approval: bool
    is_taken: bool
    is_overridable: bool
    """Whether nothing is in the way but rules that staff may set aside."""
    findings: Sequence[Finding]
    other_times: Sequence[Way] = ()
    other_equipment: Sequence[Way] = ()
    wait_for: str | None = None
    """The query that opens the waitlist for it, where others have the time of one thing."""

    @property
    def met(self) -> list[Finding]:
        """What is simply in order."""
        return [finding for finding in self.findings if finding.severity is Severity.MET]

    @property
    def notable(self) -> list[Finding]:
        """What one should know."""
        return [finding for finding in self.findings if finding.severity is not Severity.MET]


@dataclass(frozen=True)
class CheckedDate:
    """What was found out about one date of a series."""

    span: Span
    is_wanted: bool
    allowed: bool
    needs_approval: bool
    why_not: Sequence[Finding]
    is_overridable: bool = False
    """As of one date."""


def checked_date(found: Evaluation, *, is_wanted: bool = True) -> CheckedDate:
    """The evaluation of one of several dates: only what stands in its way is said."""
    said = [one for one in findings_of(found) if one.severity is Severity.BLOCK]
    return CheckedDate(
        found.wish.span, is_wanted, found.allowed, found.needs_approval, said, _is_overridable(found)
    )


def checked(found: Evaluation, *, instead: bool = True) -> Checked:
    """The evaluation in words; with `instead`, a refusal that another time would lift has ways out."""
    ways = _ways(found) if instead and _may_go_otherwise(found) else []
    times = [way for way in ways if way.span != found.wish.span]
    return Checked(
        span=found.wish.span,
        allowed=found.allowed,
        needs_approval=found.needs_approval,
        is_taken=bool(found.conflicts) and not found.blocks,
        is_overridable=_is_overridable(found),
        findings=findings_of(found),
        other_times=times,
        other_equipment=[way for way in ways if way not in times],
        wait_for=_wait_for(found) if instead else None,
    )


def _is_overridable(found: Evaluation) -> bool:
    return bool(found.blocks) and not found.conflicts and all(one.overridable for one in found.blocks)


def _wait_for(found: Evaluation) -> str | None:
    wish = found.wish
    if found.blocks or not found.conflicts or len(wish.asked) != 1:
        return None
    (want,), zone = wish.asked, found.equipment[0].lab.site.zone
    asked: dict[str, Any] = {"minutes": wish.span.minutes, "quantity": want.quantity}
    return to_wait_for(window=wish.span, zone=zone, equipment_id=want.equipment_id, **asked)


def refused_by(verdicts: Iterable[Verdict], zone: ZoneInfo) -> list[Finding]:
    """The verdicts of a refusal as lines of a checklist, times in the zone."""
    words = (worded(verdict, zone) for verdict in verdicts)
    return [Finding(one.severity, one.text, one.remedy) for one in words]


def findings_of(found: Evaluation) -> list[Finding]:
    """The checklist: what is met once for all equipment, the rest by its name where there are several."""
    by_id = {one.id: one for one in found.equipment}
    return [
        *_met(found.checklist, found.equipment[0].lab.site.zone),
        *(_said(verdict, by_id) for verdict in found.verdicts),
        *_free(found, by_id),
    ]


def _met(checklist: Sequence[Verdict], zone: ZoneInfo) -> Iterable[Finding]:
    trouble = {verdict.code for verdict in checklist if verdict.severity is not Severity.MET}
    fine = dict.fromkeys(v.code for v in checklist if v.severity is Severity.MET and v.code not in trouble)
    for code in fine:
        verdict = next(v for v in checklist if v.code == code)
        yield Finding(Severity.MET, worded(verdict, zone).text)


def _said(verdict: Verdict, by_id: dict[int, Equipment]) -> Finding:
    thing = by_id.get(verdict.equipment_id or 0)
    zone = (thing or next(iter(by_id.values()))).lab.site.zone
    words = worded(verdict, zone)
    return Finding(words.severity, _about(thing, words.text, by_id), words.remedy)


def _free(found: Evaluation, by_id: dict[int, Equipment]) -> Iterable[Finding]:
    if not found.conflicts:
        buffers = any(t.rules.setup_minutes or t.rules.cleanup_minutes for t in found.things.values())
        yield Finding(
            Severity.MET, _("Free, with set-up and clean-up.") if buffers else _("Free at this time.")
        )
    for equipment_id, conflicts in groupby(found.conflicts, key=lambda conflict: conflict.equipment_id):
        thing = by_id[equipment_id]
        for conflict in conflicts:
            text = _taken(conflict, found.things[equipment_id].capacity, thing.lab.site.zone)
            yield Finding(Severity.BLOCK, _about(thing, text, by_id))


def _taken(conflict: Conflict, capacity: int, zone: ZoneInfo) -> str:
    what, hours = TAKEN_BY[ClaimKind(conflict.kind)], hours_text(conflict.span, zone)
    if capacity > 1:
        return str(
            _(
                "%(what)s, %(hours)s: %(free)s of %(capacity)s left.",
                what=what,
                hours=hours,
                free=number_text(conflict.free),
                capacity=number_text(capacity),
            )
        )
    return str(_("%(what)s, %(hours)s.", what=what, hours=hours))


def _about(thing: Equipment | None, text: str, by_id: dict[int, Equipment]) -> str:
    if thing is None or len(by_id) == 1:
        return text
    return str(_("%(what)s: %(finding)s", what=isolated(localized(thing)), finding=text))


def _may_go_otherwise(found: Evaluation) -> bool:
    return not found.allowed and all(verdict.code in ANOTHER_TIME_HELPS for verdict in found.blocks)


def _ways(found: Evaluation) -> list[Way]:
    others = alternatives_to(found)
    ids = {want.equipment_id for other in others for want in other.wants}
    by_id = {one.id: one for one in list_equipment_with_place(ids)} if ids else {}
    return [_way(other, by_id, found.wish.mode) for other in others]


def _way(other: Alternative, by_id: dict[int, Equipment], mode: str) -> Way:
    equipment = [by_id[want.equipment_id] for want in other.wants]
    zone = equipment[0].lab.site.zone
    return Way(equipment, other.span, filled_in(other.wants, other.span, zone, mode))


def filled_in(wants: Iterable[Want], span: Span | None, zone: ZoneInfo, mode: str | None) -> str:
    """The query that opens the request page with this filled in."""
    asked = list(wants)
    values: list[tuple[str, object]] = [("equipment", want.equipment_id) for want in asked]
    values += [("quantity", want.quantity) for want in asked]
    if span is not None:
        values += WallClock.of(span, zone).query.items()
    if mode:
        values.append(("mode", mode))
    return urlencode(values)
