"""A day on which everything is taken: the fullest calendar that a site is promised to bear."""

from datetime import timedelta

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import text, update

from app.accounts.models import Role, RoleGrant, User
from app.booking.models import Occurrence, OccurrenceState
from app.extensions import db
from tools.bench.history import NOW, SATURDAY, Taken, make_things, write_bookings

TODAY = SATURDAY + timedelta(days=1)
"""8:00 of the day of NOW."""


def fill(app: Flask, *, equipment: int, each: int) -> None:
    """So much equipment, each booked so often today, one after the other; and people with every role."""
    length = timedelta(hours=10) / each
    with app.app_context():
        upgrade()
        make_things(equipment)
        _staff()
        write_bookings(
            [
                Taken(number, TODAY + place * length, length)
                for number in range(1, equipment + 1)
                for place in range(each)
            ]
        )
        _some_wait()
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("ANALYZE"))


def _some_wait() -> None:
    """Every tenth of what is ahead waits for an answer, so that an inbox is full."""
    tenth = (Occurrence.state == OccurrenceState.APPROVED, Occurrence.id % 10 == 0)
    waits = {"state": OccurrenceState.REQUESTED, "answer_by": NOW + timedelta(hours=8)}
    db.session.execute(update(Occurrence).where(*tenth).values(waits))
    db.session.commit()


def _staff() -> None:
    for email, role, lab_id in (
        ("manager@example.edu", Role.MANAGER, 1),
        ("admin@example.edu", Role.ADMIN, None),
    ):
        person = User(email=email, name=email.split("@")[0].title(), created_at=NOW, activated_at=NOW)
        person.every_grant.append(RoleGrant(role=role, lab_id=lab_id, granted_at=NOW))
        db.session.add(person)
    db.session.commit()
