"""Hundreds of bookings at once: one action, one letter a person, and what can be repaired is."""

import time
from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from app.accounts.models import User
from app.booking.models import OccurrenceState, OutageKind, Policy
from app.booking.services.outages.declare import declare_outage, foresee_outage
from app.booking.services.outages.plan import Trouble
from app.cli.doctor import findings
from app.extensions import db
from app.inventory.models import Category, Equipment, Mode
from app.notifications.models import Mail
from tests.booking.making import ask
from tests.cast import NOW, Cast, add_equipment
from tests.databases import both_databases
from tests.occupancy.making import at

OPEN_DAYS = (0, 1, 2, 5, 6, 7, 8, 9)
BEGIN = (0, 3, 6)
SLOTS = [24 * day + hour for day in OPEN_DAYS for hour in BEGIN][:20]
AT_ONCE = 10
S = OccurrenceState


def bench(cast: Cast, category: Category, name: str, capacity: int) -> Equipment:
    equipment = add_equipment(cast.materials, category, name, name, [Mode.SELF], capacity=capacity)
    db.session.add(Policy(equipment_id=equipment.id, needs_approval=False))
    return equipment


def letters(person: User) -> int:
    return db.session.scalar(select(func.count(Mail.id)).where(Mail.address == person.email)) or 0


@pytest.mark.long
@both_databases
def test_an_outage_over_two_hundred_bookings_repairs_what_it_can(
    cast: Cast, record_property: Callable[[str, object], None]
) -> None:
    kind = Category(slug="benches", name="Benches", name_fa="میزکار")
    first, _second = bench(cast, kind, "Press", AT_ONCE), bench(cast, kind, "Furnace", AT_ONCE // 2)
    db.session.commit()
    people = [cast.booker, cast.boss, cast.rival, cast.donor]
    for slot in SLOTS:
        for number in range(AT_ONCE):
            ask(people[number % len(people)], first, start=slot)
    before = [letters(person) for person in people]
    trouble = Trouble(OutageKind.OUTAGE, NOW, at(24 * 10), equipment_id=first.id, reason="Flooded")
    plan = foresee_outage(actor=cast.manager, trouble=trouble)
    db.session.rollback()
    begun = time.process_time()
    outage = declare_outage(actor=cast.manager, trouble=trouble)
    spent = time.process_time() - begun
    states = [one.occurrence.state for one in outage.displacements]
    counts = {state.value: states.count(state) for state in set(states)}
    record_property("gave way", f"{len(states)} in {spent:.2f} s")
    assert len(plan.hits) == len(states) == len(SLOTS) * AT_ONCE == 200
    assert counts == {"approved": 100, "proposed": 100}, "half fit on the other bench, all else after it"
    assert [letters(person) - earlier for person, earlier in zip(people, before, strict=True)] == [1, 1, 1, 1]
    assert list(findings()) == []
