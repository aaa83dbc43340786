"""The scale of a drawing, its labels and its bars."""

import pytest

from app.web.chart import LETTER, Bar, Chart, Mark, Series, every_nth, ticks


def a_chart(*bars: Bar, lying: bool = False) -> Chart:
    series = [Series("s-act", "used"), Series("s-free", "free")]
    return Chart("it", "Title", "Description", series, bars, is_lying=lying)


@pytest.mark.parametrize(
    ("most", "expected"),
    [
        (0, [0, 1]),
        (3, [0, 1, 2, 3]),
        (9, [0, 5, 10]),
        (40, [0, 10, 20, 30, 40]),
        (41, [0, 20, 40, 60]),
        (1234, [0, 500, 1000, 1500]),
    ],
)
def test_a_scale_has_round_numbers_and_reaches_the_highest_bar(most: float, expected: list[float]) -> None:
    assert ticks(most) == expected


def test_labels_never_run_together() -> None:
    labels = ["22 November"] * 30
    step = 39.2
    assert every_nth(labels, step) * step >= len(labels[0]) * LETTER
    assert every_nth(["1"], 1000) == 1


def test_pieces_stand_on_one_another() -> None:
    chart = a_chart(Bar("a", [3, 1]), Bar("b", [0, 0]))
    used, free = chart.pieces(0)
    assert round(free.y + free.height, 1) == used.y
    assert round(used.y + used.height, 1) == chart.height(0)
    assert chart.pieces(1) == []


def test_lying_pieces_follow_one_another() -> None:
    used, free = a_chart(Bar("a", [3, 1]), lying=True).pieces(0)
    assert (used.x, free.x) == (0, used.width)


def test_words_of_two_lines_across_do_not_share_a_line() -> None:
    chart = Chart("it", "t", "d", [], [Bar("a", [])] * 3, marks=[Mark(1.2, "late"), Mark(1.1, "early")])
    first, second = chart.marks_placed()
    assert (first.text, second.text) == ("early", "late")
    assert (first.anchor, second.anchor) == ("end", "start")
    assert first.y > second.y


def test_words_stay_inside_the_drawing() -> None:
    chart = Chart("it", "t", "d", [], [Bar("a", [])] * 3, marks=[Mark(0.1, "early"), Mark(2.9, "late")])
    assert [mark.anchor for mark in chart.marks_placed()] == ["start", "end"]
