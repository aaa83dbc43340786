"""Packing finds units whenever there is a way, and never puts one in two places."""

from datetime import UTC, datetime, timedelta
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.spans import Span
from app.occupancy.rules.packing import Assignment, Job, pack
from app.occupancy.rules.peaks import Taken, peak

START = datetime(2026, 11, 22, 8, tzinfo=UTC)
UNITS = (11, 12, 13)


def job(key: int, start: int, length: int, quantity: int = 1, *, fixed: frozenset[int] = frozenset()) -> Job:
    span = Span(START + timedelta(hours=start), START + timedelta(hours=start + length))
    return Job(key, span, max(quantity, len(fixed)), fixed)


@st.composite
def plans(draw: st.DrawFn) -> list[Job]:
    """Up to six jobs; some fixed to units, never two fixed jobs on one unit at once."""
    jobs: list[Job] = []
    for key in range(draw(st.integers(0, 6))):
        fixed = frozenset(draw(st.sets(st.sampled_from(UNITS), max_size=1)))
        new = job(key, draw(st.integers(0, 8)), draw(st.integers(1, 4)), draw(st.integers(1, 2)), fixed=fixed)
        if not any(new.fixed & old.fixed and new.span.overlaps(old.span) for old in jobs):
            jobs.append(new)
    return jobs


def is_sound(jobs: list[Job], found: Assignment) -> bool:
    right = all(len(found[j.key]) == j.quantity and j.fixed <= found[j.key] <= set(UNITS) for j in jobs)
    return right and not any(
        a.span.overlaps(b.span) and found[a.key] & found[b.key] for a, b in combinations(jobs, 2)
    )


def exists_by_force(jobs: list[Job], placed: dict[Job, frozenset[int]]) -> bool:
    """Whether some way of giving units to all the jobs is sound: by trying every one."""
    if not jobs:
        return True
    first, *rest = jobs
    for units in map(frozenset, combinations(UNITS, first.quantity)):
        clash = any(units & theirs and other.span.overlaps(first.span) for other, theirs in placed.items())
        if first.fixed <= units and not clash and exists_by_force(rest, {**placed, first: units}):
            return True
    return False


@given(plans())
@settings(max_examples=300)
def test_it_finds_a_way_exactly_when_there_is_one(jobs: list[Job]) -> None:
    found = pack(jobs, UNITS)
    assert (found is not None) == exists_by_force(jobs, {})
    assert found is None or is_sound(jobs, found)


@given(plans())
def test_what_fits_by_count_is_never_refused_when_all_may_be_exchanged(jobs: list[Job]) -> None:
    free = [Job(j.key, j.span, j.quantity) for j in jobs]
    taken = [Taken(j.span, j.quantity) for j in free]
    fits = not taken or peak(Span(START, START + timedelta(days=1)), taken) <= len(UNITS)
    assert (pack(free, UNITS) is not None) == fits


def test_a_repair_ahead_moves_the_others_out_of_its_way() -> None:
    repair = job(1, 4, 2, fixed=frozenset({11}))
    found = pack([repair, job(2, 0, 6), job(3, 0, 3), job(4, 0, 6)], UNITS)
    assert found is not None
    assert found[3] == {11}


def test_units_that_can_stay_do() -> None:
    stays = Job(1, job(1, 0, 2).span, 1, keeps=frozenset({13}))
    assert pack([stays, job(2, 0, 2)], UNITS) == {1: frozenset({13}), 2: frozenset({11})}


def test_a_long_chain_of_claims_is_packed_without_end_of_stack() -> None:
    chain = [
        Job(key, Span(START + timedelta(hours=key), START + timedelta(hours=key + 20)), 1)
        for key in range(1100)
    ]
    found = pack(chain, range(20))
    assert found is not None
    assert {len(units) for units in found.values()} == {1}
    for key in range(1080):
        assert len(frozenset().union(*(found[other] for other in range(key, key + 20)))) == 20
