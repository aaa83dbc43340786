from itertools import product

import pytest

from app.accounts.rules.passwords import COMMON_WORDS, fault, is_guessable, normalised


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery staple",
        "lantern quartz meadow",
        "xK9#mQ2vLp7z",
        "کوه بلند و دریای آرام",
        "ع" * 3 + "کلاغ روی سیم تلفن",
        "x7Gq" * 16 + "tail",
        "🦆 duck on a wire 🦆",
    ],
)
def test_a_phrase_and_a_random_string_are_accepted(password: str) -> None:
    assert fault(password) is None


@pytest.mark.parametrize(("length", "wrong"), [(11, "too_short"), (12, None), (128, None), (129, "too_long")])
def test_the_length_is_counted_in_characters(length: int, wrong: str | None) -> None:
    letters = "قطار سبز از پل گذشت و رفت " * 6
    assert fault(letters[: length - 1] + "ط") == wrong


def test_two_ways_to_type_a_letter_are_one_password() -> None:
    composed, decomposed = "caf\u00e9 und \u00f6l im regal", "cafe\u0301 und o\u0308l im regal"
    assert composed != decomposed
    assert normalised(composed) == normalised(decomposed)


@pytest.mark.parametrize(
    "password",
    [
        "password1234",
        "P@ssw0rd2024!",
        "qwertyuiop123",
        "1q2w3e4r5t6y",
        "123456789012",
        "987654321098",
        "aaaaaaaaaaaa",
        "abcabcabcabc",
        "salam salam salam",
        "iloveyou2024",
        "tehran13801380",
        "kargah-kargah-1",
        "دانشگاه تهران ۱۴۰۰",
        "ضصثقفغعهخحجچ",
        "admin09121234567",
    ],
)
def test_what_is_guessed_first_is_refused(password: str) -> None:
    assert fault(password) == "too_common"


def test_thousands_of_common_passwords_are_refused() -> None:
    """Each common word with the endings that people give it to reach twelve characters."""
    endings = ["1234567890", "!!!!!!!!!!!!", "2024202420", "123123123", "@1380@1380", "qwertyuiop"]
    common = {word + ending for word, ending in product(COMMON_WORDS, endings) if len(word + ending) >= 12}
    assert len(common) > 3000
    assert [password for password in sorted(common) if fault(password) is None] == []


def test_what_is_known_of_the_person_is_a_common_word() -> None:
    about = ("sara.ahmadnia@zarinpolymer.example", "Sara Ahmadnia")
    assert not is_guessable("ahmadnia-zarinpolymer")
    assert is_guessable("ahmadnia-zarinpolymer", about=about)
    assert is_guessable("Zarinpolymer1403", about=about)
    assert not is_guessable("zarinpolymer lantern quartz", about=about)


def test_a_very_long_password_is_refused_at_once() -> None:
    assert fault("x" * 1_000_000) == "too_long"
