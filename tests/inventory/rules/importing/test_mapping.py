"""Which column says what."""

from app.inventory.problems import Problem
from app.inventory.rules.importing.mapping import Field, Settings, completed, mapping_problems, suggested
from app.inventory.rules.importing.sheet import read_sheet
from tests.inventory.lists import csv

SHEET = read_sheet(csv("Instrument,Instrument class,Status,Room,Description,Created", "a,b,c,d,e,f"))


def test_headers_are_known_in_both_languages() -> None:
    assert suggested(("نام دستگاه", "دسته بندي", "محل استقرار", "شماره‌ اموال", "تعداد")) == {
        Field.NAME: "نام دستگاه",
        Field.CATEGORY: "دسته بندي",
        Field.LOCATION: "محل استقرار",
        Field.ASSET_TAG: "شماره‌ اموال",
        Field.QUANTITY: "تعداد",
    }
    assert suggested(("Serial No.", "S/N", "MAKER", "qty")) == {
        Field.SERIAL: "Serial No.",
        Field.MANUFACTURER: "MAKER",
        Field.QUANTITY: "qty",
    }


def test_a_column_is_suggested_for_one_field_only() -> None:
    found = suggested(("Name", "Type", "Lab"))

    assert sorted(found.values()) == ["Lab", "Name", "Type"]


def test_the_first_of_two_columns_that_are_spelled_alike_is_suggested() -> None:
    assert suggested(("Room", "room "))[Field.LOCATION] == "Room"


def test_without_any_column_told_the_headers_decide() -> None:
    settings = completed(SHEET, Settings("Instrument", constants={Field.LAB: "materials"}))

    assert settings.columns == {
        Field.NAME: "Instrument",
        Field.CATEGORY: "Instrument class",
        Field.STATUS: "Status",
        Field.LOCATION: "Room",
        Field.DESCRIPTION: "Description",
    }
    assert mapping_problems(SHEET, settings) == []


def test_with_a_column_told_only_what_is_needed_is_looked_for_besides() -> None:
    settings = completed(SHEET, Settings("instrument", columns={Field.LOCATION: "room"}))

    assert settings.key == "Instrument"
    assert settings.columns == {
        Field.LOCATION: "Room",
        Field.NAME: "Instrument",
        Field.CATEGORY: "Instrument class",
    }


def test_a_field_whose_values_are_explained_is_looked_for_too() -> None:
    meanings = {Field.STATUS: {"PrepHPLC": "in_service"}}

    settings = completed(SHEET, Settings("Instrument", {Field.LOCATION: "Room"}, meanings=meanings))

    assert settings.columns[Field.STATUS] == "Status"


def test_a_constant_wins_over_a_suggestion_and_the_key_is_the_name_of_last_resort() -> None:
    sheet = read_sheet(csv("Tag,Category", "a,b"))

    settings = completed(sheet, Settings("Tag", constants={Field.LAB: "materials", Field.CATEGORY: "Mills"}))

    assert settings.columns[Field.NAME] == "Tag"
    assert Field.CATEGORY not in settings.columns


def test_what_is_missing_is_named() -> None:
    told = Settings("ID", {Field.MODEL: "Type no."}, meanings={Field.QUANTITY: {"two": "2"}})

    problems = mapping_problems(SHEET, completed(SHEET, told))

    assert {(problem.code, problem.column, problem.params.get("field")) for problem in problems} == {
        ("missing-column", "ID", None),
        ("missing-column", "Type no.", None),
        ("missing-field", None, Field.LAB),
        ("meaning-of-nothing", None, Field.QUANTITY),
    }
    assert problems[0].params["columns"] == "Instrument, Instrument class, Status, Room, Description, Created"


def test_a_field_is_said_once() -> None:
    told = Settings("Instrument", {Field.LAB: "Room"}, {Field.LAB: "materials"})

    assert mapping_problems(SHEET, completed(SHEET, told)) == [
        Problem("said-twice", column="Room", params={"field": Field.LAB})
    ]
