"""How early people ask, how soon they hear, and what becomes of it."""

from datetime import timedelta

from flask import Flask

from app.accounts.models import UserClass
from app.booking.rules.states import OccurrenceState
from app.booking.services.nudge import usual_answer_minutes
from app.reports.queries.dates import answers_of, list_dates
from app.reports.queries.scope import Scope, scope_of
from app.reports.rules.periods import days_between
from tests.cast import NOW, Cast
from tests.databases import both_databases
from tests.reports.making import SATURDAY_NINE, took

pytestmark = both_databases


def lately(cast: Cast) -> Scope:
    return scope_of([cast.materials], days_between(NOW.date() - timedelta(days=30), NOW.date()), jalali=False)


def test_each_date_of_the_lab_is_there_once(app: Flask, cast: Cast) -> None:
    took(cast.booker, cast.stations, quantity=3, asked_before=72)
    took(cast.booker, cast.raman, asked_before=24, state=OccurrenceState.NO_SHOW)
    took(cast.booker, cast.microscope, state=OccurrenceState.CANCELLED, is_late_cancel=True)
    took(cast.booker, cast.microscope, state=OccurrenceState.EXPIRED)
    took(cast.rival, cast.oscilloscope)
    took(cast.rival, cast.raman, NOW - timedelta(days=60))

    dates = list_dates(lately(cast))

    assert sorted(one.lead_minutes or 0 for one in dates) == [0, 24 * 60, 72 * 60]
    assert sum(one.used_minutes for one in dates) == 360
    assert sum(one.is_late_cancel for one in dates) == 1
    assert {one.user_class for one in dates} == {UserClass.INDUSTRY}


def test_what_was_written_down_afterwards_has_no_lead(app: Flask, cast: Cast) -> None:
    took(cast.booker, cast.raman, asked_before=-2)
    (one,) = list_dates(lately(cast))
    assert one.lead_minutes is None


def test_answers_count_in_working_hours_as_on_the_page_of_the_lab(app: Flask, cast: Cast) -> None:
    for hour in range(5):
        took(
            cast.booker,
            cast.raman,
            SATURDAY_NINE + timedelta(days=1, hours=hour),
            1,
            asked_before=24,
            answered_after=1 + hour % 2,
            by=cast.manager,
        )
    took(cast.booker, cast.stations, answered_after=0.1, by=cast.booker)
    took(cast.rival, cast.oscilloscope, answered_after=1, by=cast.other_manager)

    answers = answers_of(lately(cast))

    assert len(answers.minutes) == 5
    assert round(sorted(answers.minutes)[2]) == usual_answer_minutes(cast.materials) == 60
    assert answers.share_in_time is None


def test_an_answer_after_its_time_and_none_at_all_break_the_promise(app: Flask, cast: Cast) -> None:
    asked_at = SATURDAY_NINE - timedelta(hours=48)
    for hour, answered in enumerate((1, 1, 30)):
        took(
            cast.booker,
            cast.raman,
            SATURDAY_NINE + timedelta(hours=hour),
            1,
            answered_after=answered,
            by=cast.manager,
            answer_by=asked_at + timedelta(hours=hour + 10),
        )
    took(
        cast.rival,
        cast.raman,
        SATURDAY_NINE + timedelta(hours=5),
        state=OccurrenceState.EXPIRED,
        answer_by=asked_at + timedelta(hours=8),
    )
    answers = answers_of(lately(cast))
    assert (answers.in_time, answers.promised) == (2, 4)
    assert answers.share_in_time == 0.5
