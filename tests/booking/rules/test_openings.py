"""Free time that is offered can be booked, and nothing bookable is left out."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from app.booking.rules.checks import OF_A_THING
from app.booking.rules.facts import Things, Want, Wish
from app.booking.rules.hours import Hours, Week
from app.booking.rules.openings import bookable_spans, nearest
from app.booking.rules.policy import Rules
from app.booking.verdicts import Severity
from app.core.spans import Span
from app.occupancy.rules.peaks import Taken, fits

UTC_ZONE = ZoneInfo("UTC")
DAY = datetime(2026, 11, 23, tzinfo=UTC)
OPEN = Span(DAY + timedelta(hours=8), DAY + timedelta(hours=12))
WINDOW = Span(DAY, DAY + timedelta(days=1))
LONG_BEFORE = DAY - timedelta(days=3)


def spans(start: int, length: int) -> Span:
    return Span(
        OPEN.start + timedelta(minutes=5 * start), OPEN.start + timedelta(minutes=5 * (start + length))
    )


def thing(taken: list[Taken], **rules: int) -> Things:
    week = Week([Hours(0, time(8), time(12))], set(), UTC_ZONE)
    return Things(1, 1, Rules(**rules), week, ["self"], in_service=True, capacity=2, taken=taken)


taken = st.lists(
    st.builds(
        lambda s, n, q: Taken(spans(s, n), q), st.integers(-6, 45), st.integers(1, 20), st.integers(1, 2)
    ),
    max_size=5,
)


@given(taken, st.integers(0, 4), st.integers(0, 4), st.integers(1, 2))
def test_a_start_is_offered_exactly_when_it_could_be_booked(
    some: list[Taken], setup: int, cleanup: int, quantity: int
) -> None:
    one = thing(some, setup_minutes=setup * 5, cleanup_minutes=cleanup * 5)
    offered = bookable_spans(one, window=WINDOW, quantity=quantity, minutes=60, asked_at=LONG_BEFORE)
    for start in range(49):
        wanted = spans(start, 12)
        could = OPEN.contains(wanted) and fits(Taken(one.claimed(wanted), quantity), some, one.capacity)
        assert any(span.contains(wanted) for span in offered) == could


LUNCH = [
    Hours(day, opens, closes)
    for day in (0, 1, 3)
    for opens, closes in ((time(8), time(12)), (time(13), time(18)))
]


@given(
    length=st.sampled_from([1, 4, 9, 12, 30, 47]),
    runs_on=st.booleans(),
    horizon=st.integers(1, 9),
    notice=st.integers(0, 72),
    capacity=st.integers(0, 1),
    grid=st.sampled_from([0, 60, 120, 180, 720]),
    some=st.lists(st.tuples(st.integers(-12, 140), st.integers(1, 30)), max_size=4),
)
def test_what_is_offered_is_what_the_rules_allow(
    length: int,
    runs_on: bool,
    horizon: int,
    notice: int,
    capacity: int,
    grid: int,
    some: list[tuple[int, int]],
) -> None:
    """Search and request look at a wish from two sides; they must never disagree."""
    rules = Rules(
        max_minutes=36 * 60,
        notice_minutes=60 * notice,
        horizon_days=horizon,
        outside_hours=runs_on,
        grid_minutes=grid,
    )
    taken = [Taken(Span(hour(first), hour(first + many)), 1) for first, many in some]
    week = Week(LUNCH, {DAY.date() + timedelta(days=1)}, UTC_ZONE)
    one = Things(1, 1, rules, week, ["self"], in_service=True, capacity=capacity, taken=taken)
    asked_at = DAY - timedelta(days=2)
    window = Span(DAY, DAY + timedelta(days=6))
    offered = bookable_spans(one, window=window, quantity=1, minutes=60 * length, asked_at=asked_at)
    for start in range(6 * 24 - length + 1):
        wish = Wish([Want(1)], Span(hour(start), hour(start + length)), "self", asked_at)
        blocked = any(rule(wish, one).severity is Severity.BLOCK for rule in OF_A_THING)
        could = not blocked and fits(Taken(wish.span, 1), taken, capacity)
        found = one.keeps_to_grid(wish.span) and any(span.contains(wish.span) for span in offered)
        assert found == could, wish.span
    for span in offered:  # what is shown first can be asked for as it stands
        first = Span(span.start, span.start + timedelta(hours=length))
        assert one.keeps_to_grid(first)
        assert span.contains(first)


def hour(number: int) -> datetime:
    return DAY + timedelta(hours=number)


def test_notice_and_horizon_bound_what_is_offered() -> None:
    soon = bookable_spans(thing([]), window=WINDOW, quantity=1, minutes=60, asked_at=OPEN.start)
    assert soon == []  # four hours of notice reach beyond the opening
    far = bookable_spans(thing([]), window=WINDOW, quantity=1, minutes=60, asked_at=DAY - timedelta(days=120))
    assert far == []


def test_a_length_the_lab_does_not_lend_is_not_offered() -> None:
    assert bookable_spans(thing([]), window=WINDOW, quantity=1, minutes=15, asked_at=LONG_BEFORE) == []


def test_the_nearest_times_are_offered_apart_from_each_other() -> None:
    free = [spans(0, 12), spans(24, 24)]
    found = nearest(free, spans(12, 12), step=timedelta(minutes=15), count=3)
    assert found == [spans(0, 12), spans(24, 12), spans(36, 12)]
