"""The one verdict: form, API, dry run, approval and move all ask here whether something may be booked."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from app.accounts.models import Organisation
from app.booking.errors import OutsidePolicy
from app.booking.models import OccurrenceItem
from app.booking.queries.along import in_order
from app.booking.queries.bookings import open_requests
from app.booking.queries.standing import Comers, with_standing
from app.booking.queries.things import things_for
from app.booking.rules.checks import all_of
from app.booking.rules.facts import Asker, Things, Wish
from app.booking.verdicts import Code, Severity, Verdict
from app.core.clock import now
from app.core.spans import Span
from app.inventory.models import Equipment, Mode
from app.occupancy.errors import Conflict, SlotTaken
from app.occupancy.models import LONGEST_CLAIM, Source
from app.occupancy.rules.peaks import Taken, lacking
from app.occupancy.services.units import can_hold

DATES = "dates"
"""The parameter of a refusal that says what was found out about each date of a series."""

NOBODY_KNOWN = Comers()


@dataclass(frozen=True)
class Evaluation:
    """Everything that was found out about one wish."""

    wish: Wish
    checklist: tuple[Verdict, ...]
    """Every rule asked, those that are met included."""
    conflicts: tuple[Conflict, ...]
    """Where others have the time. Judged apart from the rules, and after them."""
    things: dict[int, Things]
    equipment: tuple[Equipment, ...] = ()
    """What was asked for, and then what comes along with it."""

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """What is to be said: the rules that are not simply met."""
        return tuple(v for v in self.checklist if v.severity is not Severity.MET)

    @property
    def blocks(self) -> tuple[Verdict, ...]:
        return tuple(v for v in self.checklist if v.severity is Severity.BLOCK)

    @property
    def allowed(self) -> bool:
        return not self.blocks and not self.conflicts

    @property
    def asks_the_lab(self) -> bool:
        """Whether its managers or approvers have to say yes; a safety officer is asked apart."""
        return any(
            v.severity is Severity.APPROVAL and v.code is not Code.SAFETY_DECIDES for v in self.checklist
        )

    @property
    def needs_approval(self) -> bool:
        return any(v.severity is Severity.APPROVAL for v in self.checklist)

    def raise_if_refused(self) -> None:
        """Raises OutsidePolicy, and only where every rule is met SlotTaken."""
        if self.blocks:
            raise OutsidePolicy(self.verdicts)
        if self.conflicts:
            raise SlotTaken(self.conflicts)


def evaluate(
    *,
    wish: Wish,
    equipment: Collection[Equipment],
    organisation: Organisation | None,
    without: Collection[Source] = (),
    is_new: bool = True,
    kept: Collection[OccurrenceItem] = (),
    comers: Comers = NOBODY_KNOWN,
) -> Evaluation:
    """Judge the wish by every rule and by what is free, leaving out the claims of `without`.

    `organisation` None is a company that does not exist yet: unverified, with nothing open.
    What is not new, but waits or is to be moved, is not one request more. `kept` are items that have
    their time already: with the set-up and clean-up of then, whatever is asked today. `comers` are the
    people who will be there. Reads only.
    """
    (found,) = evaluate_all(
        wishes=[wish],
        equipment=equipment,
        organisation=organisation,
        without=without,
        is_new=is_new,
        kept=[kept],
        comers=comers,
    )
    return found


def evaluate_all(
    *,
    wishes: Sequence[Wish],
    equipment: Collection[Equipment],
    organisation: Organisation | None,
    without: Collection[Source] = (),
    is_new: bool = True,
    kept: Sequence[Collection[OccurrenceItem]] = (),
    comers: Comers = NOBODY_KNOWN,
) -> tuple[Evaluation, ...]:
    """Judge each date of one request as `evaluate` does, `kept` date by date; in order of time.

    What could be had earlier counts as taken for what comes later. As many queries as for one date.
    """
    window = Span(min(wish.span.start for wish in wishes), max(wish.span.end for wish in wishes))
    things = with_standing(
        things_for(
            equipment,
            window,
            without=without,
            with_fixed=True,
            with_samples=any(wish.mode == Mode.SAMPLES for wish in wishes),
        ),
        equipment,
        window,
        organisation=organisation,
        comers=comers,
        without=without,
        is_new=is_new,
    )
    taken = {id_: list(thing.taken) for id_, thing in things.items()}
    asker, at = _asker(organisation, is_new), now()
    found: list[Evaluation] = []
    for wish, items in zip(wishes, kept or [()] * len(wishes), strict=True):
        its = _as_wanted(wish, {id_: replace(thing, taken=taken[id_]) for id_, thing in things.items()})
        its = {id_: _around(thing, wish.span) for id_, thing in _with_buffers(its, items).items()}
        earlier = tuple(one.wish.span for one in found if one.allowed)
        one = _judged(replace(wish, before=earlier), its, asker, at, without)
        one = replace(one, equipment=tuple(in_order(equipment, wish.wants)))
        if one.allowed:
            _take(taken, one)
        found.append(one)
    return tuple(found)


def raise_if_any_refused(found: Sequence[Evaluation]) -> None:
    """Raises OutsidePolicy, and only where every rule is met SlotTaken; of several dates, both name them."""
    if len(found) == 1:
        found[0].raise_if_refused()
    refused: OutsidePolicy | SlotTaken
    if any(one.blocks for one in found):
        said = {(v.code, v.equipment_id): v for one in found if one.blocks for v in one.verdicts}
        refused = OutsidePolicy(tuple(said.values()))
    elif any(one.conflicts for one in found):
        refused = SlotTaken([conflict for one in found for conflict in one.conflicts])
    else:
        return
    refused.params[DATES] = tuple(found)
    raise refused


def _judged(
    wish: Wish, things: dict[int, Things], asker: Asker, at: datetime, without: Collection[Source]
) -> Evaluation:
    conflicts = _conflicts(wish, things)
    if not conflicts:
        things = _with_units(wish, things, without)
    return Evaluation(wish, tuple(all_of(wish, asker, things, at)), conflicts, things)


def _as_wanted(wish: Wish, things: dict[int, Things]) -> dict[int, Things]:
    """The things, those that only come along as such."""
    along = (want.equipment_id for want in wish.wants if want.is_required)
    return things | {id_: things[id_].as_required() for id_ in along}


def _around(thing: Things, span: Span) -> Things:
    """The same, with only such claims as can be in the way during the span."""
    claimed = thing.claimed(span)
    first = bisect_right(thing.taken, claimed.start - LONGEST_CLAIM, key=_start)
    return replace(thing, taken=thing.taken[first : bisect_left(thing.taken, claimed.end, key=_start)])


def _take(taken: dict[int, list[Taken]], found: Evaluation) -> None:
    """From here on the time of this date is not free any more."""
    for want in found.wish.wants:
        claimed = found.things[want.equipment_id].claimed(found.wish.span)
        for piece in claimed.pieces(LONGEST_CLAIM):
            insort(taken[want.equipment_id], Taken(piece, want.quantity), key=_start)


def _start(taken: Taken) -> datetime:
    return taken.span.start


def _with_buffers(things: dict[int, Things], kept: Collection[OccurrenceItem]) -> dict[int, Things]:
    return things | {
        item.equipment_id: replace(
            things[item.equipment_id],
            rules=replace(
                things[item.equipment_id].rules,
                setup_minutes=item.setup_minutes,
                cleanup_minutes=item.cleanup_minutes,
            ),
        )
        for item in kept
    }


def _conflicts(wish: Wish, things: dict[int, Things]) -> tuple[Conflict, ...]:
    found = []
    for want in wish.wants:
        thing = things[want.equipment_id]
        wanted = Taken(thing.claimed(wish.span), want.quantity)
        for taken, free in lacking(wanted, thing.taken, thing.capacity):
            found.append(Conflict(want.equipment_id, taken.span, taken.kind, free, wish.span))
    return tuple(found)


def _with_units(wish: Wish, things: dict[int, Things], without: Collection[Source]) -> dict[int, Things]:
    return things | {
        want.equipment_id: replace(things[want.equipment_id], single_unit=False)
        for want in wish.wants
        if not can_hold(
            want.equipment_id,
            things[want.equipment_id].claimed(wish.span),
            want.quantity,
            without=without,
            fixed=things[want.equipment_id].fixed,
        )
    }


def _asker(organisation: Organisation | None, is_new: bool) -> Asker:
    is_verified = organisation is not None and organisation.is_verified
    if not is_new:
        return Asker(is_verified, open_requests=None)
    if organisation is None or is_verified:
        return Asker(is_verified, open_requests=0)
    return Asker(is_verified, open_requests=open_requests(organisation.id))
