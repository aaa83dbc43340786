"""Where the parts of a line stand when two directions meet."""

import pytest

from app.web.pdf.bidi import Run, in_order, is_rtl, levels_of


def order(text: str, *, rtl: bool) -> list[str]:
    """The parts from left to right."""
    return [run.text for run in in_order(text, levels_of(text, rtl=rtl))]


def test_latin_and_numbers_stay_whole_within_persian() -> None:
    assert order("دستگاه Raman 532 nm برای ۷۴ ساعت", rtl=True) == [
        " ساعت",
        "۷۴",
        " برای ",
        "Raman 532 nm",
        "دستگاه ",
    ]


def test_a_persian_name_with_a_number_is_read_from_the_right_within_latin() -> None:
    assert order("The lab آزمایشگاه ۱۲ مواد has 3", rtl=False) == [
        "The lab ",
        " مواد",
        "۱۲",
        "آزمایشگاه ",
        " has 3",
    ]


def test_a_jalali_date_is_one_number() -> None:
    assert "۱۴۰۵/۰۹/۰۱" in order("از ۱۴۰۵/۰۹/۰۱ تا", rtl=True)


def test_an_isolated_name_leaves_its_neighbours_alone() -> None:
    plain = order("مدل HPLC-۲ برای", rtl=True)
    isolated = order("مدل \u2068HPLC\u2069-۲ برای", rtl=True)

    assert "HPLC-۲" in plain
    assert isolated.index("۲") < isolated.index("HPLC")


def test_each_run_knows_its_direction() -> None:
    assert in_order("آ a", levels_of("آ a", rtl=True)) == [Run("a", False), Run("آ ", True)]


@pytest.mark.parametrize(
    ("text", "rtl"), [("۱۲ ساعت", True), ("12 hours آ", False), ("(آ)", True), ("123", False), ("", False)]
)
def test_the_first_letter_says_the_direction(text: str, rtl: bool) -> None:
    assert is_rtl(text) is rtl


def test_what_has_no_letter_follows_the_page() -> None:
    assert is_rtl("123", otherwise=True) is True
