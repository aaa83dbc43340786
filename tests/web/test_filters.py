"""What the filters of templates add to the formats: isolation of direction, escaping, machine dates."""

from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from flask import Flask, render_template_string

from app.core.i18n import in_language
from app.core.spans import Span
from tests.cast import NOW

TEHRAN = ZoneInfo("Asia/Tehran")


def shown(app: Flask, template: str, language: str = "en", **values: object) -> str:
    with app.test_request_context(), in_language(language):
        return render_template_string(template, zone=TEHRAN, **values)


def test_a_code_stays_left_to_right_in_persian(app: Flask) -> None:
    assert shown(app, "{{ 'KG-14'|ltr }}", "fa") == '<bdi dir="ltr" lang="en">KG-14</bdi>'


def test_a_word_is_said_in_the_language_of_who_reads_it_and_not_of_who_read_first(app: Flask) -> None:
    """Jinja works out what is constant when it reads a template."""
    for template in ("{{ 74|number }}", "{{ 'buf'|look_word }}"):
        compiled = app.jinja_env.from_string(template)
        with app.test_request_context():
            said = []
            for language in ("en", "fa"):
                with in_language(language):
                    said.append(compiled.render())
        assert len(set(said)) == 2


@pytest.mark.parametrize("template", ["{{ name|ltr }}", "{{ name|bdi }}"])
def test_what_is_isolated_is_still_escaped(app: Flask, template: str) -> None:
    assert "&lt;b&gt;" in shown(app, template, name="<b>")


def test_machines_get_utc_to_the_minute_and_plain_dates(app: Flask) -> None:
    local = datetime(2026, 11, 22, 10, 0, tzinfo=timezone(timedelta(hours=3, minutes=30)))
    assert shown(app, "{{ at|iso }} {{ day|iso }}", "fa", at=local, day=date(2026, 11, 22)) == (
        "2026-11-22T06:30Z 2026-11-22"
    )


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", '<bdi dir="rtl" lang="fa">۱ آذر ۱۴۰۵</bdi>'),
        ("fa", '<bdi dir="ltr" lang="en">22 November 2026</bdi>'),
    ],
)
def test_the_other_calendar_is_marked_as_the_other_language(app: Flask, language: str, expected: str) -> None:
    assert shown(app, "{{ at|other_day(zone) }}", language, at=NOW) == expected


def test_an_instant_and_a_span_are_shown_on_the_clock_of_the_lab(app: Flask) -> None:
    span = Span(NOW, NOW + timedelta(hours=2))
    both = shown(app, "{{ at|clock(zone) }}, {{ span|hours(zone) }}", at=NOW, span=span)
    assert both == "10:00, 10:00–12:00"


def test_what_a_template_says_outright_is_in_the_language_of_each_reader(app: Flask) -> None:
    """Jinja works a filter of a constant out once, when it reads the template, unless it is told not to."""
    with app.test_request_context():
        read = app.jinja_env.from_string("{{ 74|number }} {{ '14:30'|digits }}")
        said = []
        for language in ("en", "fa", "en"):
            with in_language(language):
                said.append(read.render())
    assert said == ["74 14:30", "۷۴ ۱۴:۳۰", "74 14:30"]


def test_a_picture_for_a_phone_obeys_the_policy_and_repeats_no_secret(app: Flask) -> None:
    picture = shown(app, "{{ 'https://kargah.example/calendars/x.ics'|qr }}")
    assert picture.startswith("<svg")
    assert "style" not in picture
    assert "kargah" not in picture
