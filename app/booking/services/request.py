"""Asking for equipment: the dry run, and the request itself."""

import secrets
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app.accounts.models import Organisation, User
from app.accounts.rules.belonging import organisation_meant
from app.booking.events import BookingApproved, BookingRequested
from app.booking.models import Booking, BookingPerson, Occurrence, OccurrenceItem, SkippedDate
from app.booking.permissions import may_book_for_others, may_decide_in
from app.booking.queries.along import in_order, with_required
from app.booking.queries.hours import working_week
from app.booking.queries.standing import Comers
from app.booking.queries.things import list_equipment_with_place
from app.booking.rules.facts import Things, Want, Wish, merged
from app.booking.rules.hours import after_open_minutes
from app.booking.rules.recurrence import BadRule, Recurrence, exdate_text, expand, parse_rule
from app.booking.rules.states import OccurrenceState, Verb
from app.booking.services import misses
from app.booking.services.coming import has_hazards, sample_count
from app.booking.services.evaluate import Evaluation, evaluate_all, raise_if_any_refused
from app.booking.services.locking import lock
from app.booking.services.overrides import keep_overrides, overruled
from app.booking.services.rivals import turn_down_rivals
from app.booking.services.serving import join_to_misses
from app.booking.services.transitions import give_units, happened, hold, state_after, tell_all
from app.core.clock import now
from app.core.db import after_refusal, unit_of_work
from app.core.errors import InvalidInput, NotFound
from app.core.spans import Span
from app.core.text import clean
from app.extensions import db
from app.inventory.models import Equipment, Mode, Site

LONGEST_WAIT = timedelta(days=400)
"""How far ahead the working time of a promised answer is looked for."""
UNPROVED_HOLD = timedelta(minutes=60)
"""How long a request holds its slot while its sender's e-mail address is not proved."""

# No 0/O, 1/I/L, no vowels: easy to read out, and no words.
_LETTERS = "23456789BCDFGHJKMNPQRSTVWXYZ"


@dataclass(frozen=True)
class Request:
    """What somebody asks for. Everything is the asker's word; nothing has been decided."""

    wants: Sequence[Want]
    span: Span
    mode: Mode
    purpose: str
    organisation_id: int | None = None
    """None: the one organisation the asker belongs to."""
    people: Sequence[tuple[str, str | None]] = field(default_factory=tuple)
    """Who will come: name and e-mail."""
    samples: dict[str, Any] | None = None
    note: str = ""
    recurrence: Recurrence | None = None
    """How `span` comes again; None: it is the one date."""
    override: str | None = None
    """Why staff set the lab's rules aside; None: they hold."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "wants", merged(self.wants))


def check_booking(*, actor: User | None, request: Request) -> Evaluation:
    """What would be said to this request (to its first date) now. Changes nothing; takes no lock."""
    return check_dates(actor=actor, request=request)[0]


def check_dates(*, actor: User | None, request: Request) -> tuple[Evaluation, ...]:
    """What would be said now to each date of this request, in order. Changes nothing; takes no lock."""
    asked = _equipment(request)
    organisation = _organisation(actor, request, asked) if actor is not None else None
    wants, equipment = _together(request, asked)
    return evaluate_all(
        wishes=_wishes(request, wants, asked),
        equipment=equipment,
        organisation=organisation,
        comers=_comers(actor, request),
    )


@unit_of_work
def request_booking(*, actor: User, request: Request, asked_at: datetime | None = None) -> Booking:
    """Ask for the equipment and what comes along with it, all on all its dates or nothing; the time is
    held from now on.

    With `skip_conflicts` the dates that cannot be had are left out and kept as skipped, if there are others.
    Notice and horizon count from `asked_at`, for who had to wait for their turn; else from now.
    Approved at once where the rules need nobody's yes, or the actor could give it. Raises NotFound
    (equipment, organisation), InvalidInput, Forbidden (also to who may not override), OutsidePolicy with
    its verdicts, and SlotTaken with the conflicts; a refusal is remembered as a miss.
    """
    asked = _equipment(request)
    organisation = _organisation(actor, request, asked)
    wants, equipment = _together(request, asked)
    wishes = _wishes(request, wants, asked, asked_at)
    lock(organisation, [one.id for one in equipment])
    judged = evaluate_all(
        wishes=wishes, equipment=equipment, organisation=organisation, comers=_comers(actor, request)
    )
    settled = [overruled(one, actor, request.override) for one in judged]
    found, aside = [one for one, _aside in settled], {one.wish.span: these for one, these in settled}
    kept = _kept(found, request)
    _refuse(kept, actor, organisation)
    booking = _new_booking(actor, organisation, request)
    dates = new_dates(booking, kept)
    if actor.activated_at is None:
        for date in dates:
            date.expires_at = now() + UNPROVED_HOLD
    approve_at_once(dates, kept, actor)
    booking.skipped = [_skipped(one) for one in found if not one.allowed]
    db.session.add(booking)
    db.session.flush()
    join_to_misses(*dates)
    if booking.skipped and actor.activated_at is not None:
        misses.remember_refusals(actor.id, organisation.id, found)
    take_time(dates, actor)
    for date in dates:
        keep_overrides(date, aside[date.span], actor, request.override)
    return booking


def approve_at_once(dates: Sequence[Occurrence], found: Sequence[Evaluation], actor: User) -> None:
    """Approve of the new dates what nobody needs to decide."""
    labs = {thing.lab_id for one in found for thing in one.things.values()}
    decides = all(may_decide_in(actor, lab_id) for lab_id in labs)
    for date, one in zip(dates, found, strict=True):
        if date.expires_at is None and (decides or not one.asks_the_lab):
            agree(date, actor if decides else None)
            if all(item.is_settled for item in date.items):
                date.state, date.holds = state_after(Verb.APPROVE, date), True
                date.decided_at, date.decided_by_id = now(), actor.id if decides else None


def take_time(dates: Sequence[Occurrence], actor: User) -> None:
    """Let the new dates have their time, and their units where they are approved; tell of all together."""
    hold(*dates)
    approved = [date for date in dates if date.state is OccurrenceState.APPROVED]
    if approved:
        give_units(*approved)
    tell_all(
        [happened(BookingApproved if date in approved else BookingRequested, date, actor) for date in dates]
    )
    tell_all(turn_down_rivals(actor, approved))


def agree(date: Occurrence, actor: User | None) -> None:
    """Every lab of the date has said yes; `actor` None means its rules did. Never for a safety officer."""
    for item in date.items:
        item.agreed_at = item.agreed_at or now()
        item.agreed_by_id = item.agreed_by_id or (actor.id if actor else None)


def _kept(found: Sequence[Evaluation], request: Request) -> Sequence[Evaluation]:
    """The dates to be booked: all, or those that can be had where the asker does without the others."""
    if request.recurrence is None or not request.recurrence.skip_conflicts:
        return found
    return [one for one in found if one.allowed] or found


def _refuse(found: Sequence[Evaluation], actor: User, organisation: Organisation) -> None:
    if all(one.allowed for one in found):
        return
    if actor.activated_at is not None:  # a registration is undone with the request it came with
        actor_id, organisation_id = actor.id, organisation.id
        after_refusal(lambda: misses.remember_refusals(actor_id, organisation_id, found))
    raise_if_any_refused(found)


def _wishes(
    request: Request, wants: Sequence[Want], asked: Sequence[Equipment], asked_at: datetime | None = None
) -> list[Wish]:
    since = asked_at or now()
    return [
        Wish(
            wants,
            span,
            request.mode.value,
            since,
            samples=sample_count(request.samples),
            has_hazards=has_hazards(request.samples),
        )
        for span in _spans(request, asked[0].lab.site.zone)
    ]


def _spans(request: Request, zone: ZoneInfo) -> list[Span]:
    if request.recurrence is None:
        return [request.span]
    try:
        rule = parse_rule(request.recurrence.rrule)
        return expand(request.span, rule, zone, request.recurrence.exdates)
    except BadRule as bad:
        raise InvalidInput(("recurrence.rrule", bad.code)) from bad


def _comers(actor: User | None, request: Request) -> Comers:
    emails = tuple(email for _name, email in request.people if email)
    return Comers(actor.id if actor else None, emails)


def _equipment(request: Request) -> list[Equipment]:
    ids = {want.equipment_id for want in request.wants}
    if not ids:
        raise InvalidInput(("equipment", "required"))
    found = list_equipment_with_place(ids)
    if len(found) != len(ids):
        raise NotFound
    return found


def _together(request: Request, asked: Sequence[Equipment]) -> tuple[tuple[Want, ...], list[Equipment]]:
    """What was asked for and what comes along, and all of that equipment in the same order."""
    wants = with_required(request.wants, request.mode)
    more = {want.equipment_id for want in wants if want.is_required}
    return wants, in_order([*asked, *(list_equipment_with_place(more) if more else ())], wants)


def _organisation(actor: User, request: Request, equipment: Sequence[Equipment]) -> Organisation:
    """Whom the booking is for. One's own, or any for the staff of every lab that is asked."""
    own = actor.organisation_ids()
    wanted = organisation_meant(own, request.organisation_id)
    organisation = db.session.get(Organisation, wanted)
    if wanted in own and organisation is not None:
        return organisation
    if not may_book_for_others(actor, {one.lab_id for one in equipment}):
        raise NotFound
    if organisation is None or organisation.closed_at is not None:
        raise NotFound
    return organisation


def _new_booking(actor: User, organisation: Organisation, request: Request) -> Booking:
    return Booking(
        reference=new_reference(),
        organisation=organisation,
        requester=actor,
        purpose=clean(request.purpose),
        mode=request.mode,
        samples=request.samples,
        note=clean(request.note),
        rrule=request.recurrence.rrule if request.recurrence else None,
        exdates=[exdate_text(one) for one in request.recurrence.exdates] if request.recurrence else [],
        created_at=now(),
        people=[BookingPerson(name=clean(name), email=email) for name, email in request.people],
    )


def new_dates(booking: Booking, found: Sequence[Evaluation]) -> list[Occurrence]:
    """Dates of the booking that nobody has decided yet: on the spans, with the buffers, of these wishes."""
    by_id = {one.id: one for one in found[0].equipment}
    promised = _promised(by_id, found[0].things)
    return [
        Occurrence(
            booking=booking,
            starts_at=one.wish.span.start,
            ends_at=one.wish.span.end,
            state=OccurrenceState.REQUESTED,
            holds=not compete_all(one.things),
            competes=compete_all(one.things),
            sequence=0,
            requested_at=one.wish.asked_at,
            changed_at=now(),
            answer_by=min(promised, one.wish.span.start),
            items=[_item(want, by_id[want.equipment_id], one) for want in one.wish.wants],
        )
        for one in found
    ]


def _skipped(found: Evaluation) -> SkippedDate:
    why: list[dict[str, Any]] = [{"equipment": v.equipment_id, "code": v.code.value} for v in found.blocks]
    taken = {(conflict.equipment_id, conflict.kind) for conflict in found.conflicts}
    why += [{"equipment": equipment_id, "kind": kind} for equipment_id, kind in sorted(taken)]
    return SkippedDate(starts_at=found.wish.span.start, ends_at=found.wish.span.end, why=why)


def compete_all(things: dict[int, Things]) -> bool:
    """Whether a request for all of these takes no time before it is approved."""
    return all(thing.rules.requests_compete for thing in things.values())


def _item(want: Want, equipment: Equipment, found: Evaluation) -> OccurrenceItem:
    rules = found.things[want.equipment_id].rules
    return OccurrenceItem(
        equipment=equipment,
        equipment_id=equipment.id,
        quantity=want.quantity,
        is_required=want.is_required,
        setup_minutes=rules.setup_minutes,
        cleanup_minutes=rules.cleanup_minutes,
        needs_safety=rules.needs_safety(has_hazards=found.wish.has_hazards),
    )


def answer_by(equipment: dict[int, Equipment], things: dict[int, Things], span: Span) -> datetime:
    """Until when the slowest lab has promised an answer, in its site's working hours; before it begins."""
    return min(_promised(equipment, things), span.start)


def _promised(equipment: dict[int, Equipment], things: dict[int, Things]) -> datetime:
    minutes: dict[Site, int] = defaultdict(int)
    for id_, thing in things.items():
        site = equipment[id_].lab.site
        minutes[site] = max(minutes[site], thing.rules.answer_within_minutes)
    ahead = Span(now(), now() + LONGEST_WAIT)
    return max(after_open_minutes(ahead, most, working_week(site, ahead)) for site, most in minutes.items())


def new_reference() -> str:
    """By which people call a booking: short, and nobody else's."""
    while True:
        reference = "KG-" + "".join(secrets.choice(_LETTERS) for _ in range(6))
        if db.session.scalar(select(Booking.id).where(Booking.reference == reference)) is None:
            return reference
