"""Each rule of a lab on both sides of its edge. No application, no database."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from app.booking.rules import checks
from app.booking.rules.facts import Asker, Things, Want, Wish
from app.booking.rules.hours import Hours, Week
from app.booking.rules.policy import Rules
from app.booking.verdicts import Code, Severity
from app.core.spans import Span

TEHRAN = ZoneInfo("Asia/Tehran")
SUNDAY = date(2026, 11, 22)
ASKED = datetime(2026, 11, 21, 8, tzinfo=TEHRAN).astimezone(UTC)
EVERY_DAY = [Hours(day, time(8), time(18)) for day in range(7)]


def on(day: date, start: str, end: str, zone: ZoneInfo = TEHRAN) -> Span:
    return Span(
        datetime.combine(day, time.fromisoformat(start), zone),
        datetime.combine(day, time.fromisoformat(end), zone),
    )


def wish(span: Span, **more: Any) -> Wish:
    return Wish(**({"wants": [Want(1)], "span": span, "mode": "self", "asked_at": ASKED} | more))


def thing(
    hours: Sequence[Hours] = EVERY_DAY,
    *,
    closed: set[date] | None = None,
    zone: ZoneInfo = TEHRAN,
    **more: Any,
) -> Things:
    rules = more.pop("rules", Rules())
    known = {"modes": ["self"], "in_service": True, "capacity": 1, "taken": ()} | more
    return Things(equipment_id=1, lab_id=1, rules=rules, week=Week(hours, closed or set(), zone), **known)


@pytest.mark.parametrize(
    ("start", "end", "severity"),
    [
        ("08:00", "10:00", "met"),
        ("16:00", "18:00", "met"),
        ("07:45", "09:00", "block"),
        ("17:00", "18:15", "block"),
    ],
)
def test_a_booking_lies_inside_the_opening_hours(start: str, end: str, severity: str) -> None:
    verdict = checks.opening_hours(wish(on(SUNDAY, start, end)), thing())
    assert verdict.severity == severity


def test_a_lunch_break_splits_the_day_and_the_openings_are_told() -> None:
    split = [Hours(6, time(8), time(12)), Hours(6, time(13), time(18))]
    verdict = checks.opening_hours(wish(on(SUNDAY, "11:00", "14:00")), thing(split))
    assert verdict.code is Code.OUTSIDE_HOURS
    assert verdict.params["openings"] == [on(SUNDAY, "08:00", "12:00"), on(SUNDAY, "13:00", "18:00")]


@pytest.mark.parametrize("closed", [{SUNDAY}, set()])
def test_a_holiday_and_a_free_weekday_are_closed_days(closed: set[date]) -> None:
    hours = EVERY_DAY if closed else [Hours(0, time(8), time(18))]
    verdict = checks.opening_hours(wish(on(SUNDAY, "09:00", "10:00")), thing(hours, closed=closed))
    assert (verdict.code, verdict.severity) == (Code.CLOSED_DAY, Severity.BLOCK)


def test_hours_to_midnight_and_on_make_one_night() -> None:
    night = [Hours(6, time(18), time(0)), Hours(0, time(0), time(6))]
    span = Span(datetime(2026, 11, 22, 22, tzinfo=TEHRAN), datetime(2026, 11, 23, 4, tzinfo=TEHRAN))
    assert checks.opening_hours(wish(span), thing(night)).severity is Severity.MET


def test_jobs_may_run_on_where_the_lab_says_so_but_begin_while_it_is_open() -> None:
    runs_on = thing(rules=Rules(outside_hours=True))
    assert checks.opening_hours(wish(on(SUNDAY, "17:00", "23:00")), runs_on).severity is Severity.MET
    assert checks.opening_hours(wish(on(SUNDAY, "19:00", "23:00")), runs_on).severity is Severity.BLOCK


def test_hours_follow_the_wall_clock_across_daylight_saving() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    for day in (date(2026, 3, 28), date(2026, 3, 29), date(2026, 10, 25)):
        span = on(day, "08:00", "18:00", berlin)
        assert checks.opening_hours(wish(span), thing(zone=berlin)).severity is Severity.MET


@pytest.mark.parametrize(
    ("rule", "at_the_edge", "beyond"),
    [
        (checks.shortest, on(SUNDAY, "09:00", "09:30"), on(SUNDAY, "09:00", "09:29")),
        (checks.longest, on(SUNDAY, "08:00", "16:00"), on(SUNDAY, "08:00", "16:01")),
    ],
)
def test_length_is_allowed_up_to_and_including_its_limit(rule: Any, at_the_edge: Span, beyond: Span) -> None:
    assert rule(wish(at_the_edge), thing()).severity is Severity.MET
    assert rule(wish(beyond), thing()).severity is Severity.BLOCK


def test_notice_counts_from_the_asking() -> None:
    exactly = Span(ASKED + timedelta(hours=4), ASKED + timedelta(hours=5))
    assert checks.notice(wish(exactly), thing()).severity is Severity.MET
    too_soon = checks.notice(wish(exactly.shift(-timedelta(minutes=1))), thing())
    assert too_soon.code is Code.TOO_SOON
    assert too_soon.params["earliest"] == exactly.start


def test_the_horizon_is_about_the_start() -> None:
    last = Span(ASKED + timedelta(days=90), ASKED + timedelta(days=90, hours=1))
    assert checks.horizon(wish(last), thing()).severity is Severity.MET
    assert checks.horizon(wish(last.shift(timedelta(minutes=1))), thing()).code is Code.TOO_FAR


def test_the_past_begins_now() -> None:
    span = on(SUNDAY, "09:00", "10:00")
    assert checks.in_the_past(wish(span), span.start).severity is Severity.MET
    assert checks.in_the_past(wish(span), span.start + timedelta(seconds=1)).code is Code.IN_THE_PAST


def test_a_mode_is_offered_or_the_others_are_named() -> None:
    verdict = checks.mode_offered(
        wish(on(SUNDAY, "09:00", "10:00"), mode="samples"), thing(modes=["self", "operator"])
    )
    assert verdict.code is Code.MODE_NOT_OFFERED
    assert verdict.params["offered"] == ["self", "operator"]


def test_out_of_service_and_no_unit_left_are_the_same_to_the_asker() -> None:
    span = wish(on(SUNDAY, "09:00", "10:00"))
    assert checks.in_service(span, thing(in_service=False)).code is Code.OUT_OF_SERVICE
    assert checks.in_service(span, thing(capacity=0)).severity is Severity.BLOCK
    assert checks.in_service(span, thing()).severity is Severity.MET


def test_an_unverified_company_needs_an_answer_and_holds_one_request() -> None:
    assert checks.verified(Asker(is_verified=False, open_requests=0)).severity is Severity.APPROVAL
    assert checks.few_open(Asker(is_verified=False, open_requests=0)).severity is Severity.MET
    assert checks.few_open(Asker(is_verified=False, open_requests=1)).severity is Severity.BLOCK
    assert checks.few_open(Asker(is_verified=True, open_requests=9)).severity is Severity.MET


def test_more_than_there_is_cannot_be_had_at_any_time() -> None:
    assert checks.enough_of_them(Want(1, 5), thing(capacity=4)).code is Code.TOO_MANY_WANTED
    assert checks.enough_of_them(Want(1, 4), thing(capacity=4)).severity is Severity.MET


def test_every_rule_is_asked_and_met_ones_are_kept_for_the_checklist() -> None:
    found = checks.all_of(
        wish(on(SUNDAY, "09:00", "10:00")), Asker(is_verified=True, open_requests=0), {1: thing()}, ASKED
    )
    assert [v.code for v in found if v.severity is not Severity.MET] == [Code.LAB_DECIDES]
    assert len(found) == 14
