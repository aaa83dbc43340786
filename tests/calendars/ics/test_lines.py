"""Content lines: what is escaped, where they are folded, what is left out."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from app.calendars.ics.lines import LONGEST_LINE, duration, fold, instant, text, token, uri


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("a;b,c", r"a\;b\,c"),
        ("back\\slash", r"back\\slash"),
        ("a\\n", r"a\\n"),
        ("two\nlines", r"two\nlines"),
        ("two\r\nlines", r"two\nlines"),
        ("two\rlines", r"two\nlines"),
        ("a\u2028b\u2029c\x85d\x0be\x0cf", r"a\nb\nc\nd\ne\nf"),
        ("a\x00b\x07c\x7fd\x9be", "abcde"),
        ("tab\there", "tab here"),
        ("half \ud800 of a pair", "half  of a pair"),
        ("می‌خواهم", "می‌خواهم"),
        ("🔬", "🔬"),
        ('quoted: "yes"', 'quoted: "yes"'),
    ],
)
def test_text_is_escaped_and_cleaned(typed: str, written: str) -> None:
    assert text(typed) == written


def test_a_line_of_75_octets_is_not_folded() -> None:
    assert fold("x" * 75) == b"x" * 75 + b"\r\n"


def test_a_line_of_76_octets_is_folded_and_the_space_counts() -> None:
    line = "x" * (75 + 74 + 1)
    assert fold(line) == b"x" * 75 + b"\r\n " + b"x" * 74 + b"\r\n x\r\n"


@pytest.mark.parametrize("letter", ["é", "س", "€", "🔬"])
@pytest.mark.parametrize("lead", range(5))
def test_folding_never_cuts_a_character(letter: str, lead: int) -> None:
    line = "x" * lead + letter * 100
    pieces = fold(line).removesuffix(b"\r\n").split(b"\r\n")

    assert all(len(piece) <= LONGEST_LINE for piece in pieces)
    assert "".join([pieces[0].decode(), *(piece[1:].decode() for piece in pieces[1:])]) == line


def test_instants_are_utc_in_ascii_digits() -> None:
    tehran = timezone(timedelta(hours=3, minutes=30))
    assert instant(datetime(2026, 11, 22, 10, 0, tzinfo=tehran)) == "20261122T063000Z"
    assert instant(datetime(26, 1, 2, 3, 4, 5, 999999, tzinfo=UTC)) == "00260102T030405Z"


def test_a_duration_is_never_nothing() -> None:
    assert duration(timedelta(hours=1)) == "PT60M"
    assert duration(timedelta(0)) == "PT1M"


def test_an_address_cannot_end_its_line() -> None:
    assert uri("https://lab.example/a b\r\nX:1") == "https://lab.example/a%20b%0D%0AX:1"
    assert uri("https://lab.example/آ") == "https://lab.example/%D8%A2"


def test_an_identifier_keeps_visible_ascii_only() -> None:
    assert token("occurrence-7@x\r\nY: z") == "occurrence-7@xY:z"
