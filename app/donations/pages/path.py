"""The path of a gift: what is behind it, what is due, what lies ahead."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from app.donations.models import Offer
from app.donations.queries.story import Came, Copy
from app.donations.rules.states import BOUND, OfferState, Result
from app.inventory.models import UnitStatus
from app.web.formats import date_short_text, date_text, local_day, number_text

ENDED = {OfferState.DECLINED, OfferState.WITHDRAWN, OfferState.LAPSED}


@dataclass(frozen=True)
class Step:
    """One station: `state` is done, now or ahead."""

    text: str
    when: str | None
    state: str


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """How far the units of an offer have come."""

    total: int
    came: int
    """Whole or damaged; what was sent back at the door is still owed."""
    awaiting: int
    inspected: int
    working: int

    @property
    def owed(self) -> int:
        return self.total - self.came

    @property
    def units(self) -> int:
        return self.awaiting + self.inspected + self.working


def arrival_of(offer: Offer, came: Sequence[Came], copies: Sequence[Copy]) -> Arrival:
    statuses = [copy.unit.status for copy in copies]
    awaiting = statuses.count(UnitStatus.AWAITING_INSPECTION)
    inspected = statuses.count(UnitStatus.INSPECTED)
    return Arrival(
        total=sum(line.quantity for line in offer.lines),
        came=sum(one.received + one.damaged for one in came),
        awaiting=awaiting,
        inspected=inspected,
        working=len(copies) - awaiting - inspected,
    )


def path_of(
    offer: Offer, came: Sequence[Came], copies: Sequence[Copy], arrival: Arrival, zone: ZoneInfo
) -> list[Step]:
    """From the offer to the unit in service; it stops where the offer ended. One station at most is now."""
    steps = [_offered(offer, zone)]
    if offer.state in ENDED:
        return [*steps, _ended(offer, zone)]
    days = [local_day(one.on, zone) for one in came]
    passed = [
        local_day(c.looks[-1].at, zone) for c in copies if c.looks and c.looks[-1].result == Result.PASS
    ]
    working = [local_day(copy.since, zone) for copy in copies if copy.since]
    bound, whole = offer.state in BOUND, arrival.owed <= 0
    ready = arrival.units - arrival.awaiting
    signed = offer.agreement.signed_on if offer.agreement else None
    decided = local_day(offer.decided_at, zone) if offer.decided_at else None
    accepted = bound or offer.state is OfferState.ACCEPTED
    steps += [
        Step(_("Accepted"), _on(decided) or _by(offer), _state(accepted, offer.submitted_at is not None)),
        Step(_("Agreement signed"), _on(signed), _state(bound, accepted)),
        Step(_("Delivered"), _part(arrival.came, arrival.total, days), _state(bound and whole, bound)),
        Step(
            _("Inspected"),
            _part(ready, arrival.total, passed),
            _state(bool(arrival.units) and whole and not arrival.awaiting, bool(arrival.units)),
        ),
        Step(
            _("In service"),
            _part(arrival.working, arrival.total, working),
            _state(bool(arrival.units) and whole and arrival.working == arrival.units, bool(ready)),
        ),
    ]
    return _only_one_now(steps)


def _offered(offer: Offer, zone: ZoneInfo) -> Step:
    if offer.submitted_at is None:
        return Step(_("Written, not handed in"), None, "now")
    return Step(_("Offered"), _on(local_day(offer.submitted_at, zone)), "done")


def _ended(offer: Offer, zone: ZoneInfo) -> Step:
    words = {
        OfferState.DECLINED: _("Declined"),
        OfferState.WITHDRAWN: _("Taken back by the donor"),
        OfferState.LAPSED: _("Lapsed"),
    }
    # An offer that was accepted first was decided on another day than it ended.
    day = offer.valid_until if offer.state is OfferState.LAPSED else None
    if offer.state is OfferState.DECLINED and offer.decided_at:
        day = local_day(offer.decided_at, zone)
    return Step(words[offer.state], _on(day), "done")


def _state(done: bool, due: bool) -> str:
    return "done" if done else "now" if due else "ahead"


def _on(day: date | None) -> str | None:
    return date_text(day) if day else None


def _by(offer: Offer) -> str | None:
    return _("answer by %(day)s", day=date_short_text(offer.answer_by)) if offer.answer_by else None


def _part(done: int, total: int, days: Sequence[date]) -> str | None:
    """The day; how many of how many where it is not all."""
    if not days:
        return None
    day = date_text(max(days))
    if done >= total:
        return day
    return str(_("%(done)s of %(total)s, %(day)s", done=number_text(done), total=number_text(total), day=day))


def _only_one_now(steps: list[Step]) -> list[Step]:
    due = [step for step in steps if step.state == "now"]
    return [Step(s.text, s.when, "ahead") if s in due[1:] else s for s in steps]
