"""What companies of the demo wanted and could not have."""

import random
from collections.abc import Sequence
from datetime import datetime, time, timedelta

from app.accounts.models import User
from app.booking.services.wishes import wanted_of
from app.core import clock
from app.core.spans import Span
from app.demand.models import MissReason
from app.demand.services import remember
from app.inventory.models import Equipment


def miss(person: User, equipment: Equipment, span: Span, reason: MissReason, *, quantity: int = 1) -> bool:
    """Remember that this person's company wanted it then, in vain."""
    wanted = wanted_of(minutes=span.minutes, quantity=quantity, window=span, equipment=equipment)
    organisation_id = min(person.organisation_ids())
    return remember(user_id=person.id, organisation_id=organisation_id, wanted=wanted, reason=reason)


def wish_in_vain(
    people: Sequence[User], equipment: Equipment, today: datetime, *, days: range, a_day: float
) -> None:
    """So many a day, told two days before, each of one of these people; some were told too late."""
    chance = random.Random(equipment.name)  # noqa: S311 - the same story every time
    zone = equipment.lab.site.zone
    for offset in days:
        if chance.random() >= a_day:
            continue
        day = (today + timedelta(days=offset)).astimezone(zone).date()
        start = datetime.combine(day, time(8 + chance.randint(0, 5)), zone)
        span = Span(start, start + timedelta(hours=chance.choice((2, 3, 4))))
        reason = chance.choice((MissReason.NONE_FREE, MissReason.NONE_FREE, MissReason.TOO_LATE))
        with clock.frozen(min(start - timedelta(days=2), today)):
            miss(chance.choice(people), equipment, span, reason)
