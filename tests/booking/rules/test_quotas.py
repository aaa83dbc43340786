"""Quotas: what counts in which week or month, on the wall of the lab. No application, no database."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from app.booking.rules.allowances import Calendar, Per, Prime, Quota
from app.booking.rules.facts import Want
from app.booking.rules.quotas import quotas
from app.booking.rules.standing import Standing
from app.booking.verdicts import Code, Severity, Verdict
from app.core.spans import Span
from tests.booking.rules.test_checks import SUNDAY, TEHRAN, on, thing, wish

SATURDAY = 5
IRAN = Calendar(TEHRAN, SATURDAY, is_jalali=True)
BERLIN = Calendar(ZoneInfo("Europe/Berlin"), 0, is_jalali=False)
MORNING = on(SUNDAY, "09:00", "11:00")


def judged(span: Span, quota: Quota, *, quantity: int = 1, **more: Any) -> Verdict:
    one = thing(standing=Standing(quotas=[quota]), capacity=9)
    (verdict,) = quotas(wish(span, wants=[Want(1, quantity)], **more), {1: one})
    return verdict


def quota(hours: int, per: Per = Per.WEEK, calendar: Calendar = IRAN, **more: Any) -> Quota:
    return Quota(1, hours * 60, per, calendar, **more)


@pytest.mark.parametrize(("used", "severity"), [("11:00", "met"), ("11:01", "block")])
def test_the_limit_itself_may_be_had(used: str, severity: str) -> None:
    other = on(SUNDAY - timedelta(days=1), "08:00", used)
    verdict = judged(MORNING, quota(5, used=[(other, 1)]))
    assert (verdict.code, verdict.severity) == (Code.QUOTA_SPENT, severity)


def test_what_is_used_and_when_it_begins_anew_is_told() -> None:
    verdict = judged(MORNING, quota(4, used=[(on(SUNDAY, "12:00", "15:00"), 1)]))
    assert (verdict.params["used"], verdict.params["asked"], verdict.params["limit"]) == (180, 120, 240)
    assert verdict.params["renews"] == on(date(2026, 11, 28), "00:00", "01:00").start  # a Saturday


def test_last_week_does_not_count() -> None:
    friday = on(SUNDAY - timedelta(days=2), "08:00", "18:00")
    assert judged(MORNING, quota(2, used=[(friday, 1)])).severity is Severity.MET


def test_each_unit_counts() -> None:
    assert judged(MORNING, quota(4), quantity=2).severity is Severity.MET
    assert judged(MORNING, quota(4), quantity=3).severity is Severity.BLOCK


def test_earlier_dates_of_the_same_request_count() -> None:
    before = [on(SUNDAY, "12:00", "14:00"), on(SUNDAY, "15:00", "17:00")]
    assert judged(MORNING, quota(6), before=before).severity is Severity.MET
    assert judged(MORNING, quota(5), before=before).severity is Severity.BLOCK


def test_a_booking_over_the_weeks_end_counts_in_both() -> None:
    friday = SUNDAY + timedelta(days=5)
    night = Span(on(friday, "20:00", "21:00").start, on(friday + timedelta(days=1), "04:00", "05:00").start)
    assert judged(night, quota(4)).severity is Severity.MET
    assert (
        judged(night, quota(4, used=[(on(friday + timedelta(days=1), "09:00", "09:30"), 1)])).severity
        == "block"
    )


def test_only_the_busiest_hours_count_where_they_are_named() -> None:
    prime = Prime(time(10), time(14), {SUNDAY.weekday()})
    verdict = judged(MORNING, quota(1, prime=prime))
    assert verdict.severity is Severity.MET
    assert judged(on(SUNDAY, "09:00", "11:30"), quota(1, prime=prime)).params["asked"] == 90
    monday = SUNDAY + timedelta(days=1)
    assert judged(on(monday, "10:00", "14:00"), quota(1, prime=prime)).severity is Severity.MET


@pytest.mark.parametrize(
    ("calendar", "day", "first", "after"),
    [
        (IRAN, date(2026, 11, 22), date(2026, 11, 22), date(2026, 12, 22)),  # Azar 1405
        (BERLIN, date(2026, 2, 17), date(2026, 2, 1), date(2026, 3, 1)),
        (BERLIN, date(2026, 12, 31), date(2026, 12, 1), date(2027, 1, 1)),
    ],
)
def test_a_month_is_that_of_the_place(calendar: Calendar, day: date, first: date, after: date) -> None:
    noon = datetime.combine(day, time(12), calendar.zone)
    month = calendar.period(noon, Per.MONTH)
    assert month.start.astimezone(calendar.zone).date() == first
    assert month.end.astimezone(calendar.zone).date() == after


def test_the_week_the_clocks_are_turned_has_an_hour_less() -> None:
    week = BERLIN.period(datetime(2026, 3, 29, 12, tzinfo=UTC), Per.WEEK)
    assert week.length == timedelta(days=7) - timedelta(hours=1)


def test_a_quota_of_the_lab_counts_all_its_equipment_together() -> None:
    shared = quota(4)
    things = {id_: thing(standing=Standing(quotas=[shared])) for id_ in (1, 2)}
    asked = wish(MORNING, wants=[Want(1), Want(2)])
    (verdict,) = quotas(asked, things)
    assert verdict.severity is Severity.MET
    tight = {id_: thing(standing=Standing(quotas=[quota(3)])) for id_ in (1, 2)}
    (verdict,) = quotas(asked, tight)
    assert verdict.severity is Severity.BLOCK


def test_where_there_is_no_quota_there_is_no_verdict() -> None:
    assert quotas(wish(MORNING), {1: thing()}) == []
