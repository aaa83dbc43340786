import pytest

from app.accounts.rules.names import cleaned_name, distinctive, look_alike


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Arta   Polymer ", "Arta Polymer"),
        ("آرتا پليمر", "آرتا پلیمر"),
        ("Arta\nPolymer\t Co.", "Arta Polymer Co."),
        ("\u202eArta\u202c", "Arta"),
    ],
)
def test_a_name_is_cleaned(typed: str, kept: str) -> None:
    assert cleaned_name(typed) == kept


@pytest.mark.parametrize(
    "typed", ["", "  \n", "\u200f", "x" * 201, "Win at https://evil.example", "WWW.evil.example"]
)
def test_no_name_and_an_advertisement_are_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="name"):
        cleaned_name(typed)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Arta Polymer", "Arta Polymer Co."),
        ("Arta Polymer", "ARTA-POLYMER LTD"),
        ("شرکت آرتا پلیمر (سهامی خاص)", "آرتا پليمر"),
        ("Arta Polymer", "Artra Polymer"),
        ("گروه صنعتی مپنا", "شرکت مپنا"),
    ],
)
def test_names_that_could_be_taken_for_each_other(one: str, other: str) -> None:
    assert look_alike(one, other)
    assert look_alike(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Arta Polymer", "Rival Coatings"),
        ("Arta", "Atra"),
        ("Company Ltd", "Group Co."),
        ("شرکت سبلان", "شرکت سهند"),
    ],
)
def test_names_that_could_not(one: str, other: str) -> None:
    assert not look_alike(one, other)


def test_legal_forms_distinguish_nobody() -> None:
    assert distinctive("شرکت دانش‌بنیان آرتا پلیمر (سهامی خاص)") == distinctive("آرتا پلیمر")
    assert distinctive("Company Ltd") == ""
