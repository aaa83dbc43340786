"""How SQLite looks for claims: by an index, bounded in time, never through all that ever was."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from app.booking.queries.calendar import list_entries
from app.booking.queries.mine import list_in_order
from app.core.spans import Span
from app.extensions import db
from app.occupancy.models import ClaimKind
from app.occupancy.queries import claims_of, list_occupied
from app.occupancy.services import units
from tests.booking.making import ask, weekly
from tests.cast import Cast
from tests.occupancy.making import at, source, span
from tools.bench import plans
from tools.bench.recording import Step, recorded

WEEK = Span(at(0), at(0) + timedelta(days=7))
Look = Callable[[Cast], object]

SEARCHES: dict[str, Look] = {
    "claims of sources": lambda _: claims_of([source(1), source(2), source(3, ClaimKind.OUTAGE)]),
    "what is taken": lambda cast: list_occupied([cast.raman.id, cast.stations.id], WEEK),
    "the calendar of everything": lambda cast: list_entries(cast.booker, WEEK),
    "the public calendar": lambda _: list_entries(None, WEEK),
    "the calendar of a lab": lambda cast: list_entries(cast.booker, WEEK, lab_ids=[cast.materials.id]),
    "the calendar of equipment": lambda cast: list_entries(cast.booker, WEEK, equipment_ids=[cast.raman.id]),
    "where units are fixed": lambda cast: list_occupied(
        [cast.stations.id, cast.raman.id], WEEK, with_fixed=True
    ),
    "whether a unit is free": lambda cast: units.can_hold(cast.stations.id, span(0, 2), 1),
}


def plan(step: Step) -> list[str]:
    cursor = db.engine.raw_connection().cursor()
    return [row[3] for row in cursor.execute(f"EXPLAIN QUERY PLAN {step.statement}", step.parameters)]


@pytest.mark.parametrize("look", SEARCHES.values(), ids=SEARCHES)
def test_claims_are_found_by_a_bounded_index(cast: Cast, look: Look) -> None:
    ask(cast.booker, cast.stations)
    with recorded(db.engine) as recording:
        look(cast)
    searches = plans.searches_of_claims(recording)
    assert searches
    assert [fault for step in searches for fault in plans.faults(db.engine, step)] == []


def test_a_series_is_asked_for_by_bounded_indexes(cast: Cast) -> None:
    ask(cast.rival, (cast.stations, 2), recurrence=weekly(3))
    with recorded(db.engine) as recording:
        ask(cast.booker, (cast.stations, 2), recurrence=weekly(10))
    searches = plans.searches_of_claims(recording)
    assert [fault for step in searches for fault in plans.faults(db.engine, step)] == []


def test_sources_are_looked_up_by_both_halves(cast: Cast) -> None:
    with recorded(db.engine) as recording:
        claims_of([source(1), source(2)])
    (step,) = plans.searches_of_claims(recording)
    assert any("(kind=? AND source_id=?)" in line for line in plan(step))


def test_a_company_s_list_reads_its_own_bookings(cast: Cast) -> None:
    for mine in (True, False):
        with recorded(db.engine) as recording:
            list_in_order(cast.booker, mine=mine)
        (step,) = [one for one in recording.selects if "GROUP BY" in (one.statement or "")]
        lines = plan(step)
        assert any("ix_booking_organisation_id" in line for line in lines), lines
        assert not any(line.startswith("SCAN") and "subquery" not in line for line in lines), lines
