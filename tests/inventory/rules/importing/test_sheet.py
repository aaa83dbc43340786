"""Reading somebody's file as a table."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.inventory.errors import ImportRefused
from app.inventory.problems import Problem
from app.inventory.rules.importing.decoding import MOST_BYTES
from app.inventory.rules.importing.sheet import MOST_ROWS, is_formula, read_sheet
from tests.inventory.lists import csv

PERSIAN = "نام دستگاه,وضعيت\nكوره الكتريكي,فعال\n"


def problems_in(data: bytes) -> list[Problem]:
    with pytest.raises(ImportRefused) as refused:
        read_sheet(data)
    return list(refused.value.problems)


def codes_in(data: bytes) -> list[str]:
    return [problem.code for problem in problems_in(data)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1256"])
def test_every_encoding_of_a_persian_spreadsheet_is_read(encoding: str) -> None:
    sheet = read_sheet(PERSIAN.encode(encoding))

    assert sheet.columns == ("نام دستگاه", "وضعیت")
    assert sheet.rows[0].cells["نام دستگاه"] == "كوره الكتريكي"


def test_degrees_and_western_accents_in_an_old_code_page_are_read() -> None:
    assert read_sheet("name\nFurnace 1200 °C café\n".encode("windows-1252")).rows[0].cells == {
        "name": "Furnace 1200 °C café"
    }


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_separator_is_found(delimiter: str) -> None:
    data = csv(delimiter.join(["name", "room", "note"]), delimiter.join(["Raman", "112", '"a, b; c"']))

    assert read_sheet(data).rows[0].cells == {"name": "Raman", "room": "112", "note": "a, b; c"}


def test_what_excel_says_of_the_separator_is_believed_and_no_row() -> None:
    sheet = read_sheet(csv("sep=;", "name;a,b,c", "Raman;1,2,3"))

    assert sheet.columns == ("name", "a,b,c")
    assert sheet.rows[0].line == 3


def test_lines_are_counted_as_the_editor_counts_them() -> None:
    sheet = read_sheet(csv("name,note", "", 'A,"two', 'lines"', ",", "B,one"))

    assert [(row.line, row.cells["name"]) for row in sheet.rows] == [(3, "A"), (6, "B")]
    assert sheet.rows[0].cells["note"] == "two\nlines"


def test_columns_without_name_at_the_end_are_no_columns() -> None:
    assert read_sheet(csv("name,room,,", "Raman,112,,")).columns == ("name", "room")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\n\n", "empty"),
        (b"name,room\n", "no-rows"),
        (b"PK\x03\x04rest of a workbook", "workbook"),
        (b"\xd0\xcf\x11\xe0" + b"Workbook", "old-workbook"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "locked-workbook"),
        ("name\nRaman\n".encode("utf-16"), "utf-16"),
        (b"%PDF-1.7 ...", "not-text"),
        (b"\x89PNG\r\n", "not-text"),
        (b"na\x00me\x00\n", "not-text"),
        (b"<!doctype html><table>", "not-csv"),
        (b"x" * (MOST_BYTES + 1), "too-big"),
    ],
)
def test_what_is_no_list_is_called_what_it_is(data: bytes, code: str) -> None:
    assert codes_in(data) == [code]


def test_letters_that_cannot_be_read_are_shown_where_they_stand() -> None:
    data = "name,room\nRaman,1\nGerät für Öl,2\nKühlgerät,3\n".encode("latin-1")

    assert problems_in(data) == [Problem("encoding", 3)]


@pytest.mark.parametrize("bad", [b"\xff", b"\xd9", b"\xe9"])
def test_one_wrong_byte_does_not_turn_persian_into_another_script(bad: bytes) -> None:
    data = csv("نام دستگاه,وضعیت", "کوره الکتریکی,فعال", "آسیاب گلوله‌ای,فعال", "ترازوی دقیق,فعال")

    assert problems_in(data.replace("آسیاب".encode(), "آسیا".encode() + bad)) == [Problem("encoding", 3)]


def test_a_first_line_too_long_for_names_is_no_table() -> None:
    for data in (b"x" * 200_000, b'"' + b"name,\n" * 40_000):
        assert problems_in(data) == [Problem("malformed", 1)]


def test_quotes_that_do_not_close_are_shown_where_they_open() -> None:
    assert problems_in(csv("name,room", "Raman,1", '"Furnace,2', "Mill,3")) == [Problem("malformed", 3)]
    assert problems_in(csv("name,room", '"Raman" x,1')) == [Problem("malformed", 2)]


def test_columns_need_names_of_their_own() -> None:
    assert problems_in(csv("name,,name,room", "a,b,c,d")) == [
        Problem("unnamed-column", 1, params={"number": 2}),
        Problem("column-twice", 1, "name"),
    ]


def test_every_line_that_is_wrong_is_named_at_once() -> None:
    data = csv("name,room", "a,b,c", "d", "e,=1+1", "@SUM(1),f", "g,nu\x00l" + "x" * 400, "h,ok,")

    assert [(problem.line, problem.column, problem.code) for problem in problems_in(data)] == [
        (2, None, "cells"),
        (3, None, "cells"),
        (4, "room", "formula"),
        (5, "name", "formula"),
        (6, "room", "nul"),
    ]


def test_a_list_ends_somewhere() -> None:
    data = csv("name", *(f"Thing {number}" for number in range(MOST_ROWS + 1)))

    assert codes_in(data) == ["too-many-rows"]


@pytest.mark.parametrize("before", ["", " ", "\t", "\u200e", "\u200f", "\u200f \u202b", "\ufeff", "\u2067"])
@pytest.mark.parametrize("formula", ["=1+1", "@SUM(A1)", "+1", "-1+1", "＝1"])
def test_a_formula_is_one_whatever_invisible_stands_before_it(before: str, formula: str) -> None:
    assert is_formula(before + formula, signs=True)


@pytest.mark.parametrize("cell", ["", "-", "a=1", "5-axis mill", "x@example.org", "۱۲+", "\u200f"])
def test_other_cells_are_no_formulas(cell: str) -> None:
    assert not is_formula(cell, signs=True)


def test_signs_are_looked_at_only_where_it_matters() -> None:
    assert not is_formula("+98 25 3285 0000", signs=False)
    assert is_formula("=HYPERLINK(1)", signs=False)


def test_a_column_is_meant_by_any_spelling_that_fits_only_one() -> None:
    sheet = read_sheet(csv("Instrument class,Room,room.", "a,b,c"))

    assert sheet.column("instrument-CLASS") == "Instrument class"
    assert sheet.column("Room") == "Room"
    assert sheet.column("ROOM") is None, "two columns are spelled like it"


@given(st.binary(max_size=300))
def test_whatever_the_bytes_are_the_answer_is_a_table_or_a_refusal(data: bytes) -> None:
    with suppress(ImportRefused):
        sheet = read_sheet(data)
        assert sheet.rows
        assert all(tuple(row.cells) == sheet.columns for row in sheet.rows)


CELLS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=20).filter(
    lambda cell: cell.strip() and not is_formula(cell, signs=False)
)


@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=6), st.sampled_from([",", ";", "\t"]))
def test_what_is_written_as_csv_is_read_again(rows: list[tuple[str, str]], delimiter: str) -> None:
    quoted = [delimiter.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]

    sheet = read_sheet(csv(delimiter.join(["first", "second"]), *quoted))

    assert [tuple(row.cells.values()) for row in sheet.rows] == rows
