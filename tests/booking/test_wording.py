"""Every verdict has its words in both languages: what is wrong, and what would help."""

from datetime import date, time
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from flask_babel import force_locale

from app.booking.rules import access, checks
from app.booking.rules.allowances import Calendar, Per, Prime, Quota
from app.booking.rules.days import Days
from app.booking.rules.policy import Rules
from app.booking.rules.quotas import quotas
from app.booking.rules.standing import Standing
from app.booking.verdicts import Code, Verdict, met
from app.booking.wording import RULE_NAMES, worded
from tests.booking.rules.test_checks import ASKED, SUNDAY, TEHRAN, on, thing, wish

MORNING = on(SUNDAY, "09:10", "11:00")
BEFORE = date(2026, 11, 1)


def found() -> list[Verdict]:
    """One of each kind of refusal that this chapter knows."""
    needs = Rules(
        needs_authorisation=True, needs_agreement=True, needs_papers=["insurance"], max_open_requests=1
    )
    asked = wish(MORNING)
    strangers = [
        Standing(open_requests=1),
        Standing(
            open_requests=1,
            phone="021-1234",
            permits=[Days(BEFORE, BEFORE)],
            agreements=[Days(BEFORE, BEFORE)],
            papers={"insurance": [Days(BEFORE, BEFORE)]},
        ),
        Standing(open_requests=1, next_training=ASKED),
    ]
    verdicts = [
        one for who in strangers for one in access.of_standing(asked, thing(rules=needs, standing=who))
    ]
    for per in Per:
        for prime in (None, Prime(time(8), time(12), range(7))):
            quota = Quota(1, 1, per, Calendar(TEHRAN, 5, is_jalali=True), prime)
            verdicts += quotas(
                wish(on(SUNDAY, "08:00", "12:00")), {1: thing(standing=Standing(quotas=[quota]))}
            )
    gridded = thing(rules=Rules(grid_minutes=30))
    verdicts += [
        checks.on_grid(wish(on(SUNDAY, start, end)), gridded)
        for start, end in (("09:10", "10:00"), ("09:00", "10:10"), ("09:10", "10:10"))
    ]
    samples = thing(sample_minutes=[(5, 300)])
    verdicts.append(checks.shortest(wish(MORNING, mode="samples", samples=3), samples))
    far = thing(rules=Rules(external_horizon_days=1), standing=Standing(is_internal=False))
    verdicts.append(checks.horizon(wish(on(date(2026, 12, 1), "09:00", "10:00")), far))
    return verdicts


@pytest.mark.parametrize("language", ["en", "fa"])
def test_what_is_in_the_way_is_said_with_what_would_help(app: Flask, language: str) -> None:
    with app.test_request_context(), force_locale(language):
        for verdict in found():
            words = worded(verdict, TEHRAN)
            assert words.severity == "block"
            assert words.text
            assert words.remedy
            assert "%(" not in words.text + words.remedy


@pytest.mark.parametrize("code", Code)
def test_every_rule_has_a_name_and_a_word_for_being_met(app: Flask, code: Code) -> None:
    with app.test_request_context():
        assert worded(met(code), ZoneInfo("UTC")).text
        assert str(RULE_NAMES[code])


def test_the_nearest_times_are_named_on_the_clock_of_the_lab(app: Flask) -> None:
    with app.test_request_context():
        verdict = checks.on_grid(wish(on(SUNDAY, "09:10", "10:00")), thing(rules=Rules(grid_minutes=30)))
        assert worded(verdict, TEHRAN).remedy == "Begin at 09:00 or at 09:30."


def test_what_is_missing_of_the_papers_is_named(app: Flask) -> None:
    with app.test_request_context():
        needs = thing(rules=Rules(needs_papers=["insurance", "identity"]))
        (verdict,) = access.of_standing(wish(MORNING), needs)
        assert worded(verdict, TEHRAN).remedy == "Send to the liaison office: Insurance, Proof of identity."
