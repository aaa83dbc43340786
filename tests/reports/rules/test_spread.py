"""How values are spread."""

import pytest

from app.reports.rules.spread import ANSWER_EDGES, HOUR, percentile, spread


def test_the_middle_and_nine_of_ten() -> None:
    assert percentile([7], 0.9) == 7
    assert percentile([1, 2, 3, 4], 0.5) == 2.5
    assert percentile([10, 0], 0.9) == 9
    assert percentile(list(range(101)), 0.9) == 90


def test_classes_begin_at_their_edges() -> None:
    found = spread([0, 59, 60, 119, 120, 5000, 9000], ANSWER_EDGES)
    assert found is not None
    assert list(found.counts) == [2, 2, 1, 0, 0, 0, 2]
    assert (found.number, found.median) == (7, 119)


@pytest.mark.parametrize(("value", "place"), [(0, 0), (30, 0.5), (HOUR, 1), (90, 1.5), (9000, 6.5)])
def test_a_value_has_its_place_within_its_class(value: float, place: float) -> None:
    found = spread([1], ANSWER_EDGES)
    assert found is not None
    assert found.place(value) == place


def test_nothing_has_no_spread() -> None:
    assert spread([], ANSWER_EDGES) is None
