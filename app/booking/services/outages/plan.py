"""Looking ahead: who would have to give way to an outage, and where they could go. Changes nothing."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from app.accounts.models import User
from app.booking.models import Occurrence, OccurrenceState, WaitlistOffer
from app.booking.queries.outages import InTheWay, last_claimed, list_equipment_at, list_in_the_way, units_of
from app.booking.rules.outages import (
    Contender,
    OutageKind,
    Rank,
    Room,
    out_of_use,
    rank_of,
    who_gives_way,
)
from app.booking.services.outages.places import Place, find_places
from app.core.clock import now
from app.core.errors import InvalidInput, NotFound
from app.core.spans import Span
from app.inventory.models import Equipment, UnitStatus
from app.occupancy.models import ClaimKind, Source
from app.occupancy.queries import Given, capacities, given_units
from app.occupancy.rules.peaks import Taken

LONGEST = timedelta(days=366)
MOMENT = timedelta(minutes=1)


@dataclass(frozen=True)
class Trouble:
    """What is to fail and when, as somebody says it: one equipment, a lab or a site."""

    kind: OutageKind
    starts_at: datetime
    ends_at: datetime | None
    """None: until somebody says that it works again; only for what begins now."""
    equipment_id: int | None = None
    lab_id: int | None = None
    site_id: int | None = None
    unit_id: int | None = None
    quantity: int | None = None
    reason: str = ""


@dataclass(frozen=True)
class Hit:
    """A date that cannot stay as it is."""

    date: Occurrence
    was: OccurrenceState
    span: Span
    """What it had."""
    cut_at: datetime | None = None
    """It goes on, and ends then; None: it has to move."""
    place: Place | None = None
    """Where it could go; None: nothing would do."""


@dataclass(frozen=True)
class Plan:
    """What an outage would do."""

    trouble: Trouble
    equipment: Sequence[Equipment]
    takes: dict[int, list[Taken]]
    """What it takes of each equipment."""
    hits: Sequence[Hit]
    offers: Sequence[WaitlistOffer]
    """Times held for the waitlist that cannot be held any longer."""
    in_the_way: InTheWay = field(repr=False)
    fixed_units: frozenset[int] = frozenset()
    """Units that somebody works with."""

    @property
    def staying(self) -> list[Occurrence]:
        """Dates in that time that may stay, those that would go first on top."""
        gone = {hit.date.id for hit in self.hits}
        stay = [date for date in self.in_the_way.dates if date.id not in gone]
        return sorted(stay, key=lambda one: (rank_of(one.state, one.span, now()), one.requested_at))[::-1]


def hit_by(trouble: Trouble, date: Occurrence) -> Hit:
    """The date, as one that cannot stay."""
    return Hit(date, date.state, date.span, _cut_at(date, trouble))


def settled(trouble: Trouble) -> tuple[Trouble, list[Equipment]]:
    """The trouble as it can be written down, and the equipment it is about.

    What begins in the past begins now: what took place is not undone. Raises NotFound and InvalidInput.
    """
    at = now()
    starts_at = max(trouble.starts_at, at)
    if trouble.ends_at is None and trouble.starts_at > at + MOMENT:
        raise InvalidInput(("ends_at", "required_ahead"))
    if trouble.ends_at is not None and trouble.ends_at <= starts_at:
        raise InvalidInput(("ends_at", "before_start" if trouble.ends_at > at else "past"))
    if trouble.ends_at is not None and trouble.ends_at - starts_at > LONGEST:
        raise InvalidInput(("ends_at", "outage_too_long"))
    equipment = list(
        list_equipment_at(equipment_id=trouble.equipment_id, lab_id=trouble.lab_id, site_id=trouble.site_id)
    )
    if not equipment and trouble.equipment_id is not None:
        raise NotFound
    _check_number(trouble)
    if trouble.ends_at is None:
        starts_at = at
    return replace(trouble, starts_at=starts_at), equipment


def _check_number(trouble: Trouble) -> None:
    if trouble.equipment_id is None:
        if trouble.unit_id is not None or trouble.quantity is not None:
            raise InvalidInput(("quantity", "equipment_only"))
        return
    units = units_of(trouble.equipment_id)
    if trouble.unit_id is not None:
        one = next((unit for unit in units if unit.id == trouble.unit_id), None)
        if one is None or one.status is not UnitStatus.IN_SERVICE:
            raise InvalidInput(("unit", "not_in_service"))
        if trouble.quantity not in (None, 1):
            raise InvalidInput(("quantity", "one_unit"))
    serving = sum(unit.status is UnitStatus.IN_SERVICE for unit in units)
    if trouble.quantity is not None and not 1 <= trouble.quantity <= max(serving, 1):
        raise InvalidInput(("quantity", "out-of-range"))


def window_of(trouble: Trouble, equipment: Sequence[Equipment]) -> Span:
    """The time looked at: without an end, a year, or as far ahead as anything is claimed."""
    if trouble.ends_at is not None:
        return Span(trouble.starts_at, trouble.ends_at)
    last = last_claimed([one.id for one in equipment]) or trouble.starts_at
    return Span(trouble.starts_at, max(last, trouble.starts_at + LONGEST))


def plan_outage(
    actor: User,
    trouble: Trouble,
    equipment: Sequence[Equipment],
    *,
    without: Collection[Source] = (),
    repair: bool = True,
    for_update: bool = False,
) -> Plan:
    """What would have to give way to it, and with `repair` where it could go.

    `without`: claims that are this trouble's own already. For who has settled it.
    """
    window = window_of(trouble, equipment)
    ids = [one.id for one in equipment]
    there = list_in_the_way(ids, window, for_update=for_update)
    rooms = _rooms(ids, there, window, without)
    number = 1 if trouble.unit_id is not None else trouble.quantity
    takes = {id_: out_of_use(window, number, room) for id_, room in rooms.items()}
    for id_, room in rooms.items():
        room.taken.extend(takes[id_])
    given = given_units([claim.id for claim in there.claims])
    gone = who_gives_way(_contenders(trouble, there, window, given), rooms)
    dates = {date.id: date for date in there.dates}
    leaving = [dates[key] for what, key in gone if what == "date"]
    hits = [hit_by(trouble, date) for date in leaving]
    if repair:
        moving = [hit.date for hit in hits if hit.cut_at is None and hit.date.expires_at is None]
        found = find_places(actor, moving, equipment, takes, there.offers)
        hits = [replace(hit, place=found.get(hit.date.id)) for hit in hits]
    held = {offer.id: offer for offer in there.offers}
    offers = [held[key] for what, key in gone if what == "hold"]
    fixed = frozenset[int]().union(*(its.fixed for its in given.values()))
    return Plan(trouble, equipment, takes, hits, offers, there, fixed)


def _rooms(
    ids: Collection[int], there: InTheWay, window: Span, without: Collection[Source]
) -> dict[int, Room]:
    moved = {item.id for date in there.dates for item in date.items}
    held, rooms = {offer.id for offer in there.offers}, {}
    many = capacities(ids)
    for id_ in ids:
        rooms[id_] = Room(many[id_])
    for claim in there.claims:
        is_date = claim.kind is ClaimKind.BOOKING and claim.source_id in moved
        is_hold = claim.kind is ClaimKind.HOLD and claim.source_id in held
        here = claim.span.clamp(window)
        if is_date or is_hold or here is None or Source(claim.kind, claim.source_id) in without:
            continue
        rooms[claim.equipment_id].taken.append(Taken(here, claim.quantity, claim.kind.value))
    return rooms


def _contenders(
    trouble: Trouble, there: InTheWay, window: Span, given: Mapping[int, Given]
) -> list[Contender]:
    takes: dict[tuple[ClaimKind, int], dict[int, list[Taken]]] = {}
    fixed_to: dict[tuple[ClaimKind, int], set[int]] = {}
    for claim in there.claims:
        here = claim.span.clamp(window)
        if here is not None:
            its = takes.setdefault((claim.kind, claim.source_id), {})
            its.setdefault(claim.equipment_id, []).append(Taken(here, claim.quantity))
        if claim.id in given:
            fixed_to.setdefault((claim.kind, claim.source_id), set()).update(given[claim.id].fixed)
    found = []
    for date in there.dates:
        its = {}
        keys = [(ClaimKind.BOOKING, item.id) for item in date.items]
        for key in keys:
            its |= takes.get(key, {})
        found.append(
            Contender(
                ("date", date.id),
                rank_of(date.state, date.span, now()),
                date.requested_at,
                its,
                must_go=any(trouble.unit_id in fixed_to.get(key, ()) for key in keys),
            )
        )
    found += [
        Contender(("hold", one.id), Rank.HELD, one.offered_at, takes[ClaimKind.HOLD, one.id])
        for one in there.offers
    ]
    return found


def _cut_at(date: Occurrence, trouble: Trouble) -> datetime | None:
    """When a date that goes on ends: it keeps what took place. What has not begun has to move."""
    goes_on = date.state is OccurrenceState.IN_USE or rank_of(date.state, date.span, now()) is Rank.IN_USE
    return trouble.starts_at if goes_on and date.starts_at < trouble.starts_at else None
