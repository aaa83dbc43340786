"""Scales count the minutes that really pass."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.spans import Span
from app.core.zones import day_span
from app.web.scale import Place, Scale, day_scale

TEHRAN, BERLIN = ZoneInfo("Asia/Tehran"), ZoneInfo("Europe/Berlin")
SUNDAY = date(2026, 11, 22)


def local(hour: int, minute: int = 0, zone: ZoneInfo = TEHRAN) -> datetime:
    return datetime(2026, 11, 22, hour, minute, tzinfo=zone)


def test_a_scale_shows_what_it_must_with_an_hour_around_in_whole_hours() -> None:
    scale = day_scale(SUNDAY, TEHRAN, [Span(local(8, 30), local(17, 15))])
    assert (scale.window, scale.hours) == (Span(local(7), local(19)), 12)
    assert scale.labels[0] == local(7).astimezone(UTC)


def test_it_never_leaves_the_day() -> None:
    whole = day_span(SUNDAY, TEHRAN)
    assert day_scale(SUNDAY, TEHRAN, [whole.widen(timedelta(hours=9), timedelta(hours=9))]).window == whole


def test_a_day_without_anything_shows_the_usual_hours() -> None:
    assert day_scale(SUNDAY, TEHRAN, []).window == Span(local(7), local(19))


def test_positions_are_five_minutes_each_and_clipped_at_the_edges() -> None:
    scale = Scale(Span(local(8), local(10)), TEHRAN)
    assert scale.place(Span(local(8), local(8, 5))) == Place(1, 1)
    assert scale.place(Span(local(9), local(9, 30))) == Place(13, 6)
    assert scale.place(Span(local(7), local(12))) == Place(1, 24)
    assert scale.place(Span(local(9, 2), local(9, 4))) == Place(13, 1)
    assert scale.place(Span(local(10), local(11))) is None


def test_what_is_past_ends_at_the_now_line() -> None:
    scale = Scale(Span(local(8), local(10)), TEHRAN)
    assert scale.before(local(7)) is None
    assert scale.before(local(8)) is None
    assert scale.before(local(9)) == Place(1, 12)
    assert scale.before(local(23)) == Place(1, 24)


@pytest.mark.parametrize(
    ("now", "covered"),
    [
        (local(9, 20), [9]),
        (local(9, 39), [9]),
        (local(9, 45), []),
        (local(9, 50), [10]),
        (local(7, 55), []),
        (None, []),
    ],
)
def test_the_now_line_covers_the_label_beside_it(now: datetime | None, covered: list[int]) -> None:
    scale = Scale(Span(local(8), local(12)), TEHRAN)
    found = [label.astimezone(TEHRAN).hour for label in scale.labels if scale.is_covered(label, now)]
    assert found == covered


def test_the_day_of_25_hours_has_300_tracks() -> None:
    whole = day_span(date(2026, 10, 25), BERLIN)
    scale = Scale(whole, BERLIN)
    assert scale.hours == 25
    assert scale.place(whole) == Place(1, 300)
    assert [label.astimezone(BERLIN).hour for label in scale.labels[:5]] == [0, 1, 2, 2, 3]


@given(st.integers(-300, 900), st.integers(1, 600))
def test_nothing_is_drawn_outside(start: int, length: int) -> None:
    scale = Scale(Span(local(8), local(18)), TEHRAN)
    begin = local(8) + timedelta(minutes=start)
    place = scale.place(Span(begin, begin + timedelta(minutes=length)))
    if place is not None:
        assert 1 <= place.start <= 120
        assert place.start + place.length <= 121
