"""Names are listed as people expect them, whatever the database's own order."""

import random

from hypothesis import given
from hypothesis import strategies as st

from app.core.sorting import LONGEST_KEY, sort_key

EXPECTED = [
    "۱۲", "XRD", "آبادان", "ابهر", "اهواز", "پارس", "تراز نامه", "ترازو", "چابهار", "دستگاه ۲", "دستگاه ۹",
    "دستگاه ۱۰", "زنجان", "ژاله", "قم", "كرمان", "کیش", "گرگان", "می‌خواهم", "میز", "ویرایش", "هرمز", "یزد",
]  # fmt: skip


def test_persian_names_follow_the_persian_alphabet_and_numbers_their_size() -> None:
    shuffled = EXPECTED.copy()
    random.Random(1).shuffle(shuffled)

    assert sorted(shuffled, key=sort_key) == EXPECTED


def test_case_accents_and_keyboards_make_no_difference() -> None:
    assert sort_key("Ångström") == sort_key("angstrom")
    assert sort_key("ميكروسكوپ") == sort_key("میکروسکوپ")
    assert sort_key("دستگاه ۱۰") == sort_key("دستگاه 10")


def test_a_number_is_one_thing() -> None:
    names = ["Unit 10", "Unit 9", "Unit 009 b", "Unit 100"]

    assert sorted(names, key=sort_key) == ["Unit 9", "Unit 009 b", "Unit 10", "Unit 100"]


@given(st.text(max_size=400))
def test_a_key_is_made_of_letters_every_collation_agrees_on(name: str) -> None:
    key = sort_key(name)

    assert len(key) <= LONGEST_KEY
    assert set(key) <= set("0123456789abcdefghijklmnopqrstuvwxyz")
