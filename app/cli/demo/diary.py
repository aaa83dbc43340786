"""Three months of bookings that took place and one that is ahead, told in the order in which it happened."""

import random
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from app.accounts.models import Role, User
from app.booking.models import Booking, DeclineReason, OccurrenceState
from app.booking.rules.facts import Want
from app.booking.services.cancel import cancel_booking
from app.booking.services.decide import approve_booking, decline_booking
from app.booking.services.due import complete_bookings
from app.booking.services.request import Request, request_booking
from app.cli.demo.wishes import miss
from app.core import clock
from app.core.errors import DomainError
from app.core.events import untold
from app.core.spans import Span
from app.demand.models import MissReason
from app.inventory.models import Equipment, Mode
from app.occupancy.errors import SlotTaken

DAYS_BACK, DAYS_AHEAD = 90, 30
OLD_NEWS = timedelta(days=2)
"""What is older is nobody's news."""
COMPANIES = (
    "booker@example.com", "boss@example.com", "rival@example.net", "zarvan@example.com",
    "golshid@example.com", "barsam@example.com", "tavansaz@example.com", "rastin@example.com",
)  # fmt: skip
NEWCOMER = "parvaz@example.net"
PURPOSES = (
    "Check of an incoming batch", "Failure analysis of a returned part", "Samples of a customer project",
    "Calibration of our own instrument", "Development of a new recipe", "Quality control, monthly",
    "کنترل کیفیت محموله تازه", "بررسی علت شکست قطعه", "نمونه‌های طرح مشترک با دانشگاه",
)  # fmt: skip
# How often a day, for what is wanted most; everything else now and then.
WANTED = {
    "Raman spectrometer": 3.4, "Scanning electron microscope": 0.8, "X-ray diffractometer": 0.4,
    "Liquid chromatograph": 0.6, "5-axis mill": 0.5, "Soldering station": 0.6, "Battery cycler": 0.4,
    "Liquid chromatograph, quaternary pump": 0.7, "Climate chamber": 2.0,
    "Tensile tester 100 kN": 0.3, "Gas chromatograph, mass": 0.2, "Laser cutter": 0.3,
}  # fmt: skip
NOW_AND_THEN = 0.03
STARTS, LENGTHS = tuple(range(15)), (2, 2, 3, 4, 4, 6)
"""In half hours, from eight o'clock on."""
BUSY = "Raman spectrometer"
BUSY_STARTS, BUSY_LENGTHS = (0, 4, 8, 12), (4, 4, 4, 8)
"""People agree on two hours here: so much of it is taken that nothing else would fit."""
JUST_ASKED = ("Raman spectrometer", "Scanning electron microscope", "X-ray diffractometer", "5-axis mill")
HALF_HOUR = timedelta(minutes=30)
REFUSALS = (
    (DeclineReason.SAFETY, "The solvent needs the fume hood, which is under repair that day."),
    (DeclineReason.CAPACITY, "The semester's practical course needs the instrument that week."),
    (DeclineReason.UNSUITABLE, "The samples are too large for the chamber; the profilometer would do."),
)


@dataclass(frozen=True)
class Visit:
    """What somebody wanted, when they asked, and what became of it."""

    equipment: Equipment
    email: str
    quantity: int
    span: Span
    asked_at: datetime
    answered_at: datetime
    fate: str
    purpose: str
    otherwise: tuple[Span, ...] = ()
    """Other times of the day that would do as well."""


def write_diary(people: dict[str, User], equipment: Sequence[Equipment], today: datetime) -> int:
    """Live through the months; returns how many bookings there are."""
    deciders = {lab_id: user for user in people.values() for lab_id in user.lab_ids(Role.MANAGER)}
    chance = random.Random(1405)  # noqa: S311 - the same story every time
    visits = sorted(_visits(chance, equipment, today), key=lambda visit: visit.asked_at)
    made = 0
    answers: list[tuple[datetime, Booking, Visit]] = []
    for visit in visits:
        # Letters of long ago would be forgotten at once: they are not even written.
        with untold() if visit.asked_at < today - OLD_NEWS else nullcontext():
            answers = _answer_until(visit.asked_at, answers, people, deciders)
            with clock.frozen(visit.asked_at):
                booking = _ask(visit, people[visit.email])
        if booking is not None:
            made += 1
            answers.append((visit.answered_at, booking, visit))
    _answer_until(today, answers, people, deciders)
    with clock.frozen(today):
        while complete_bookings():
            pass
    return made


def _visits(chance: random.Random, equipment: Sequence[Equipment], today: datetime) -> Iterator[Visit]:
    for offset in range(-DAYS_BACK, DAYS_AHEAD):
        for one in equipment:
            wish = WANTED.get(one.name, NOW_AND_THEN) * (1 if offset < 7 else 0.5)
            for _ in range(int(wish) + (chance.random() < wish % 1)):
                visit = _visit(chance, one, today, offset)
                if visit.asked_at < today:
                    yield visit
    for one in equipment:
        if one.name in JUST_ASKED:
            yield from (_just_asked(chance, one, today) for _ in range(3))


def _just_asked(chance: random.Random, one: Equipment, today: datetime) -> Visit:
    """A request that waits for its answer when somebody looks."""
    visit = _visit(chance, one, today, chance.randint(2, 10))
    asked_at = today - timedelta(minutes=chance.randint(10, 300))
    return replace(
        visit,
        asked_at=asked_at,
        answered_at=today + timedelta(days=1),
        email=chance.choice(COMPANIES),
    )


def _visit(chance: random.Random, one: Equipment, today: datetime, offset: int) -> Visit:
    zone = one.lab.site.zone
    day = today.astimezone(zone).date() + timedelta(days=offset)
    starts, lengths = (BUSY_STARTS, BUSY_LENGTHS) if one.name == BUSY else (STARTS, LENGTHS)
    start = datetime.combine(day, time(8), zone) + HALF_HOUR * chance.choice(starts)
    length = HALF_HOUR * chance.choice(lengths)
    stays = one.name == BUSY and chance.random() < 0.7
    others = [datetime.combine(day, time(8), zone) + HALF_HOUR * at for at in BUSY_STARTS] if stays else []
    asked_at = start - timedelta(days=chance.randint(2, 9), hours=chance.randint(0, 5))
    capacity = len(one.units)
    return Visit(
        equipment=one,
        email=NEWCOMER if chance.random() < 0.01 else chance.choice(COMPANIES),
        quantity=chance.randint(1, max(1, capacity // 3)),
        span=Span(start, start + length),
        asked_at=asked_at,
        answered_at=asked_at + timedelta(hours=chance.choice((2, 3, 5, 20, 40))),
        fate=chance.choices(("approved", "declined", "cancelled"), (93, 3, 4))[0],
        purpose=chance.choice(PURPOSES),
        otherwise=tuple(Span(other, other + length) for other in others if other != start),
    )


def _ask(visit: Visit, person: User) -> Booking | None:
    request = Request(
        wants=[Want(visit.equipment.id, visit.quantity)],
        span=visit.span,
        mode=Mode(visit.equipment.modes[0]),
        purpose=visit.purpose,
        people=[(person.name, person.email)],
    )
    for span in (visit.span, *visit.otherwise):
        try:
            return request_booking(actor=person, request=replace(request, span=span))
        except SlotTaken:
            miss(person, visit.equipment, span, MissReason.NONE_FREE, quantity=visit.quantity)
        except DomainError:
            return None  # a holiday, or a rule: life goes on
    return None


def _answer_until(
    until: datetime,
    answers: list[tuple[datetime, Booking, Visit]],
    people: dict[str, User],
    deciders: dict[int, User],
) -> list[tuple[datetime, Booking, Visit]]:
    """Give the answers that are due, and return those that are not yet."""
    due = sorted((a for a in answers if a[0] <= until), key=lambda answer: answer[0])
    for at, booking, visit in due:
        with clock.frozen(at):
            _answer(booking, visit, people[visit.email], deciders[visit.equipment.lab_id])
    return [answer for answer in answers if answer[0] > until]


def _answer(booking: Booking, visit: Visit, person: User, decider: User) -> None:
    waits = booking.occurrences[0].state is OccurrenceState.REQUESTED
    if visit.fate == "cancelled":
        cancel_booking(actor=person, reference=booking.reference, note="The order was withdrawn.")
    elif waits and visit.fate == "declined":
        reason_code, reason = REFUSALS[booking.id % len(REFUSALS)]
        decline_booking(actor=decider, reference=booking.reference, reason_code=reason_code, reason=reason)
    elif waits:
        approve_booking(actor=decider, reference=booking.reference)
