"""A database with a long history: the same bookings every week, for as many weeks as claims are wanted.

Rows are written as the application would have written them, in bulk, with the triggers in place.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import count, islice
from typing import Any

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import Connection, insert, text

from app.accounts.models import (
    ApiToken,
    Membership,
    MembershipRole,
    Organisation,
    OrganisationKind,
    User,
    UserClass,
)
from app.booking.models import Booking, Occurrence, OccurrenceItem, OccurrenceState, Policy
from app.core.text import fold
from app.core.tokens import token_hash
from app.extensions import db
from app.inventory.models import (
    Acquisition,
    AcquisitionKind,
    Category,
    Equipment,
    Lab,
    Mode,
    OpeningHours,
    Site,
    Unit,
    UnitStatus,
    WorkingHours,
)
from app.occupancy.models import Capacity, Claim, ClaimKind

NOW = datetime(2026, 11, 22, 6, 30, tzinfo=UTC)
"""A Sunday, 10:00 in Tehran."""

SATURDAY = NOW.replace(hour=4, minute=30) - timedelta(days=1)
"""8:00 on the first day of this week, when the labs open."""

TOKEN = "bench" * 8
EQUIPMENT = 1000
BUSY = 50
"""The first ones, all in one lab: they are booked every week; the others every fifth."""

A_WEEK = 8
"""Bookings of a busy equipment."""

AHEAD = timedelta(weeks=2)
CHUNK = 5000
OPEN_DAYS = (5, 6, 0, 1, 2)


@dataclass(frozen=True)
class Taken:
    """One booking of the history."""

    equipment_id: int
    starts_at: datetime
    length: timedelta = timedelta(hours=2)


def fill(app: Flask, claims: int) -> None:
    """Make the tables, the things and people, and so many bookings that end in two weeks."""
    with app.app_context():
        upgrade()
        make_things(EQUIPMENT)
        with db.engine.begin() as connection:
            _write(connection, claims)
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("ANALYZE"))


def make_things(equipment: int) -> None:
    """Labs with so much equipment, fifty each, twenty companies with a person each, and a token."""
    _places_and_people(-(-equipment // BUSY))
    _equipment(equipment)
    db.session.commit()


def write_bookings(taken: Sequence[Taken]) -> None:
    """Bookings of these times, each by the next company."""
    with db.engine.begin() as connection:
        for model, row in ROWS:
            connection.execute(insert(model), [row(number, one) for number, one in enumerate(taken, start=1)])


def bookings_of_the_past(claims: int) -> Iterator[Taken]:
    """So many bookings, from the last week backwards."""
    return islice((taken for week in count() for taken in _week(week)), claims)


def _week(back: int) -> Iterator[Taken]:
    first = SATURDAY + AHEAD - timedelta(weeks=back + 1)
    for equipment_id in range(1, EQUIPMENT + 1):
        if equipment_id <= BUSY:
            for number in range(A_WEEK):
                day, half = divmod(number, 2)
                yield Taken(equipment_id, first + timedelta(days=day, hours=4 * half))
        elif (equipment_id + back) % 5 == 0:
            yield Taken(equipment_id, first + timedelta(days=equipment_id % 5, hours=2))


def _places_and_people(labs: int) -> None:
    university = _organisation("University", OrganisationKind.UNIVERSITY, UserClass.INTERNAL)
    site = Site(
        slug="main",
        name="Main",
        organisation=university,
        zone_name="Asia/Tehran",
        working_hours=[WorkingHours(weekday=day, opens=time(8), closes=time(16)) for day in OPEN_DAYS],
    )
    db.session.add(site)
    for number in range(1, labs + 1):
        hours = [OpeningHours(weekday=day, opens=time(8), closes=time(18)) for day in OPEN_DAYS]
        lab = Lab(slug=f"lab-{number}", site=site, name=f"Lab {number}", hours=hours)
        category = Category(slug=f"category-{number}", name=f"Category {number}")
        db.session.add_all([lab, category])
        db.session.flush()
        # A year ahead, so that a series of 52 weeks may be booked.
        db.session.add(Policy(lab_id=lab.id, needs_approval=False, horizon_days=400))
    for number in range(1, 21):
        company = _organisation(f"Company {number}", OrganisationKind.COMPANY, UserClass.INDUSTRY)
        user = User(
            email=f"booker{number}@example.com", name=f"Booker {number}", created_at=NOW, activated_at=NOW
        )
        role = MembershipRole.MEMBER
        user.memberships.append(Membership(organisation=company, role=role, created_at=NOW))
        db.session.add(user)
    db.session.flush()
    token = ApiToken(user_id=1, name="bench", token_hash=token_hash(TOKEN), created_at=NOW, last_used_at=NOW)
    db.session.add(token)


def _organisation(name: str, kind: OrganisationKind, user_class: UserClass) -> Organisation:
    organisation = Organisation(
        name=name,
        folded_name=fold(name),
        kind=kind,
        user_class=user_class,
        verified_at=NOW,
        created_at=NOW,
    )
    db.session.add(organisation)
    return organisation


def _equipment(many: int) -> None:
    for number in range(1, many + 1):
        place = (number - 1) // BUSY + 1
        name = f"Instrument {number}"
        acquisition = Acquisition(kind=AcquisitionKind.LEGACY, created_at=NOW)
        unit = Unit(number=1, status=UnitStatus.IN_SERVICE, acquisition=acquisition)
        db.session.add(
            Equipment(
                lab_id=place,
                category_id=place,
                name=name,
                modes=[Mode.SELF.value],
                search_text=fold(name),
                created_at=NOW,
                units=[unit],
            )
        )
    db.session.flush()
    capacities = [
        {"equipment_id": number, "quantity": 1, "from_at": datetime(1970, 1, 1, tzinfo=UTC)}
        for number in range(1, many + 1)
    ]
    db.session.execute(insert(Capacity), capacities)


def _write(connection: Connection, claims: int) -> None:
    is_postgresql = connection.dialect.name == "postgresql"
    if is_postgresql:
        # The trigger writes the capacity's row once a claim: a million versions of it in one transaction,
        # which nothing can clean up meanwhile. What is written here keeps to its capacity by construction.
        connection.execute(text("ALTER TABLE claim DISABLE TRIGGER USER"))
    numbered = enumerate(bookings_of_the_past(claims), start=1)
    while chunk := list(islice(numbered, CHUNK)):
        for model, row in ROWS:
            connection.execute(insert(model), [row(number, taken) for number, taken in chunk])
    if is_postgresql:
        connection.execute(text("ALTER TABLE claim ENABLE TRIGGER USER"))
        for table in ("booking", "occurrence", "occurrence_item", "claim"):
            # The rows brought their numbers along; the next one comes after them.
            connection.execute(
                text(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), :last)"), {"last": claims}
            )


def _booking(number: int, taken: Taken) -> dict[str, Any]:
    company = number % 20
    return {
        "id": number,
        "reference": f"KG-{number}",
        "organisation_id": company + 2,  # 1 is the university
        "requester_id": company + 1,
        "purpose": "Measurements for the development of coatings",
        "mode": Mode.SELF,
        "note": "",
        "created_at": taken.starts_at - timedelta(days=3),
    }


def _date(number: int, taken: Taken) -> dict[str, Any]:
    past = taken.starts_at + taken.length <= NOW
    return {
        "id": number,
        "booking_id": number,
        "starts_at": taken.starts_at,
        "ends_at": taken.starts_at + taken.length,
        "state": OccurrenceState.COMPLETED if past else OccurrenceState.APPROVED,
        "holds": not past,
        "sequence": 0,
        "requested_at": taken.starts_at - timedelta(days=3),
        "changed_at": taken.starts_at - timedelta(days=3),
        "reason": "",
    }


def _item(number: int, taken: Taken) -> dict[str, Any]:
    return {"id": number, "occurrence_id": number, "equipment_id": taken.equipment_id, "quantity": 1}


def _claim(number: int, taken: Taken) -> dict[str, Any]:
    return {
        "id": number,
        "equipment_id": taken.equipment_id,
        "quantity": 1,
        "starts_at": taken.starts_at,
        "ends_at": taken.starts_at + taken.length,
        "kind": ClaimKind.BOOKING,
        "source_id": number,
    }


ROWS = ((Booking, _booking), (Occurrence, _date), (OccurrenceItem, _item), (Claim, _claim))
"""The tables of a booking, in the order in which they refer to each other."""
