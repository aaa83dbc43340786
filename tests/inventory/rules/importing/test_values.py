"""What people write in the cells of their lists."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.inventory.rules.importing.values import date_in, list_in, quantity_in, status_in, text_in
from app.inventory.rules.states import EquipmentStatus


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Active", EquipmentStatus.IN_SERVICE),
        ("in_service", EquipmentStatus.IN_SERVICE),
        ("آماده بکار", None),
        ("آماده به كار", EquipmentStatus.IN_SERVICE),
        ("Inactive", EquipmentStatus.OUT_OF_SERVICE),
        ("OFFLINE", EquipmentStatus.OUT_OF_SERVICE),
        ("خارج‌از سرویس", EquipmentStatus.OUT_OF_SERVICE),
        ("اسقاط", EquipmentStatus.RETIRED),
        ("PrepHPLC", None),
        ("", None),
    ],
)
def test_statuses_are_known_in_both_languages_and_nothing_is_guessed(
    text: str, status: EquipmentStatus | None
) -> None:
    assert status_in(text) is status


@pytest.mark.parametrize(
    "text", ["2005-02-23", "2005-02-23 00:00:00", "2005/2/23 11:16:10.5", "۱۳۸۳/۱۲/۰۵", "2005-02-23T10:00Z"]
)
def test_a_date_is_read_in_either_calendar_and_its_time_passed_over(text: str) -> None:
    assert date_in(text) == date(2005, 2, 23)


@pytest.mark.parametrize("text", ["23.02.2005", "February 2005", "2005", "2005-02-30", "1404/12/30"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"date|day|year|calendar"):
        date_in(text)


@pytest.mark.parametrize(("text", "number"), [("1", 1), ("۱۲", 12), ("500", 500)])
def test_a_number_of_units_in_any_digits(text: str, number: int) -> None:
    assert quantity_in(text) == number


@pytest.mark.parametrize("text", ["0", "501", "-1", "1.5", "two", "²", "1 000"])
def test_what_is_no_number_of_units_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="between 1 and 500"):
        quantity_in(text)


def test_a_cell_is_one_line_of_clean_text_and_a_dash_is_nothing() -> None:
    assert text_in(" كوره\u200f \n Muffle  ") == "کوره Muffle"
    assert text_in("one\ntwo", lines=True) == "one\ntwo"
    assert [text_in(dash) for dash in ("-", " – ", "—")] == ["", "", ""]


def test_several_names_in_one_cell() -> None:
    assert list_in("SEM; FE-SEM |میکروسکوپ؛ - ;") == ["SEM", "FE-SEM", "میکروسکوپ"]


@given(st.text(max_size=50))
def test_nothing_that_is_typed_breaks_the_reading(text: str) -> None:
    status_in(text)
    assert all(list_in(text))
    assert text_in(text_in(text)) == text_in(text)
