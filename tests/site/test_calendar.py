"""What the calendar pages show of several days."""

from collections.abc import Callable
from datetime import date, timedelta

from app.core.db import unit_of_work
from app.core.spans import Span
from app.core.zones import day_span
from app.occupancy.models import ClaimKind
from app.occupancy.services import claims
from app.site.calendar import days_of
from tests.cast import Cast
from tests.occupancy.making import source

Save = Callable[..., None]
MONDAY = date(2026, 11, 23)
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
    found = days_of(None, [cast.materials], WEEK)

    expected = [[span for span in spans if span.overlaps(day_span(day, zone))] for day in WEEK]
    assert [[entry.span for entry in one.entries] for one in found] == expected
    assert [len(one.entries) for one in found] == [2, 1, 1, 1, 1, 0, 1]
