"""What became of the open hours, with others' hours all around."""

from datetime import timedelta

from flask import Flask

from app.booking.rules.states import OccurrenceState
from app.core.spans import Span
from app.inventory.models import Lab
from app.occupancy.models import ClaimKind
from app.reports.queries.scope import Scope, list_labs_read, scope_of
from app.reports.queries.use import use_of
from app.reports.rules.periods import days_between
from app.reports.rules.use import Use
from tests.cast import NOW, Cast
from tests.databases import both_databases
from tests.reports.making import SATURDAY_NINE, claim, took
from tests.statements import statements

pytestmark = both_databases

SATURDAY = SATURDAY_NINE.date()


def last_week(*labs: Lab, **more: object) -> Scope:
    return scope_of(labs, days_between(SATURDAY, SATURDAY + timedelta(days=6)), jalali=False, **more)  # type: ignore[arg-type]


def test_hours_are_counted_by_what_became_of_them(app: Flask, cast: Cast) -> None:
    took(cast.booker, cast.raman)
    took(cast.rival, cast.raman, SATURDAY_NINE + timedelta(hours=3), 1, state=OccurrenceState.NO_SHOW)
    took(cast.rival, cast.raman, SATURDAY_NINE + timedelta(hours=5), 1, state=OccurrenceState.CANCELLED)
    day_after = SATURDAY_NINE + timedelta(days=1)
    claim(cast.raman, Span(day_after, day_after + timedelta(hours=3)), ClaimKind.TIMETABLE)
    claim(cast.raman, Span(day_after + timedelta(hours=4), day_after + timedelta(hours=5)), ClaimKind.OUTAGE)
    took(cast.rival, cast.oscilloscope)
    took(cast.booker, cast.raman, SATURDAY_NINE - timedelta(days=7))
    took(cast.booker, cast.raman, SATURDAY_NINE + timedelta(days=7))

    use = use_of(last_week(cast.materials))

    (raman,) = (tally for one, tally in use.equipment if one.id == cast.raman.id)
    assert {kind: raman.minutes(kind) for kind in Use if kind is not Use.FREE} == {
        Use.USED: 120,
        Use.TEACHING: 180,
        Use.BOOKED: 0,
        Use.MISSED: 60,
        Use.OUT: 60,
    }
    assert use.whole.minutes(Use.USED) == 120
    assert use.equipment[0][0].id == cast.raman.id
    assert cast.oscilloscope.id not in {one.id for one, _tally in use.equipment}
    assert [part.minutes(Use.TEACHING) for part in use.parts] == [0, 180, 0, 0, 0, 0, 0]


def test_the_night_and_the_weekend_are_not_open(app: Flask, cast: Cast) -> None:
    night = Span(SATURDAY_NINE + timedelta(hours=14), SATURDAY_NINE + timedelta(hours=16))
    claim(cast.raman, night, ClaimKind.MAINTENANCE)
    use = use_of(last_week(cast.materials))
    assert use.whole.minutes(Use.OUT) == 0
    assert use.parts[6].open_minutes == 0  # Friday


def test_a_pool_is_open_as_often_as_it_has_units(app: Flask, cast: Cast) -> None:
    took(cast.booker, cast.stations, quantity=3)
    use = use_of(last_week(cast.materials, category_ids={cast.soldering.id}))
    ((_stations, tally),) = use.equipment
    alone = use_of(last_week(cast.materials, category_ids={cast.raman_category.id})).whole
    assert tally.open_minutes == 4 * alone.open_minutes > 0
    assert tally.minutes(Use.USED) == 360


def test_what_is_ahead_is_booked(app: Flask, cast: Cast) -> None:
    start = NOW + timedelta(hours=1)
    took(cast.booker, cast.raman, start, 1, state=OccurrenceState.APPROVED)
    took(cast.rival, cast.raman, start + timedelta(hours=2), 1, state=OccurrenceState.REQUESTED)
    use = use_of(scope_of([cast.materials], days_between(NOW.date(), NOW.date()), jalali=True))
    assert use.whole.minutes(Use.BOOKED) == 120


def test_managers_read_about_their_labs_and_the_office_about_all(app: Flask, cast: Cast) -> None:
    def labs(who: object) -> set[str]:
        return {lab.slug for lab in list_labs_read(who)}  # type: ignore[arg-type]

    assert labs(cast.manager) == {"materials"}
    assert labs(cast.other_manager) == {"electronics"}
    assert labs(cast.liaison) == labs(cast.admin) >= {"materials", "electronics"}
    assert labs(cast.booker) == labs(cast.technician) == set()


def test_more_bookings_and_days_take_no_more_statements(app: Flask, cast: Cast) -> None:
    took(cast.booker, cast.raman)
    with statements() as few:
        use_of(last_week(cast.materials))
    for hour in range(3):
        took(cast.rival, cast.oscilloscope, SATURDAY_NINE + timedelta(hours=2 * hour))
        took(cast.rival, cast.microscope, SATURDAY_NINE + timedelta(hours=2 * hour))
    year = scope_of(
        [cast.materials, cast.electronics],
        days_between(SATURDAY - timedelta(days=300), SATURDAY),
        jalali=False,
    )
    with statements() as many:
        use_of(year)
    assert len(many) <= len(few) + 1  # another lab's site is loaded
