"""Breaking text into lines and cutting it. Every letter is one wide here."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.web.pdf.bidi import Run
from app.web.pdf.setting import Line, cut, lines_of

MORE = "… more"


def measure(run: Run) -> float:
    return len(run.text)


def read(lines: list[Line]) -> list[str]:
    """The lines from left to right."""
    return ["".join(run.text for run in line.runs) for line in lines]


def test_words_go_to_the_next_line() -> None:
    lines = lines_of("one two three four", measure, 8)

    assert read(lines) == ["one two", "three", "four"]
    assert [line.width for line in lines] == [7, 5, 4]


def test_lines_of_its_own_are_kept_and_empty_ones_are_not() -> None:
    assert read(lines_of("one\n\n  \ntwo", measure, 80)) == ["one", "two"]


def test_a_word_longer_than_a_line_is_broken() -> None:
    assert read(lines_of("https://kargah", measure, 5)) == ["https", "://ka", "rgah"]


def test_each_paragraph_has_the_direction_of_its_first_letter() -> None:
    assert [line.rtl for line in lines_of("one\nیک", measure, 80)] == [False, True]
    assert [line.rtl for line in lines_of("one\nیک", measure, 80, rtl=True)] == [True, True]


def test_lines_are_broken_before_they_are_put_in_order() -> None:
    """The first words stand on the first line, also where Latin runs over its end."""
    assert read(lines_of("یک one two", measure, 6)) == ["oneیک ", "two"]


def test_isolates_do_their_work_and_are_not_printed() -> None:
    assert read(lines_of("a \u2068b\u2069", measure, 80)) == ["a b"]


def test_what_no_font_has_is_written_out() -> None:
    assert read(lines_of("≥ 5 kΩ", measure, 80)) == [">= 5 kohm"]


def test_what_has_room_is_not_cut() -> None:
    assert read(cut("one two", measure, 8, 1, more=MORE)) == ["one two"]


def test_it_is_cut_at_a_late_sentence() -> None:
    assert read(cut("One two three. Four five six", measure, 28, 1, more=MORE)) == [
        "One two three. Four five six"
    ]
    assert read(cut("One two three. Four five six seven", measure, 20, 1, more=MORE)) == [
        "One two three… more"
    ]


def test_an_early_sentence_would_waste_the_room() -> None:
    assert read(cut("One. Two three four five six", measure, 22, 1, more=MORE)) == ["One. Two three… more"]


def test_no_room_is_no_line() -> None:
    assert cut("One two", measure, 3, 0, more=MORE) == []


@given(st.text("ab. \nیک‌۱()", max_size=120), st.integers(1, 12), st.integers(1, 5))
def test_nothing_is_ever_wider_or_longer_than_its_room(text: str, width: int, most: int) -> None:
    lines = cut(text, measure, width, most, more="…")

    assert len(lines) <= most
    assert all(line.width <= width for line in lines)


@given(st.text("ab. \nیک۱()", max_size=120), st.integers(1, 12))
def test_no_letter_is_lost(text: str, width: int) -> None:
    found = "".join(read(lines_of(text, measure, width)))

    assert sorted(found.replace(" ", "")) == sorted("".join(text.split()))


@pytest.mark.parametrize("text", ["", " ", "\n"])
def test_nothing_is_no_line(text: str) -> None:
    assert lines_of(text, measure, 10) == []
