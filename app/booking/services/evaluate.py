"""The one verdict: form, API, dry run, approval and move all ask here whether something may be booked."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from app.accounts.models import Organisation
from app.booking.errors import OutsidePolicy
from app.booking.models import OccurrenceItem
from app.booking.queries.bookings import open_requests
from app.booking.queries.things import things_for
from app.booking.rules.checks import all_of
from app.booking.rules.facts import Asker, Things, Wish
from app.booking.verdicts import Severity, Verdict
from app.core.clock import now
from app.inventory.models import Equipment
from app.occupancy.errors import Conflict, SlotTaken
from app.occupancy.models import Source
from app.occupancy.rules.peaks import Taken, lacking
from app.occupancy.services.units import can_hold


@dataclass(frozen=True)
class Evaluation:
    """Everything that was found out about one wish."""

    wish: Wish
    checklist: tuple[Verdict, ...]
    """Every rule asked, those that are met included."""
    conflicts: tuple[Conflict, ...]
    """Where others have the time. Judged apart from the rules, and after them."""
    things: dict[int, Things]

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
) -> Evaluation:
    """Judge the wish by every rule and by what is free, leaving out the claims of `without`.

    `organisation` None is a company that does not exist yet: unverified, with nothing open.
    What is not new, but waits or is to be moved, is not one request more. `kept` are items that have
    their time already: with the set-up and clean-up of then, whatever is asked today. Reads only.
    """
    things = _with_buffers(things_for(equipment, wish.span, without=without), kept)
    conflicts = _conflicts(wish, things)
    if not conflicts:
        things = _with_units(wish, things, without)
    checklist = all_of(wish, _asker(organisation, is_new), things, now())
    return Evaluation(wish, tuple(checklist), conflicts, things)


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
            found.append(Conflict(want.equipment_id, taken.span, taken.kind, free))
    return tuple(found)


def _with_units(wish: Wish, things: dict[int, Things], without: Collection[Source]) -> dict[int, Things]:
    return {
        want.equipment_id: replace(
            things[want.equipment_id],
            single_unit=can_hold(
                want.equipment_id,
                things[want.equipment_id].claimed(wish.span),
                want.quantity,
                without=without,
            ),
        )
        for want in wish.wants
    }


def _asker(organisation: Organisation | None, is_new: bool) -> Asker:
    is_verified = organisation is not None and organisation.is_verified
    if not is_new:
        return Asker(is_verified, open_requests=None)
    if organisation is None or is_verified:
        return Asker(is_verified, open_requests=0)
    return Asker(is_verified, open_requests=open_requests(organisation.id))
