"""Open time, and what became of it."""

from datetime import UTC, datetime, timedelta

from app.core.spans import Span
from app.reports.rules.open_time import OpenTime
from app.reports.rules.use import Stock, Taken, Tally, Use, stock_over, tallies

MIDNIGHT = datetime(2026, 11, 22, tzinfo=UTC)


def at(hour: float) -> datetime:
    return MIDNIGHT + timedelta(hours=hour)


WORKING = OpenTime([Span(at(8), at(12)), Span(at(13), at(16)), Span(at(32), at(40))])
TWO_DAYS = [at(0), at(24), at(48)]


def test_only_open_minutes_count() -> None:
    assert WORKING.minutes(at(7), at(9)) == 60
    assert WORKING.minutes(at(11), at(14)) == 120
    assert WORKING.minutes(at(17), at(31)) == 0
    assert WORKING.minutes(at(0), at(48)) == 15 * 60
    assert WORKING.minutes(at(9), at(8)) == 0
    assert OpenTime([]).minutes(at(0), at(48)) == 0


def test_what_is_taken_is_counted_where_it_is_open_and_as_often_as_taken() -> None:
    first, second = tallies(
        TWO_DAYS,
        WORKING,
        [Stock(at(0), at(48), 4)],
        [
            Taken(at(7), at(9), 2, Use.USED),
            Taken(at(15), at(33), 1, Use.OUT),
            Taken(at(-5), at(8.5), 1, Use.TEACHING),
            Taken(at(18), at(20), 4, Use.MISSED),
        ],
    )
    assert (first.open_minutes, second.open_minutes) == (4 * 7 * 60, 4 * 8 * 60)
    assert {use: first.minutes(use) for use in Use} == {
        Use.USED: 120,
        Use.TEACHING: 30,
        Use.BOOKED: 0,
        Use.MISSED: 0,
        Use.OUT: 60,
        Use.FREE: 4 * 7 * 60 - 210,
    }
    assert second.minutes(Use.OUT) == 60


def test_a_share_is_of_what_could_be_used() -> None:
    tally = Tally(600)
    tally.taken[Use.USED], tally.taken[Use.OUT] = 270, 60
    assert tally.share(Use.USED) == 0.5
    assert Tally().share(Use.USED) is None
    assert Tally().is_empty
    assert not tally.is_empty


def test_more_taken_than_open_leaves_nothing_free() -> None:
    tally = Tally(60)
    tally.taken[Use.USED] = 90
    assert tally.minutes(Use.FREE) == 0


def test_the_stock_follows_what_there_was() -> None:
    window = Span(at(0), at(48))
    past = [(Span(at(-90), at(10)), 1), (Span(at(10), at(20)), 3)]
    assert stock_over(window, past, 2) == [
        Stock(at(0), at(10), 1),
        Stock(at(10), at(20), 3),
        Stock(at(20), at(48), 2),
    ]
    assert stock_over(window, [(Span(at(-90), at(90)), 5)], 2) == [Stock(at(0), at(48), 5)]
    assert stock_over(window, [], 2) == [Stock(at(0), at(48), 2)]
