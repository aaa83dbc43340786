"""The lines of an old diary become bookings: what was is completed, what is ahead is approved."""

from collections.abc import Sequence

from app.accounts.models import Organisation, User
from app.booking.events import BookingEntered
from app.booking.models import Booking, DiaryEntry, Occurrence, OccurrenceItem
from app.booking.rules.diary import Entry
from app.booking.rules.states import HOLDING, OccurrenceState
from app.booking.services.diary.plan import Foreseen, Planned, Reading
from app.booking.services.request import new_reference
from app.booking.services.transitions import happened, hold, sources_of, tell_all
from app.core.clock import now
from app.core.db import unit_of_work
from app.core.errors import Forbidden, InvalidInput
from app.core.events import untold
from app.extensions import db
from app.inventory.models import Equipment, Lab, Mode
from app.inventory.permissions import may_manage_lab
from app.inventory.problems import Problem
from app.inventory.queries.places import get_lab
from app.occupancy.services import claims, units

MOST_LINES = 20_000


def foresee_diary(
    *, actor: User, lab_id: int, entries: Sequence[Entry], instead_id: int | None = None
) -> Foreseen:
    """What `import_diary` would do now. Changes nothing. Raises NotFound, Forbidden, InvalidInput."""
    return Reading(_lab(actor, lab_id, entries, instead_id), instead_id).read(entries)


@unit_of_work
def import_diary(
    *, actor: User, lab_id: int, entries: Sequence[Entry], instead_id: int | None = None
) -> Foreseen:
    """Let the lines that can be had become bookings of the lab; nobody is told. What was done.

    `instead_id` is the organisation of lines that name a company nobody knows. The rules of the lab are not
    asked: it has happened, or was promised. Time that somebody has stays theirs. A line that was brought in
    before changes nothing. Raises NotFound, Forbidden, InvalidInput.
    """
    lab = _lab(actor, lab_id, entries, instead_id)
    first = Reading(lab, instead_id).read(entries)
    claims.lock({one.equipment_id for one in first.planned})
    # Read again: somebody may have taken time while the lock was waited for.
    found = Reading(lab, instead_id).read(entries)
    if not found.planned:
        return found
    made = [(one, _booking(actor, one)) for one in found.planned]
    db.session.add_all([booking for _one, booking in made])
    db.session.flush()
    hold(*(booking.occurrences[0] for _one, booking in made))
    left_out = _without_units(made)
    for one, booking in made:
        if one not in left_out:
            db.session.add(_kept(actor, lab, one, booking))
    db.session.flush()
    kept = [booking.occurrences[0] for one, booking in made if one not in left_out]
    with untold():
        tell_all([happened(BookingEntered, date, actor) for date in kept])
    planned = tuple(one for one in found.planned if one not in left_out)
    problems = [Problem("no-single-unit", one.entry.line) for one in left_out]
    return Foreseen(planned, found.known, (*found.problems, *problems))


def _lab(actor: User, lab_id: int, entries: Sequence[Entry], instead_id: int | None) -> Lab:
    lab = get_lab(lab_id)
    if not may_manage_lab(actor, lab.id):
        raise Forbidden
    if len(entries) > MOST_LINES:
        raise InvalidInput(("entries", "too_many"), limit=MOST_LINES)
    if instead_id is not None:
        instead = db.session.get(Organisation, instead_id)
        if instead is None or instead.closed_at is not None:
            raise InvalidInput(("instead", "unknown"))
    return lab


def _booking(actor: User, one: Planned) -> Booking:
    entry, equipment = one.entry, db.session.get_one(Equipment, one.equipment_id)
    is_over = one.span.end <= now()
    state = OccurrenceState.COMPLETED if is_over else OccurrenceState.APPROVED
    sends = entry.samples is not None and Mode.SAMPLES in equipment.modes
    return Booking(
        reference=new_reference(),
        organisation_id=one.organisation_id,
        requester_id=one.requester_id or actor.id,
        purpose=entry.purpose,
        mode=Mode.SAMPLES if sends else Mode(equipment.modes[0]),
        samples={"count": entry.samples, "hazards": "", "give_back": False} if sends else None,
        note="",
        created_at=now(),
        occurrences=[
            Occurrence(
                starts_at=one.span.start,
                ends_at=one.span.end,
                state=state,
                holds=state in HOLDING,
                sequence=0,
                requested_at=min(now(), one.span.start),
                changed_at=now(),
                decided_at=now(),
                decided_by_id=actor.id,
                items=[
                    OccurrenceItem(
                        equipment=equipment,
                        equipment_id=equipment.id,
                        quantity=entry.quantity,
                        agreed_at=now(),
                        agreed_by_id=actor.id,
                    )
                ],
            )
        ],
    )


def _without_units(made: Sequence[tuple[Planned, Booking]]) -> list[Planned]:
    """Give units to what is ahead; what no single unit could serve throughout is undone, and returned.

    Which unit served what is long over, nobody knows any more.
    """
    ahead = [(one, booking) for one, booking in made if booking.occurrences[0].holds]
    if not ahead or units.assign(sources_of([booking.occurrences[0] for _one, booking in ahead])):
        return []
    undone = []
    for one, booking in ahead:
        its = sources_of(booking.occurrences)
        if not units.assign(its):
            claims.release(its)
            db.session.delete(booking)
            undone.append(one)
    return undone


def _kept(actor: User, lab: Lab, one: Planned, booking: Booking) -> DiaryEntry:
    return DiaryEntry(
        lab_id=lab.id,
        key=one.entry.key,
        booking=booking,
        brought_by_id=actor.id,
        brought_at=now(),
    )
