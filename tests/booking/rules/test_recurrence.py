"""Dates of a rule: on the wall clock of the lab, and the same that another program finds."""

import random
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
from icalendar import Calendar

from app.booking.rules.recurrence import MOST_DATES, BadRule, expand, parse_rule, read_exdate
from app.core.spans import Span

BERLIN, NEW_YORK, TEHRAN = (ZoneInfo(name) for name in ("Europe/Berlin", "America/New_York", "Asia/Tehran"))


def local(text: str, zone: ZoneInfo) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def spans(text: str, start: str, end: str, zone: ZoneInfo, *without: date | datetime) -> list[Span]:
    return expand(Span(local(start, zone), local(end, zone)), parse_rule(text), zone, without)


def starts(text: str, start: str, *without: date | datetime, zone: ZoneInfo = TEHRAN) -> list[str]:
    """The wall-clock times at which the rule's dates begin, an hour each."""
    end = (datetime.fromisoformat(start) + timedelta(hours=1)).isoformat()
    found = spans(text, start, end, zone, *without)
    return [f"{one.start.astimezone(zone):%Y-%m-%d %H:%M}" for one in found]


def test_weekly_on_chosen_weekdays() -> None:
    assert starts("FREQ=WEEKLY;BYDAY=MO,WE;COUNT=4", "2026-11-23T09:00") == [
        "2026-11-23 09:00",
        "2026-11-25 09:00",
        "2026-11-30 09:00",
        "2026-12-02 09:00",
    ]


def test_which_weeks_are_counted_depends_on_the_first_day_of_the_week() -> None:
    """The example of RFC 5545, 3.3.10."""
    rule = "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST="
    assert [one[:10] for one in starts(rule + "MO", "1997-08-05T09:00")] == [
        "1997-08-05",
        "1997-08-10",
        "1997-08-19",
        "1997-08-24",
    ]
    assert [one[:10] for one in starts(rule + "SU", "1997-08-05T09:00")] == [
        "1997-08-05",
        "1997-08-17",
        "1997-08-19",
        "1997-08-31",
    ]


def test_monthly_by_day_leaves_out_months_that_are_too_short() -> None:
    found = starts("FREQ=MONTHLY;COUNT=3", "2026-12-31T09:00")
    assert [one[:10] for one in found] == ["2026-12-31", "2027-01-31", "2027-03-31"]
    last = starts("FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3", "2026-12-31T09:00")
    assert [one[:10] for one in last] == ["2026-12-31", "2027-01-31", "2027-02-28"]


def test_monthly_by_a_counted_weekday() -> None:
    found = starts("FREQ=MONTHLY;BYDAY=-1TH;COUNT=2", "2026-11-26T09:00")
    assert [one[:10] for one in found] == ["2026-11-26", "2026-12-31"]


@pytest.mark.parametrize("until", ["20261125", "20261125T090000", "20261125T053000Z"])
def test_the_end_of_a_rule_is_included(until: str) -> None:
    assert len(starts(f"FREQ=DAILY;UNTIL={until}", "2026-11-23T09:00")) == 3


def test_what_is_left_out_counts_all_the_same() -> None:
    rule, first = "FREQ=DAILY;COUNT=4", "2026-11-23T09:00"
    left_out = date(2026, 11, 24), local("2026-11-25T09:00", TEHRAN)
    assert [one[:10] for one in starts(rule, first, *left_out)] == ["2026-11-23", "2026-11-26"]
    assert len(starts(rule, first, local("2026-11-25T09:30", TEHRAN))) == 4


def test_the_clocks_change_and_the_wall_clock_stays() -> None:
    found = spans("FREQ=WEEKLY;COUNT=2", "2027-03-22T09:00", "2027-03-22T17:00", BERLIN)
    assert [one.start.hour for one in found] == [8, 7]
    assert [one.minutes for one in found] == [480, 480]


def test_over_the_night_the_end_is_a_time_of_the_wall_clock_too() -> None:
    found = spans("FREQ=DAILY;COUNT=3", "2027-03-26T22:00", "2027-03-27T06:00", BERLIN)
    assert [one.minutes for one in found] == [480, 420, 480]


def test_a_time_that_is_skipped_is_an_hour_later_and_one_that_comes_twice_the_first() -> None:
    skipped = spans("FREQ=DAILY;COUNT=2", "2027-03-27T02:30", "2027-03-27T02:45", BERLIN)[1]
    assert (skipped.start, skipped.minutes) == (datetime(2027, 3, 28, 1, 30, tzinfo=UTC), 15)
    twice = spans("FREQ=DAILY;COUNT=2", "2027-10-30T02:30", "2027-10-30T02:45", BERLIN)[1]
    assert (twice.start, twice.minutes) == (datetime(2027, 10, 31, 0, 30, tzinfo=UTC), 15)


def test_where_the_clocks_leave_nothing_of_it_it_is_as_long_as_the_first() -> None:
    found = spans("FREQ=DAILY;COUNT=2", "2027-03-27T02:45", "2027-03-27T03:15", BERLIN)[1]
    assert (found.start, found.minutes) == (datetime(2027, 3, 28, 1, 45, tzinfo=UTC), 30)


def test_the_first_date_is_the_very_instant_that_was_asked_for() -> None:
    second = local("2027-10-31T02:30", BERLIN).replace(fold=1)
    span = Span(second, second + timedelta(hours=1))
    assert expand(span, parse_rule("FREQ=DAILY;COUNT=2"), BERLIN)[0] == span


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ("", "rule_unreadable"),
        ("every Monday", "rule_unreadable"),
        ("FREQ=DAILY;FREQ=DAILY;COUNT=2", "rule_unreadable"),
        ("COUNT=2", "rule_needs_freq"),
        ("FREQ=YEARLY;COUNT=2", "rule_freq"),
        ("FREQ=DAILY", "rule_needs_end"),
        ("FREQ=DAILY;COUNT=2;UNTIL=20270101", "rule_needs_end"),
        ("FREQ=DAILY;COUNT=0", "rule_count"),
        ("FREQ=DAILY;COUNT=367", "rule_too_many"),
        ("FREQ=DAILY;INTERVAL=0;COUNT=2", "rule_interval"),
        ("FREQ=DAILY;UNTIL=20271301", "rule_until"),
        ("FREQ=DAILY;UNTIL=tomorrow", "rule_until"),
        ("FREQ=DAILY;COUNT=2;BYHOUR=9", "rule_part"),
        ("FREQ=MONTHLY;COUNT=2;BYSETPOS=1;BYDAY=MO", "rule_part"),
        ("FREQ=WEEKLY;COUNT=2;BYDAY=1MO", "rule_byday"),
        ("FREQ=WEEKLY;COUNT=2;BYDAY=XX", "rule_byday"),
        ("FREQ=MONTHLY;COUNT=2;BYDAY=MO", "rule_byday_monthly"),
        ("FREQ=WEEKLY;COUNT=2;BYMONTHDAY=1", "rule_bymonthday"),
        ("FREQ=MONTHLY;COUNT=2;BYMONTHDAY=32", "rule_bymonthday"),
        ("FREQ=MONTHLY;COUNT=2;BYMONTHDAY=1;BYDAY=1MO", "rule_bymonthday"),
        ("FREQ=DAILY;COUNT=2;WKST=X", "rule_wkst"),
    ],
)
def test_what_is_not_understood_is_named(rule: str, code: str) -> None:
    with pytest.raises(BadRule) as bad:
        parse_rule(rule)
    assert bad.value.code == code


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ("FREQ=DAILY;UNTIL=20300101", "rule_too_many"),
        ("FREQ=DAILY;UNTIL=20300101T000000Z", "rule_too_many"),
        ("FREQ=DAILY;UNTIL=20200101", "rule_no_date"),
        ("FREQ=DAILY;INTERVAL=7;BYDAY=TU;COUNT=2", "rule_too_far"),
        ("FREQ=MONTHLY;INTERVAL=900;COUNT=3", "rule_too_far"),
    ],
)
def test_a_rule_without_end_or_without_dates_is_named(rule: str, code: str) -> None:
    with pytest.raises(BadRule) as bad:
        starts(rule, "2026-11-23T09:00")
    assert bad.value.code == code


def test_a_year_of_days_is_the_most() -> None:
    assert len(starts(f"FREQ=DAILY;COUNT={MOST_DATES}", "2026-11-23T09:00")) == MOST_DATES


def test_days_and_instants_to_leave_out_are_read_from_text() -> None:
    assert read_exdate("2026-12-24") == date(2026, 12, 24)
    assert read_exdate("2026-12-24T09:00:00+03:30") == datetime(2026, 12, 24, 5, 30, tzinfo=UTC)
    for bad in ("2026-12-24T09:00:00", "Christmas", "2026-13-01"):
        with pytest.raises(ValueError):  # noqa: PT011 - whatever it says
            read_exdate(bad)


# --- The same dates as recurring-ical-events finds

NIGHTS = [
    (BERLIN, date(2026, 10, 25)),
    (BERLIN, date(2027, 3, 28)),
    (NEW_YORK, date(2026, 11, 1)),
    (NEW_YORK, date(2027, 3, 14)),
    (TEHRAN, date(2021, 3, 22)),  # the last years in which Iran changed its clocks
    (TEHRAN, date(2022, 9, 22)),
    (TEHRAN, date(2026, 11, 22)),
]
CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
ROUNDS = 60


def drawn_rule(draw: random.Random, start: datetime) -> str:
    """A rule of which `start` is a date, as RFC 5545 demands of DTSTART."""
    code, week = CODES[start.weekday()], (start.day - 1) // 7 + 1
    others = draw.sample(CODES, draw.randint(0, 3))
    days = ",".join(sorted({code, *others}, key=CODES.index))
    rule = draw.choice(
        [
            "FREQ=DAILY",
            f"FREQ=DAILY;BYDAY={days}",
            "FREQ=WEEKLY",
            f"FREQ=WEEKLY;BYDAY={days};WKST={draw.choice(CODES)}",
            "FREQ=MONTHLY",
            f"FREQ=MONTHLY;BYMONTHDAY={start.day}",
            f"FREQ=MONTHLY;BYDAY={week}{code}",
        ]
    )
    if draw.random() < 0.5:
        rule += f";INTERVAL={draw.randint(1, 4)}"
    if draw.random() < 0.5:
        return f"{rule};COUNT={draw.randint(1, 12 if 'MONTHLY' in rule else 40)}"
    until = start + timedelta(days=draw.randint(0, 120), minutes=draw.choice([-30, 0, 30]))
    return f"{rule};UNTIL={max(until, start).astimezone(UTC):%Y%m%dT%H%M%SZ}"


@pytest.mark.parametrize(("zone", "night"), NIGHTS, ids=str)
def test_another_program_finds_the_same_dates(zone: ZoneInfo, night: date) -> None:
    draw = random.Random(f"{zone}{night}")
    for _ in range(ROUNDS):
        day = night - timedelta(days=draw.randint(1, 40))
        minutes = draw.randrange(0, 24 * 60, 15)
        # The nights themselves: half of the dates begin in their small hours.
        minutes = draw.choice([minutes, draw.randrange(0, 4 * 60, 15)])
        naive = datetime.combine(day, datetime.min.time()) + timedelta(minutes=minutes)
        start = naive.replace(tzinfo=zone)
        end = (naive + timedelta(minutes=draw.choice([15, 60, 120, 300, 600, 1500]))).replace(tzinfo=zone)
        if start.astimezone(UTC) >= end.astimezone(UTC):
            continue
        rule = drawn_rule(draw, start)
        found = expand(Span(start, end), parse_rule(rule), zone)
        left_out = draw.sample(found, min(len(found) - 1, draw.randint(0, 4)))
        without = [one.start for one in left_out]
        assert theirs(start, end, rule, without, zone) == expected(found, without, zone), (start, end, rule)


def expected(found: list[Span], without: list[datetime], zone: ZoneInfo) -> list[tuple[datetime, datetime]]:
    return [(one.start, one.end) for one in found if one.start not in without]


def theirs(
    start: datetime, end: datetime, rule: str, without: list[datetime], zone: ZoneInfo
) -> list[tuple[datetime, datetime]]:
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//test//",
        "BEGIN:VEVENT",
        "UID:1",
        "DTSTAMP:20260101T000000Z",
        f"DTSTART;TZID={zone.key}:{start:%Y%m%dT%H%M%S}",
        f"DTEND;TZID={zone.key}:{end:%Y%m%dT%H%M%S}",
        f"RRULE:{rule}",
        *(f"EXDATE;TZID={zone.key}:{one.astimezone(zone):%Y%m%dT%H%M%S}" for one in without),
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]
    events = recurring_ical_events.of(Calendar.from_ical("\r\n".join(lines))).between(
        start - timedelta(days=2), start + timedelta(days=4000)
    )
    found = sorted((e["DTSTART"].dt.astimezone(UTC), e["DTEND"].dt.astimezone(UTC)) for e in events)
    # An end in the hour that is skipped may lie before the start there: no booking can.
    length = end.astimezone(UTC) - start.astimezone(UTC)
    return [(begins, ends if begins < ends else begins + length) for begins, ends in found]
