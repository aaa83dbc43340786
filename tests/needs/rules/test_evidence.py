"""Evidence is kept as it was, and tells the public of no single company."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.core.spans import Span
from app.needs.rules.evidence import Evidence, Figures
from tests.needs.making import a_gap

WINDOW = Span(datetime(2026, 8, 24, tzinfo=UTC), datetime(2026, 11, 22, tzinfo=UTC))
COUNT = st.integers(0, 10**6)
MAYBE = st.none() | COUNT
FIGURES = st.builds(
    Figures,
    unmet_minutes=COUNT,
    organisations=COUNT,
    units=COUNT,
    utilisation=MAYBE,
    downtime_minutes=COUNT,
    extra=MAYBE,
    served_minutes=MAYBE,
)
EVIDENCE = st.builds(
    Evidence,
    computed_on=st.dates(),
    window=st.integers(1, 400).map(lambda days: Span(WINDOW.start, WINDOW.start + timedelta(days=days))),
    formula=st.text(max_size=20),
    figures=st.none() | FIGURES,
)


def of(gap_of: int, quantity: int = 1) -> Evidence:
    gap = a_gap(1, 1, WINDOW, organisations=gap_of)
    return Evidence.of(gap, quantity=quantity, computed_on=date(2026, 11, 22), window=WINDOW, formula="1")


@given(EVIDENCE)
def test_it_comes_back_as_it_was_kept(evidence: Evidence) -> None:
    assert Evidence.from_json(evidence.to_json()) == evidence


@given(EVIDENCE)
def test_no_hour_and_no_count_of_fewer_than_three_is_public(evidence: Evidence) -> None:
    shown, figures = evidence.for_public().figures, evidence.figures
    if figures is None or (figures.organisations or 0) >= 3:
        assert shown == figures
        return
    assert shown is not None
    assert (shown.unmet_minutes, shown.organisations, shown.extra, shown.served_minutes) == (None,) * 4
    assert shown.units == figures.units


def test_two_companies_are_hidden_and_three_are_not() -> None:
    two, three = of(2).for_public().figures, of(3).for_public().figures
    assert two is not None
    assert three is not None
    assert (two.unmet_minutes, three.unmet_minutes) == (None, 74 * 60)


def test_the_gain_is_that_of_as_many_units_as_are_asked_for() -> None:
    gains = [of(4, quantity).figures for quantity in (1, 2, 9)]
    assert [(one.extra, one.served_minutes) for one in gains if one] == [(1, 3660), (2, 4200), (2, 4200)]


def test_without_a_gap_there_is_nothing_computed() -> None:
    none = Evidence.of(None, quantity=1, computed_on=date(2026, 11, 22), window=WINDOW, formula="1")
    assert none.figures is None
    assert not none.is_computed
    assert of(4).is_computed
    assert none.for_public() == none
