"""The first draft of a list of holidays."""

from datetime import date

from app.inventory.rules.public_holidays import public_holidays


def test_iranian_holidays_have_both_names_and_say_which_are_estimated() -> None:
    found = {holiday.on: holiday for holiday in public_holidays("IR", [2026, 2027])}

    nowruz = found[date(2026, 3, 21)]
    assert "Nowruz" in nowruz.name
    assert "نوروز" in (nowruz.name_fa or "")
    assert not nowruz.is_estimated
    fitr = found[date(2027, 3, 10)]
    assert fitr.is_estimated
    assert fitr.name == "Eid al-Fitr"
    assert "تخمینی" not in (fitr.name_fa or "")


def test_they_come_in_order_and_each_day_once() -> None:
    days = [holiday.on for holiday in public_holidays("IR", [2027, 2026])]

    assert days == sorted(set(days))


def test_another_country_has_no_persian_names() -> None:
    assert {holiday.name_fa for holiday in public_holidays("DE", [2026])} == {None}


def test_an_unknown_country_has_none() -> None:
    assert public_holidays("XX", [2026]) == []
