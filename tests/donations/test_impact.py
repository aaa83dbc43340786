"""What a gift served, beside what was predicted."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from app.booking.services.decide import approve_booking
from app.booking.services.due import complete_bookings
from app.core import clock
from app.core.spans import Span
from app.donations.queries.impact import find_impact
from app.donations.rules.impact import Calendar, Promise, Use, gregorian_month, impact, jalali_month
from app.needs.rules.evidence import Evidence, Figures
from tests.booking.making import ask
from tests.cast import NOW, Cast
from tests.donations.making import agreed, arrived, in_service, published_need

TEHRAN = ZoneInfo("Asia/Tehran")
SINCE = datetime(2026, 5, 3, 8, tzinfo=UTC)
UNTIL = datetime(2026, 7, 10, 8, tzinfo=UTC)


def use(organisation: int, day: int, hours: int = 2, *, took_place: bool = True) -> Use:
    start = SINCE + timedelta(days=day)
    span = Span(start, start + timedelta(hours=hours))
    return Use(
        booking_id=100 * organisation + day, organisation_id=organisation, span=span, took_place=took_place
    )


def test_what_began_is_counted_and_what_lies_ahead_is_not() -> None:
    found = impact(
        [use(1, 1), use(2, 40, took_place=False), use(3, 90)], [], since=SINCE, until=UNTIL, zone=TEHRAN
    )
    assert (found.minutes_booked, found.minutes_used, found.bookings) == (240, 120, 2)
    assert [(month.first, month.minutes_booked) for month in found.months] == [
        (date(2026, 5, 1), 120),
        (date(2026, 6, 1), 120),
        (date(2026, 7, 1), 0),
    ]


def test_two_organisations_are_not_counted_out_loud() -> None:
    two, three = [use(1, 1), use(2, 2), use(1, 3)], [use(1, 1), use(2, 2), use(3, 3)]
    counts = [impact(u, [], since=SINCE, until=UNTIL, zone=TEHRAN).organisations for u in (two, three)]
    assert counts == [None, 3]


def test_a_prediction_runs_from_the_day_of_service() -> None:
    promise = Promise(since=SINCE + timedelta(days=10), minutes_a_day=Fraction(60))
    found = impact([], [promise], since=SINCE, until=SINCE + timedelta(days=15), zone=TEHRAN)
    assert found.predicted_minutes == 5 * 60


def test_the_prediction_is_the_need_s_own_figure_over_its_window() -> None:
    window = Span(SINCE - timedelta(days=90), SINCE)
    evidence = Evidence(
        computed_on=SINCE.date(),
        window=window,
        formula="1",
        figures=Figures(
            unmet_minutes=4440,
            organisations=4,
            units=1,
            utilisation=91,
            downtime_minutes=0,
            extra=2,
            served_minutes=3600,
        ),
    )
    promise = Promise.of(evidence, SINCE)
    assert promise is not None
    assert promise.minutes_a_day == Fraction(20)
    assert Promise.of(None, SINCE) is None


@given(
    st.lists(st.builds(use, st.integers(1, 5), st.integers(0, 80), st.integers(1, 9)), max_size=20),
    st.sampled_from([gregorian_month, jalali_month]),
)
def test_the_months_add_up_to_the_whole_in_both_calendars(uses: list[Use], calendar: Calendar) -> None:
    promise = Promise(since=SINCE, minutes_a_day=Fraction(61, 7))
    found = impact(uses, [promise], since=SINCE, until=UNTIL, zone=TEHRAN, calendar=calendar)
    assert sum(month.minutes_booked for month in found.months) == found.minutes_booked
    assert sum(month.minutes_used for month in found.months) == found.minutes_used
    assert sum(month.predicted_minutes or 0 for month in found.months) == found.predicted_minutes


def test_jalali_months_begin_on_their_own_first_day() -> None:
    found = impact([], [], since=SINCE, until=UNTIL, zone=TEHRAN, calendar=jalali_month)
    firsts = [month.first for month in found.months]
    assert firsts == [date(2026, 4, 21), date(2026, 5, 22), date(2026, 6, 22)]
    assert [month.is_whole for month in found.months] == [False, True, False]


def test_the_hours_on_the_given_unit_are_read_from_the_bookings(app: Flask, cast: Cast) -> None:
    offer = agreed(cast, published_need(cast))
    assert find_impact(offer) is None
    (unit,) = arrived(cast, offer)
    in_service(cast, offer, unit, equipment_id=cast.raman.id)
    first, second = (ask(who, cast.raman, start=24) for who in (cast.booker, cast.rival))
    for booking in (first, second):
        approve_booking(actor=cast.manager, reference=booking.reference)
    with clock.frozen(NOW + timedelta(days=3)):
        while complete_bookings():
            pass
        found = find_impact(offer)

    assert found is not None
    # The two were at one time, so one of them was on the unit that was there before.
    assert (found.bookings, found.organisations) == (1, None)
    assert found.predicted_minutes == 3 * 40  # sixty hours in ninety days, for three days
    assert found.minutes_used == found.minutes_booked == first.occurrences[0].span.minutes
