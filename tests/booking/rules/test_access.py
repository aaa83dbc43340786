"""What a lab asks of those who come, on both sides of its edge. No application, no database."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.booking.rules import access, checks
from app.booking.rules.days import Days
from app.booking.rules.facts import Things
from app.booking.rules.policy import Layer, Rules, in_force, origins
from app.booking.rules.presets import PRESETS
from app.booking.rules.standing import Standing
from app.booking.verdicts import Code, Severity
from app.core.spans import Span
from tests.booking.rules.test_checks import ASKED, SUNDAY, on, thing, wish

MORNING = on(SUNDAY, "09:00", "11:00")
YESTERDAY, TOMORROW = SUNDAY - timedelta(days=1), SUNDAY + timedelta(days=1)


def asks(rules: Rules, **standing: Any) -> Things:
    return thing(rules=rules, standing=Standing(**standing))


def test_a_lab_that_asks_for_nothing_has_nothing_to_say() -> None:
    assert access.of_standing(wish(MORNING), thing()) == []


@pytest.mark.parametrize(
    ("permits", "severity", "ended"),
    [
        ([], "block", None),
        ([Days(YESTERDAY)], "met", None),
        ([Days(YESTERDAY, SUNDAY)], "met", None),
        ([Days(date(2026, 1, 1), YESTERDAY)], "block", YESTERDAY),
        ([Days(TOMORROW)], "block", None),
        ([Days(date(2026, 1, 1), YESTERDAY), Days(SUNDAY, SUNDAY)], "met", None),
    ],
)
def test_somebody_who_comes_is_authorised_on_that_day(
    permits: list[Days], severity: str, ended: date | None
) -> None:
    verdict = access.authorised(wish(MORNING), asks(Rules(needs_authorisation=True), permits=permits))
    assert verdict is not None
    assert (verdict.code, verdict.severity) == (Code.NOT_AUTHORISED, severity)
    assert verdict.params.get("ended") == ended


@pytest.mark.parametrize("mode", ["operator", "samples"])
def test_where_staff_operate_nobody_has_to_be_authorised(mode: str) -> None:
    assert access.authorised(wish(MORNING, mode=mode), asks(Rules(needs_authorisation=True))) is None


def test_an_authorisation_has_to_last_as_long_as_the_booking() -> None:
    night = Span(MORNING.start, MORNING.start + timedelta(days=1))
    needs = asks(Rules(needs_authorisation=True), permits=[Days(YESTERDAY, SUNDAY)])
    verdict = access.authorised(wish(night), needs)
    assert verdict is not None
    assert verdict.severity is Severity.BLOCK


@pytest.mark.parametrize(
    ("agreements", "severity"),
    [([], "block"), ([Days(YESTERDAY)], "met"), ([Days(date(2025, 1, 1), YESTERDAY)], "block")],
)
def test_an_agreement_is_in_force_on_the_day(agreements: list[Days], severity: str) -> None:
    verdict = access.agreed(wish(MORNING), asks(Rules(needs_agreement=True), agreements=agreements))
    assert verdict is not None
    assert (verdict.code, verdict.severity) == (Code.NO_AGREEMENT, severity)


def test_what_is_missing_of_the_papers_is_named_and_what_expired_with_its_day() -> None:
    needs = Rules(needs_papers=["insurance", "safety_briefing", "identity"])
    papers = {"insurance": [Days(date(2025, 1, 1), YESTERDAY)], "safety_briefing": [Days(YESTERDAY)]}
    verdict = access.papers_valid(wish(MORNING), asks(needs, papers=papers))
    assert verdict is not None
    assert verdict.params["lacking"] == [("insurance", YESTERDAY), ("identity", None)]


@pytest.mark.parametrize(("waiting", "severity"), [(0, "met"), (1, "met"), (2, "block"), (None, None)])
def test_an_organisation_may_have_so_many_open_requests(waiting: int | None, severity: str | None) -> None:
    verdict = access.few_open_here(wish(MORNING), asks(Rules(max_open_requests=2), open_requests=waiting))
    assert (verdict and verdict.severity) == severity


@pytest.mark.parametrize(
    ("is_internal", "days", "severity"), [(True, 60, "met"), (False, 60, "block"), (False, 14, "met")]
)
def test_the_universitys_own_people_ask_first(is_internal: bool, days: int, severity: str) -> None:
    rules = Rules(horizon_days=90, external_horizon_days=14)
    span = Span(ASKED + timedelta(days=days), ASKED + timedelta(days=days, hours=1))
    verdict = checks.horizon(wish(span), asks(rules, is_internal=is_internal))
    assert verdict.severity == severity
    if severity == "block":
        assert verdict.params["asks_from"] == span.start - timedelta(days=14)


@pytest.mark.parametrize(
    ("samples", "minutes", "severity", "needed"),
    [
        (1, 60, "met", None),
        (10, 60, "met", None),
        (11, 60, "block", 150),
        (30, 150, "met", None),
        (31, 150, "block", 300),  # two goes of thirty
        (None, 30, "met", None),
    ],
)
def test_samples_take_as_long_as_the_table_says(
    samples: int | None, minutes: int, severity: str, needed: int | None
) -> None:
    table = thing(sample_minutes=[(10, 60), (30, 150)])
    asked = wish(Span(MORNING.start, MORNING.start + timedelta(minutes=minutes)), mode="samples")
    verdict = checks.shortest(replace(asked, samples=samples), table)
    assert verdict.severity == severity
    assert verdict.params.get("minutes") == needed


def test_only_samples_are_counted_by_the_table() -> None:
    table = thing(sample_minutes=[(10, 240)])
    assert checks.shortest(wish(MORNING, samples=5), table).severity is Severity.MET


def test_each_value_comes_from_the_lowest_layer_that_says_it() -> None:
    nothing = dict.fromkeys(Rules.__dataclass_fields__)
    lab = type("Said", (), nothing | {"grid_minutes": 30, "min_minutes": 60})
    equipment = type("Said", (), nothing | {"grid_minutes": 0, "needs_papers": []})
    assert in_force(lab, equipment).grid_minutes == 0
    found = origins(lab, equipment)
    assert (found["grid_minutes"], found["needs_papers"]) == (Layer.EQUIPMENT, Layer.EQUIPMENT)
    assert (found["min_minutes"], found["max_minutes"]) == (Layer.LAB, Layer.HOUSE)


def test_presets_say_only_what_can_be_said() -> None:
    for said in PRESETS.values():
        assert set(said) <= set(Rules.__dataclass_fields__)
        Rules(**said)
