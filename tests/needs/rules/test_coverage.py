"""Coverage follows from the counts alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.needs.rules.coverage import Coverage, Covered, Spoken

COUNT = st.integers(0, 30)


@given(COUNT, COUNT, COUNT, COUNT, st.integers(0, 30))
def test_every_unit_is_counted_once(
    reserved: int, agreed: int, delivered: int, commissioned: int, left: int
) -> None:
    spoken = Spoken(reserved=reserved, agreed=agreed, delivered=delivered, commissioned=commissioned)
    if not spoken.total + left:
        return
    coverage = Coverage(required=spoken.total + left, spoken=spoken)
    assert coverage.left == left
    assert 0 <= coverage.share <= 1
    assert (coverage.label is Covered.OPEN) == (spoken.total == 0)
    assert (coverage.label is Covered.FULFILLED) == (commissioned == coverage.required)
    if coverage.label in {Covered.FULLY, Covered.FULFILLED}:
        assert left == 0
    if coverage.label is Covered.PARTLY:
        assert left > 0


@pytest.mark.parametrize(
    ("counts", "label"),
    [
        ({}, Covered.OPEN),
        ({"reserved": 1}, Covered.PARTLY),
        ({"reserved": 1, "agreed": 1}, Covered.FULLY),
        ({"delivered": 1}, Covered.ARRIVING),
        ({"commissioned": 1}, Covered.PARTLY),
        ({"commissioned": 2}, Covered.FULFILLED),
    ],
)
def test_the_word_for_it(counts: dict[str, int], label: Covered) -> None:
    assert Coverage(required=2, spoken=Spoken(**counts)).label is label


def test_nobody_gives_less_than_nothing() -> None:
    with pytest.raises(ValueError, match="below zero"):
        Spoken(reserved=-1)
