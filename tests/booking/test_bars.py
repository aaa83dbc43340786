"""What is drawn, and when the next one is free."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from app.booking.pages.bars import bars_of, free_from, look_of
from app.booking.queries.calendar import Entry
from app.core.spans import Span
from app.occupancy.models import ClaimKind
from app.web.scale import Place, Scale
from tests.cast import NOW

HOUR = timedelta(hours=1)
START = NOW.replace(hour=5, minute=0)
SCALE = Scale(Span(START, START + 8 * HOUR), ZoneInfo("UTC"))
OPEN = [Span(START + HOUR, START + 7 * HOUR)]


def entry(start: float, end: float, *, before: float = 0, after: float = 0, **more: object) -> Entry:
    at = [START + hours * HOUR for hours in (start, end, start - before, end + after)]
    usual = Entry(
        id=1, equipment_id=1, equipment_name="A", equipment_name_fa=None, lab_id=1, kind=ClaimKind.BOOKING,
        state="approved", quantity=1, starts_at=at[0], ends_at=at[1], claimed_from=at[2], claimed_to=at[3],
        reference=None, organisation=None, organisation_fa=None, purpose=None, is_mine=False,
    )  # fmt: skip
    return replace(usual, **more)


def drawn(entries: list[Entry], capacity: int = 1) -> list[tuple[str, Place]]:
    return [(bar.look, bar.place) for bar in bars_of(entries, SCALE, capacity, OPEN) if bar.look != "shut"]


def test_closed_hours_lie_on_both_sides() -> None:
    shut = [bar.place for bar in bars_of([], SCALE, 1, OPEN)]
    assert shut == [Place(1, 12), Place(85, 12)]


def test_buffers_are_drawn_before_and_behind() -> None:
    assert drawn([entry(2, 3, before=0.5, after=0.25)]) == [
        ("buf", Place(19, 6)),
        ("busy", Place(25, 12)),
        ("buf", Place(37, 3)),
    ]


def test_a_pool_is_drawn_as_steps_and_full_ones_stand_out() -> None:
    some = [entry(2, 4, quantity=3), entry(3, 5, quantity=1)]
    assert drawn(some, capacity=4) == [
        ("pool", Place(25, 12)),
        ("full", Place(37, 12)),
        ("pool", Place(49, 12)),
    ]


def test_each_state_and_kind_has_its_look() -> None:
    assert look_of(entry(1, 2, is_mine=True)) == "mine"
    assert look_of(entry(1, 2, is_mine=True, state="requested")) == "wait"
    assert look_of(entry(1, 2, kind=ClaimKind.MAINTENANCE, state=None)) == "care"
    assert {look_of(entry(1, 2, kind=kind, state=None)) for kind in ClaimKind} <= {
        "busy", "prop", "care", "out", "teach",
    }  # fmt: skip


def test_the_next_free_moment_today() -> None:
    taken = [entry(1, 3), entry(3, 4)]
    assert free_from(taken, OPEN, 1, START + 2 * HOUR) == START + 4 * HOUR
    assert free_from(taken, OPEN, 2, START + 2 * HOUR) == START + 2 * HOUR
    assert free_from([entry(1, 7)], OPEN, 1, START) is None
    assert free_from([], OPEN, 1, START + 7 * HOUR) is None
