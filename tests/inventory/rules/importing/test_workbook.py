"""Reading an Excel workbook as the table that a person sees."""

import io
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from app.inventory.errors import ImportRefused
from app.inventory.problems import Problem
from app.inventory.rules.importing import workbook
from app.inventory.rules.importing.sheet import is_formula, read_sheet
from tests.inventory.lists import saved, xlsx
from tests.inventory.rules.importing.test_sheet import codes_in, problems_in

GOOD = xlsx(["name", "room"], ["Raman", 112])


def rewritten(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The same workbook with one part of it changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content) if name == part else content)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("value", "seen"),
    [
        (2021.0, "2021"),
        (0.5, "0.5"),
        (0.1 + 0.2, "0.3"),
        (-80, "'-80"),
        (True, "TRUE"),
        (date(2021, 5, 1), "2021-05-01"),
        (datetime(2021, 5, 1, 9, 30), "2021-05-01 09:30"),  # noqa: DTZ001 - a spreadsheet knows no zone
        (time(9, 30), "09:30:00"),
        ("كوره ۱۲", "كوره ۱۲"),
        ("two\nlines", "two\nlines"),
        (None, ""),
    ],
)
def test_a_cell_is_read_as_a_person_sees_it(value: object, seen: str) -> None:
    assert read_sheet(xlsx(["name", "value"], ["x", value])).rows[0].cells["value"] == seen


def test_a_number_that_is_shown_with_zeros_keeps_them() -> None:
    book = Workbook()
    book.active.append(["tag"])
    book.active.append([42])
    book.active["A2"].number_format = "00000"

    assert read_sheet(saved(book)).rows[0].cells == {"tag": "00042"}


def test_rows_have_the_numbers_of_the_sheet_and_what_is_empty_is_left_out() -> None:
    sheet = read_sheet(xlsx([], ["name", "room", None, " "], [], ["Raman", 1], [None, ""], ["Mill"], [" "]))

    assert sheet.columns == ("name", "room")
    assert [(row.line, dict(row.cells)) for row in sheet.rows] == [
        (4, {"name": "Raman", "room": "1"}),
        (6, {"name": "Mill", "room": ""}),
    ]


def test_a_text_is_no_formula_though_it_begins_like_one() -> None:
    book = Workbook()
    book.active.append(["name"])
    book.active["A2"].value = "=1+1"
    book.active["A2"].data_type = "s"

    cell = read_sheet(saved(book)).rows[0].cells["name"]

    assert cell == "'=1+1"
    assert not is_formula(cell, signs=True)


def test_a_formula_is_its_result_and_one_without_is_pointed_out() -> None:
    data = xlsx(["name", "room"], ["Raman", "=100+12"])

    assert problems_in(data) == [Problem("no-result", 2, "room")]
    counted = rewritten(
        data, SHEET, lambda sheet: sheet.replace(b"<v></v>", b"<v>112</v>").replace(b"<v />", b"<v>112</v>")
    )
    assert read_sheet(counted).rows[0].cells == {"name": "Raman", "room": "112"}


def test_errors_of_the_spreadsheet_are_pointed_out() -> None:
    assert problems_in(xlsx(["name"], ["Raman"], ["#REF!"])) == [
        Problem("cell-error", 3, "name", {"cell": "#REF!"})
    ]


def test_merged_cells_are_read_where_they_begin() -> None:
    book = Workbook()
    for row in (["name", "room"], ["Raman", 1], [None, 2]):
        book.active.append(row)
    book.active.merge_cells("A2:A3")

    assert [row.cells["name"] for row in read_sheet(saved(book)).rows] == ["Raman", ""]


def test_the_sheet_is_the_one_that_is_named_or_the_first_that_holds_anything() -> None:
    data = xlsx(Second=[["name"], ["Raman"]], Third=[["name"], ["Mill"]])

    assert read_sheet(data).names == ("List", "Second", "Third")
    assert read_sheet(data).name == "Second"
    assert read_sheet(data, "Third").rows[0].cells == {"name": "Mill"}
    with pytest.raises(ImportRefused):
        read_sheet(data, "Fourth")
    with pytest.raises(ImportRefused):
        read_sheet(b"name\nRaman\n", "Third")


def test_cells_beside_the_named_columns_are_pointed_out() -> None:
    assert codes_in(xlsx(["name"], ["Raman", 1])) == ["unnamed-column"]
    assert codes_in(xlsx(["name"], ["x", *[None] * 199, "y"])) == ["too-many-columns"]


def test_one_row_too_many_is_said_where_it_stands() -> None:
    assert problems_in(xlsx(["name"], *([n] for n in range(5_002))))[0].code == "too-many-rows"


def test_a_row_at_the_end_of_the_sheet_is_cheap_and_has_its_number() -> None:
    book = Workbook()
    book.active.append(["name"])
    book.active["A200000"] = "Raman"

    assert read_sheet(saved(book)).rows[0].line == 200_000


def test_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_UNPACKED", 1_000_000)
    bomb = rewritten(GOOD, SHEET, lambda sheet: sheet + b" " * 2_000_000)
    assert codes_in(bomb) == ["unpacked-too-big"]

    # The directory lies about the size: nothing beyond what it says is ever unpacked.
    real = (len(zipfile.ZipFile(io.BytesIO(GOOD)).read(SHEET)) + 2_000_000).to_bytes(4, "little")
    assert codes_in(bomb.replace(real, (500).to_bytes(4, "little"))) == ["workbook"]


def test_an_archive_with_a_password_or_of_another_kind_is_called_so() -> None:
    locked = bytearray(GOOD)
    for place in range(len(locked) - 10):
        if locked[place : place + 4] == b"PK\x01\x02":
            locked[place + 8] |= 1
    assert codes_in(bytes(locked)) == ["locked-workbook"]

    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    assert codes_in(other.getvalue()) == ["workbook"]


def test_entities_are_not_expanded() -> None:
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><worksheet>&b;</worksheet>'

    for part in (SHEET, "xl/workbook.xml", "[Content_Types].xml"):
        assert codes_in(rewritten(GOOD, part, lambda _: laughs)) == ["workbook"]


@settings(max_examples=20)
@given(st.integers(0, len(GOOD) - 1), st.binary(min_size=1, max_size=8))
def test_no_damage_leads_to_anything_but_a_list_or_a_refusal(place: int, damage: bytes) -> None:
    with suppress(ImportRefused):
        read_sheet(GOOD[:place] + damage + GOOD[place + len(damage) :])
