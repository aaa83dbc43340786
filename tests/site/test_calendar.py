"""What the calendar pages show of several days."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.booking.queries.things import things_for
from app.core.db import unit_of_work
from app.core.spans import Span
from app.core.text import ascii_digits
from app.core.zones import day_span
from app.inventory.queries.equipment import list_of_labs
from app.occupancy.models import ClaimKind
from app.occupancy.services import claims
from app.site.calendar import EquipmentWeek, days_of, week_of_one, week_span
from tests.cast import Cast
from tests.occupancy.making import source
from tests.visitor import Visitor

Save = Callable[..., None]
MONDAY = date(2026, 11, 23)
A_DAY = timedelta(days=1)
WEEK = [MONDAY + timedelta(days=n) for n in range(7)]


def care(equipment_id: int, *spans: Span) -> None:
    """Maintenance in these spans."""
    wanted = {
        source(number, ClaimKind.MAINTENANCE): [claims.Wanted(equipment_id, span, 1)]
        for number, span in enumerate(spans, 1)
    }
    unit_of_work(claims.replace)(wanted)


def test_an_entry_stands_on_each_of_its_days_and_on_no_other(cast: Cast) -> None:
    zone, hour = cast.site.zone, timedelta(hours=1)
    midnight = [day_span(day, zone).start for day in [*WEEK, WEEK[-1] + timedelta(days=1)]]
    spans = [
        Span(midnight[0] - 9 * hour, midnight[0]),  # the day before, up to midnight
        Span(midnight[0], midnight[0] + hour),
        Span(midnight[1] - hour, midnight[1]),
        Span(midnight[2] - hour, midnight[4] + hour),
        Span(midnight[7] - hour, midnight[7] + 9 * hour),
    ]
    care(cast.raman.id, *spans)
    found = days_of(None, list_of_labs([cast.materials.id]), WEEK)

    expected = [[span for span in spans if span.overlaps(day_span(day, zone))] for day in WEEK]
    assert [[entry.span for entry in one.entries] for one in found] == expected
    assert [len(one.entries) for one in found] == [2, 1, 1, 1, 1, 0, 1]


def test_what_lasts_over_midnight_says_its_days_below_each_of_them(client: Visitor, cast: Cast) -> None:
    start = datetime.combine(MONDAY, time(20), cast.site.zone)
    care(cast.raman.id, Span(start, start + timedelta(hours=12)))
    page = client.page(f"/calendar?view=list&date={MONDAY}")
    said = [one.text for one in page.all("span", class_="num")]
    assert said == ["Mon 23 Nov, 20:00 – Tue 24 Nov, 08:00"] * 2


CHANGE = date(2026, 3, 29)
"""A Sunday: in Berlin 02:00 is followed by 03:00."""
BERLIN = ZoneInfo("Europe/Berlin")


def berlin(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), BERLIN)


@pytest.fixture
def in_berlin(cast: Cast, save: Save) -> None:
    cast.site.zone_name = "Europe/Berlin"
    cast.site.first_weekday = 6
    save()


def week_of(cast: Cast, first: date) -> EquipmentWeek:
    things = things_for([cast.raman], week_span(first, cast.raman))
    return week_of_one(None, cast.raman, first, things[cast.raman.id])


def drawn(cast: Cast, first: date) -> list[list[tuple[str, int, int]]]:
    """For each day of the raman's week what lies where: the look, the track (12 an hour), how many."""
    week = week_of(cast, first)
    return [[(bar.look, bar.place.start, bar.place.length) for bar in row.bars] for _, row in week.days]


@pytest.mark.usefixtures("in_berlin")
@pytest.mark.parametrize("first", [CHANGE, CHANGE - timedelta(days=6)])
def test_a_week_with_a_change_of_the_clocks_shows_the_same_hours_every_day(cast: Cast, first: date) -> None:
    """Whether the change is on the first of the days, whose hours stand on top, or on the last."""
    care(cast.raman.id, *(Span(berlin(day, 10), berlin(day, 12)) for day in (CHANGE, CHANGE - A_DAY)))
    week = week_of(cast, first)
    day = week.days[(CHANGE - first).days][0]

    assert [label.hour for label in week.scale.labels] == list(range(8, 18))
    assert {scale.hours for scale, _ in week.days} == {10}
    assert day.window == Span(berlin(CHANGE, 8), berlin(CHANGE, 18))
    assert ("care", 25, 24) in drawn(cast, first)[(CHANGE - first).days]


@pytest.mark.usefixtures("in_berlin")
def test_what_lasts_through_the_change_stands_at_the_hours_of_the_clock(cast: Cast) -> None:
    care(cast.raman.id, Span(berlin(CHANGE - A_DAY, 22), berlin(CHANGE, 4)))
    week = week_of(cast, CHANGE - A_DAY)
    before, change = drawn(cast, CHANGE - A_DAY)[:2]

    assert {scale.hours for scale, _ in week.days} == {24}
    assert ("care", 22 * 12 + 1, 24) in before
    assert ("care", 1, 4 * 12) in change
    assert ("shut", 1, 8 * 12) in change


@pytest.mark.usefixtures("in_berlin")
@pytest.mark.parametrize("language", ["en", "fa"])
def test_the_ruler_of_the_page_is_that_of_the_clock(client: Visitor, cast: Cast, language: str) -> None:
    care(cast.raman.id, Span(berlin(CHANGE, 0, 30), berlin(CHANGE, 1)))
    page = client.page(f"/equipment/{cast.raman.id}?week={CHANGE}&lang={language}")
    hours = [int(ascii_digits(hour.text[:2])) for hour in page.all("span", class_="tl-hour")]
    assert hours == list(range(18))
