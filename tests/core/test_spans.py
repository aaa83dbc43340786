"""Spans are half-open, and joining or cutting them never loses or invents an instant."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.spans import Span, union

START = datetime(2026, 11, 22, tzinfo=UTC)
spans = st.builds(
    lambda start, length: Span(START + timedelta(minutes=start), START + timedelta(minutes=start + length)),
    st.integers(0, 300),
    st.integers(1, 90),
)


def minutes(span: Span) -> set[datetime]:
    return {span.start + timedelta(minutes=n) for n in range(span.minutes)}


def test_touching_spans_do_not_overlap() -> None:
    first = Span(START, START + timedelta(hours=1))
    assert not first.overlaps(first.shift(timedelta(hours=1)))
    assert first.overlaps(first.shift(timedelta(minutes=59)))


def test_a_span_needs_a_zone_and_a_direction() -> None:
    with pytest.raises(ValueError, match="aware"):
        Span(datetime(2026, 1, 1), datetime(2026, 1, 2))  # noqa: DTZ001 - the naive value is the point
    with pytest.raises(ValueError, match="ends after"):
        Span(START, START)


@given(spans, st.lists(spans, max_size=8))
def test_minus_leaves_exactly_what_no_other_covers(whole: Span, others: list[Span]) -> None:
    left = whole.minus(others)
    covered = set().union(*(minutes(other) for other in others)) if others else set()
    assert set().union(*(minutes(span) for span in left), set()) == minutes(whole) - covered
    assert left == sorted(left)


@given(st.lists(spans, max_size=8))
def test_a_union_covers_the_same_minutes_with_gaps_between_its_spans(some: list[Span]) -> None:
    joined = union(some)
    assert set().union(*(minutes(s) for s in joined), set()) == set().union(
        *(minutes(s) for s in some), set()
    )
    assert all(a.end < b.start for a, b in pairwise(joined))


@given(spans, st.integers(1, 40))
def test_pieces_are_short_enough_and_make_the_whole(span: Span, most: int) -> None:
    pieces = span.pieces(timedelta(minutes=most))
    assert all(piece.minutes <= most for piece in pieces)
    assert union(pieces) == [span]
