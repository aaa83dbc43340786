"""Who comes against the clock, in real processes, on both databases."""

from functools import partial

import pytest
from flask import Flask
from sqlalchemy import select

from app.booking.jobs import release_missed
from app.booking.models import Occurrence, OccurrenceState
from app.booking.services.policies import set_lab_policy
from app.booking.services.use import check_in
from app.cli.doctor import findings
from app.core import clock
from app.core.event_log import EventRecord
from app.extensions import db
from tests.booking.services.test_use import approved
from tests.cast import Cast
from tests.concurrency.racing import race
from tests.databases import both_databases
from tests.occupancy.making import at

ROUNDS = 4
S = OccurrenceState


def come(references: list[str], cast: Cast, number: int) -> str:
    with clock.frozen(at(24 * number + 0.5)):
        return check_in(actor=cast.booker, reference=references[number]).occurrences[0].state.value


def release(cast: Cast, number: int) -> int:
    with clock.frozen(at(24 * number + 0.5)):
        return release_missed()


@both_databases
@pytest.mark.parametrize("jobs", [1, 2])
def test_who_comes_as_the_time_is_given_back_has_it_or_has_not(
    app: Flask, cast: Cast, database_url: str, jobs: int
) -> None:
    set_lab_policy(actor=cast.manager, lab_id=cast.materials.id, no_show_after_minutes=30)
    references = [approved(cast, start=24 * day) for day in range(ROUNDS)]
    came, *given_back = race(database_url, [partial(come, references), *[release] * jobs], rounds=ROUNDS)
    db.session.rollback()
    for number, date in enumerate(db.session.scalars(select(Occurrence).order_by(Occurrence.id))):
        has_it = came[number] == "in_use"
        assert date.state is (S.IN_USE if has_it else S.NO_SHOW)
        assert came[number] in ("in_use", "WrongState")
        # The clock came once, or not at all.
        assert sum(runner[number] for runner in given_back) == (0 if has_it else 1)
    assert len(
        db.session.scalars(select(EventRecord.id).where(EventRecord.subject_kind == "occurrence")).all()
    ) == (3 * ROUNDS)
    with clock.frozen(at(24 * ROUNDS)):
        assert list(findings()) == []
