"""What equipment is found by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.text import folded_words
from app.inventory.rules.search_text import search_text


def found(query: str, text: str) -> bool:
    return all(word in text for word in folded_words(query))


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("ميكروسكوپ الكترونی", "میکروسکوپ الکترونی روبشی"),
        ("کارگاهها", "کارگاه‌های مواد و کارگاه‌ها"),
        ("کارگاه ها", "کارگاه‌ها"),
        ("آزمایشگاه", "ازمایشگاه مرکزی"),
        ("l9/12", "Nabertherm L ۹/۱۲"),
        ("x100", "X-100+"),
        ("angstrom", "Ångström gauge"),
        ("spectrometer raman", "Raman spectrometer"),
        ("کــــوره", "کوره الکتریکی"),
        ("مرئی-فرابنفش", "طیف‌سنج مرئی–فرابنفش"),
        ("مرئی فرابنفش", "طیف‌سنج مرئی–فرابنفش"),
        ("UV—Vis, (double beam)", "UV‑Vis spectrometer: double‐beam"),
        ("«دستگاه» تراش، بزرگ؛", "دستگاه تراش بزرگ"),
        ("labram's", "LabRAM’s “old” one"),
        ("5 ٪ NaCl", "Bath, 5 % NaCl"),
    ],
)
def test_people_find_it_however_they_type_it(query: str, name: str) -> None:
    assert found(query, search_text([name]))


def test_a_percentage_is_no_mere_number() -> None:
    assert not found("5 %", search_text(["Bath 5 NaCl"]))


def test_words_of_a_text_are_not_joined_into_others() -> None:
    text = search_text(["Liquid chromatograph"], ["Software for spectra management"])

    assert found("spectra", text)
    assert not found("raman", text)


def test_nothing_is_found_across_two_names() -> None:
    assert not found("abcd", search_text(["ab", "cd"]))


def test_each_part_stands_once_and_nothing_stands_for_nothing() -> None:
    assert search_text(["Raman", None, "RAMAN", "-", ""]) == "raman"


@given(st.lists(st.text(max_size=30), max_size=5), st.lists(st.text(max_size=60), max_size=3))
def test_every_name_and_every_word_of_a_text_is_found(names: list[str], texts: list[str]) -> None:
    text = search_text(names, texts)

    assert all(found(name, text) for name in names)
    assert all(found(word, text) for part in texts for word in part.split())
