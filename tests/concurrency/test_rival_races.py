"""Two who answer for rivals at the same instant: exactly one gets the time."""

from functools import partial

from flask import Flask
from sqlalchemy import select

from app.booking.models import Occurrence, OccurrenceState
from app.booking.services.decide import approve_booking
from app.booking.services.policies import set_equipment_policy
from app.cli.doctor import findings
from app.extensions import db
from tests.booking.making import ask
from tests.cast import Cast
from tests.concurrency.racing import race
from tests.databases import both_databases

DAYS = (0, 1, 2, 5)
S = OccurrenceState


def approve(who: str, references: list[str], cast: Cast, number: int) -> str:
    booking = approve_booking(actor=getattr(cast, who), reference=references[number])
    return booking.occurrences[0].state.value


@both_databases
def test_of_two_rivals_approved_at_once_one_has_the_time(app: Flask, cast: Cast, database_url: str) -> None:
    set_equipment_policy(actor=cast.manager, equipment_id=cast.raman.id, requests_compete=True)
    first = [ask(cast.booker, cast.raman, start=24 * day).reference for day in DAYS]
    second = [ask(cast.rival, cast.raman, start=24 * day).reference for day in DAYS]
    acts = [partial(approve, "manager", first), partial(approve, "safety", second)]
    for outcomes in zip(*race(database_url, acts, rounds=len(DAYS)), strict=True):
        assert sorted(outcomes) in (["WrongState", "approved"], ["SlotTaken", "approved"])
    states = sorted(state.value for state in db.session.scalars(select(Occurrence.state)))
    assert states == ["approved"] * len(DAYS) + ["declined"] * len(DAYS)
    assert list(findings()) == []
