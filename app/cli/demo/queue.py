"""Who waits in the demo: three companies for one time, and one for whom a time is held."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from app.accounts.models import User
from app.booking.models import Occurrence, OccurrenceItem, OccurrenceState
from app.booking.services.cancel import cancel_booking
from app.booking.services.waitlist.join import Awaited, join_waitlist
from app.core import clock
from app.extensions import db
from app.inventory.models import Equipment

WAITED_FOR = "Raman spectrometer"
FREED = ("X-ray diffractometer", "Scanning electron microscope", "Liquid chromatograph", "5-axis mill")
WAITING = ("rival@example.net", "golshid@example.com", "booker@example.com", "tavansaz@example.com")
SOON, LATER = timedelta(days=2), timedelta(days=20)
PURPOSE = "A customer's parts came back: we have to know why."


def wait_in_line(people: Mapping[str, User], equipment: Sequence[Equipment], today: datetime) -> None:
    """Three wait for a date that somebody has; another date was called off half an hour ago."""
    for date in _dates([WAITED_FOR], equipment, today)[:1]:
        for number, email in enumerate(_others(date, people)[:3]):
            with clock.frozen(today - timedelta(hours=9 - 2 * number)):
                _wait(people[email], date)
    for date in _dates(FREED, equipment, today):
        if people["booker@example.com"].id == date.booking.requester_id:
            continue
        with clock.frozen(today - timedelta(hours=5)):
            _wait(people["booker@example.com"], date)
        with clock.frozen(today - timedelta(minutes=30)):
            cancel_booking(
                actor=date.booking.requester,
                reference=date.booking.reference,
                note="The parts are late.",
            )
        return


def _dates(names: Sequence[str], equipment: Sequence[Equipment], today: datetime) -> Sequence[Occurrence]:
    """Approved dates ahead that take one of these alone and leave none of it, the soonest first; not on
    the heels of the next working day."""
    ids = [one.id for one in equipment if one.name in names]
    found = db.session.scalars(
        select(Occurrence)
        .join(Occurrence.items)
        .where(
            OccurrenceItem.equipment_id.in_(ids),
            Occurrence.state == OccurrenceState.APPROVED,
            Occurrence.starts_at.between(today + SOON, today + LATER),
        )
        .order_by(Occurrence.starts_at, Occurrence.id)
    ).unique()
    return [date for date in found if _leaves_nothing(date.items)]


def _leaves_nothing(items: Sequence[OccurrenceItem]) -> bool:
    return len(items) == 1 and items[0].quantity == items[0].equipment.units_in_service


def _others(date: Occurrence, people: Mapping[str, User]) -> list[str]:
    """Those who wait, without the company that has the date."""
    return [
        email for email in WAITING if date.booking.organisation_id not in people[email].organisation_ids()
    ]


def _wait(person: User, date: Occurrence) -> None:
    (item,) = date.items
    join_waitlist(
        actor=person,
        awaited=Awaited(
            minutes=date.span.minutes,
            quantity=item.quantity,
            window=date.span,
            equipment_id=item.equipment_id,
            mode=date.booking.mode,
            organisation_id=min(person.organisation_ids()),
            purpose=PURPOSE,
        ),
    )
