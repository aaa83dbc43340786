"""Letting dates give way to an outage, and putting them where they can go."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from app.accounts.models import User
from app.booking.errors import OutsidePolicy
from app.booking.events import (
    BookingCut,
    BookingDisplaced,
    BookingExpired,
    BookingReplaced,
    OccurrenceEvent,
    WaitlistTakenBack,
)
from app.booking.models import (
    Displacement,
    Occurrence,
    OccurrenceState,
    Outage,
    Outcome,
    ProposalOutcome,
    WaitlistOffer,
)
from app.booking.permissions import may_decide_in
from app.booking.queries.things import list_equipment_with_place
from app.booking.rules.facts import Want, Wish
from app.booking.rules.states import Verb
from app.booking.rules.waiting import WaitVerb
from app.booking.services.coming import comers_of, has_hazards, sample_count
from app.booking.services.evaluate import evaluate
from app.booking.services.outages.places import Place
from app.booking.services.outages.plan import Hit
from app.booking.services.propose import Propose, end_proposals, propose
from app.booking.services.request import agree
from app.booking.services.transitions import end_at, enter, enter_all, give_units, happened
from app.booking.services.waitlist import states as waitlist
from app.core.clock import now
from app.extensions import db
from app.occupancy.errors import SlotTaken

REFUSED = (OutsidePolicy, SlotTaken)


def give_way(actor: User, outage: Outage, hits: Sequence[Hit]) -> list[OccurrenceEvent]:
    """End the dates that go on, free the others, and write down what they had; what there is to tell."""
    moving = [hit.date for hit in hits if hit.cut_at is None and hit.date.expires_at is None]
    unproved = [hit.date for hit in hits if hit.cut_at is None and hit.date.expires_at is not None]
    for hit in hits:
        _note(outage, hit.date, hit.was)
    end_proposals(moving, ProposalOutcome.WITHDRAWN)
    for date in moving:
        date.came_at = None
    told = [_cut(actor, outage, hit.date, hit.cut_at) for hit in hits if hit.cut_at is not None]
    enter_all(moving, Verb.DISPLACE)
    enter_all(unproved, Verb.EXPIRE)
    told += [happened(BookingExpired, date, actor) for date in unproved]
    displaced = {"outage_id": outage.id, "kind": outage.kind.value, "reason": outage.reason}
    return told + [happened(BookingDisplaced, date, actor, **displaced) for date in moving]


def take_back(offers: Sequence[WaitlistOffer]) -> None:
    """What is held for the waitlist there cannot be used: they wait on, at their place."""
    for offer in offers:
        waitlist.let_go(offer, Outcome.WITHDRAWN)
        waitlist.enter(offer.entry, WaitVerb.LET_GO)
        waitlist.tell(WaitlistTakenBack, offer.entry, None)


def held_on(offers: Sequence[WaitlistOffer]) -> set[int]:
    """Ids of what is held by them."""
    return {id_ for offer in offers for id_ in offer.equipment_ids}


def put(
    actor: User, outage: Outage, date: Occurrence, place: Place, *, waited: bool
) -> OccurrenceEvent | None:
    """Put a displaced date there: at its time at once, at another as a proposal that its company answers.

    `waited`: it waited for the lab's answer, and does so again. None: a rule or somebody else speaks
    against it after all, and the date is still displaced.
    """
    try:
        if place.span != date.span:
            return _propose(actor, outage, date, place)
        return _replace(actor, outage, date, place.instead, waited=waited)
    except REFUSED:
        return None


def _cut(actor: User, outage: Outage, date: Occurrence, at: datetime) -> OccurrenceEvent:
    """What goes on has its time until the trouble begins; nobody cleans up what does not work."""
    planned, is_over = date.ends_at, at <= now()
    for item in date.items:
        item.cleanup_minutes = 0
    end_at(date, Verb.COMPLETE if is_over else Verb.CUT, at)
    date.planned_ends_at = planned if is_over else None
    return happened(
        BookingCut,
        date,
        actor,
        outage_id=outage.id,
        kind=outage.kind.value,
        planned_ends_at=planned,
        reason=outage.reason,
    )


def _propose(actor: User, outage: Outage, date: Occurrence, place: Place) -> OccurrenceEvent:
    with db.session.begin_nested():
        items = [item for item in date.items if may_decide_in(actor, item.equipment.lab_id)]
        return propose(actor, date, Propose(place.span, outage.reason), items)


def _replace(
    actor: User, outage: Outage, date: Occurrence, instead: Mapping[int, int], *, waited: bool
) -> OccurrenceEvent:
    wish = Wish(
        [
            Want(instead.get(item.equipment_id, item.equipment_id), item.quantity, item.is_required)
            for item in date.items
        ],
        date.span,
        date.booking.mode.value,
        asked_at=date.requested_at,
        samples=sample_count(date.booking.samples),
        has_hazards=has_hazards(date.booking.samples),
    )
    found = evaluate(
        wish=wish,
        equipment=list_equipment_with_place([want.equipment_id for want in wish.wants]),
        organisation=date.booking.organisation,
        is_new=False,
        kept=[item for item in date.items if item.equipment_id not in instead],
        comers=comers_of(date.booking),
    )
    found.raise_if_refused()
    equipment = {one.id: one for one in list_equipment_with_place(instead.values())}
    was = tuple(instead)
    with db.session.begin_nested():
        for item in date.items:
            if item.equipment_id in instead:
                item.equipment = equipment[instead[item.equipment_id]]
                rules = found.things[item.equipment.id].rules
                item.setup_minutes, item.cleanup_minutes = rules.setup_minutes, rules.cleanup_minutes
                item.agreed_at = item.agreed_by_id = item.cleared_at = item.cleared_by_id = None
        if waited:
            enter(date, Verb.MOVE)
        else:
            agree(date, actor)
            is_settled = all(item.is_settled for item in date.items)
            enter(date, Verb.REPLACE if is_settled else Verb.MOVE)
            if is_settled:
                date.decided_at, date.decided_by_id = now(), actor.id
                give_units(date)
    return happened(BookingReplaced, date, actor, outage_id=outage.id, from_equipment_ids=was)


def _note(outage: Outage, date: Occurrence, was: OccurrenceState) -> None:
    db.session.add(
        Displacement(
            outage=outage,
            occurrence=date,
            from_state=was,
            from_starts_at=date.starts_at,
            from_ends_at=date.ends_at,
            at=now(),
        )
    )
