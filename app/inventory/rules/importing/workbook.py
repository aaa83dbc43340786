"""An Excel workbook (.xlsx) as rows of text, the way a person sees its cells. Pure.

Nothing is parsed before the archive is known to be small when unpacked; XML comes through defusedxml.
"""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import repeat
from typing import Any

import openpyxl
from defusedxml import DefusedXmlException
from openpyxl.xml import DEFUSEDXML

from app.core.tables import guarded
from app.inventory.errors import ImportRefused
from app.inventory.problems import Problem
from app.inventory.rules.importing.decoding import refused

ARCHIVE = b"PK\x03\x04"
COMPOUND = b"\xd0\xcf\x11\xe0"
"""Old workbooks (.xls), and those that are locked with a password."""
MOST_UNPACKED = 40 * 1024 * 1024
"""Five megabytes of table unpack to less; what does not is a bomb or a book of many tables."""
MOST_PARTS = 2_000
MOST_COLUMNS = 200
"""One more is looked at, and nothing to the right of it."""
_CHUNK = 1024 * 1024
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_PADDED = re.compile("0{2,20}")


@dataclass(frozen=True)
class Table:
    """One sheet of the book: its rows by the numbers that a person sees, all of one width."""

    name: str
    names: tuple[str, ...]
    """The sheets that there are to choose from."""
    records: Sequence[tuple[int, list[str]]]


def is_workbook(data: bytes) -> bool:
    """Whether it begins like one; nobody asks what the file is called."""
    return data.startswith((ARCHIVE, COMPOUND))


def table_in(data: bytes, wanted: str | None, *, most_rows: int) -> Table:
    """The sheet of that name, or the first that holds anything. Raises ImportRefused with what to do.

    Not more than `most_rows` rows and one are read, so that the caller sees that there are more.
    """
    if data.startswith(COMPOUND):
        raise refused("locked-workbook" if _LOCKED in data else "old-workbook")
    formulas = _inspected(data)
    with warnings.catch_warnings():
        # What of a workbook is passed over (print settings, validation) is no news to whoever imports it.
        warnings.simplefilter("ignore")
        try:
            return _table(data, wanted, most_rows, formulas=formulas)
        except ImportRefused:
            raise
        except DefusedXmlException as error:
            raise refused("workbook") from error
        except Exception as error:  # a damaged book can fail openpyxl in any way there is
            raise refused("workbook") from error


def _inspected(data: bytes) -> bool:
    """Whether there are formulas. Raises ImportRefused before anything of a dangerous file is parsed."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _formulas_in(archive, _parts(archive))
    except ImportRefused:
        raise
    except Exception as error:  # as above: zipfile, zlib and struct have their own ways to fail
        raise refused("workbook") from error


def _parts(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The parts that will be parsed. Raises ImportRefused where they say that they are too large."""
    parts = archive.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise refused("locked-workbook")
    texts = [part for part in parts if part.filename.endswith((".xml", ".rels"))]
    if len(parts) > MOST_PARTS or sum(part.file_size for part in texts) > MOST_UNPACKED:
        raise _too_large()
    return texts


def _formulas_in(archive: zipfile.ZipFile, parts: Sequence[zipfile.ZipInfo]) -> bool:
    """Whether a sheet has any. The parts are unpacked piece by piece: what they declare may be a lie."""
    left, found = MOST_UNPACKED, False
    for part in parts:
        before = b""
        with archive.open(part) as opened:
            while chunk := opened.read(_CHUNK):
                left -= len(chunk)
                if left < 0:
                    raise _too_large()
                found = found or bool(_FORMULA.search(before[-20:] + chunk))
                before = chunk
    return found


def _too_large() -> ImportRefused:
    return refused("unpacked-too-big", most_megabytes=MOST_UNPACKED // 1024 // 1024)


def _table(data: bytes, wanted: str | None, most_rows: int, *, formulas: bool) -> Table:
    if not DEFUSEDXML:
        raise RuntimeError("openpyxl does not use defusedxml")
    values = _opened(data, computed=True)
    sheets = {sheet.title: sheet for sheet in values.worksheets if sheet.sheet_state == "visible"}
    if wanted is not None and wanted not in sheets:
        raise refused("no-such-sheet", sheet=wanted, sheets=", ".join(sheets))
    typed = _opened(data, computed=False) if formulas else None
    name, records = "", []
    for name in [wanted] if wanted is not None else sheets:
        records = _records(sheets[name], typed[name] if typed else None, most_rows)
        if records:
            break
    return Table(name, tuple(sheets), records)


def _opened(data: bytes, *, computed: bool) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=computed, keep_links=False)


def _records(values: Any, typed: Any, most_rows: int) -> list[tuple[int, list[str]]]:
    """The rows that hold anything, cut and filled to the columns that do. Raises ImportRefused."""
    records: list[tuple[int, list[str]]] = []
    problems: list[Problem] = []
    width = 0
    for line, row, sources in _rows(values, typed):
        cells = [_text(cell) for cell in row]
        used = max((place for place, text in enumerate(cells, 1) if text.strip()), default=0)
        if used > MOST_COLUMNS:
            raise ImportRefused([Problem("too-many-columns", line, params={"most": MOST_COLUMNS})])
        header = records[0][1] if records else []
        problems += _bad_cells(line, row, sources, header)
        if used:
            records.append((line, cells))
            width = max(width, used)
        if len(records) > most_rows + 1:
            break
    if problems:
        raise ImportRefused(problems)
    return [(line, [*cells, *repeat("", width)][:width]) for line, cells in records]


def _rows(values: Any, typed: Any) -> Iterator[tuple[int, Sequence[Any], Sequence[Any]]]:
    """The rows that are not empty with their numbers, and what was typed in where that may differ."""
    for sheet in filter(None, (values, typed)):
        sheet.reset_dimensions()  # what the sheet says of its own size is not believed
    rows = values.iter_rows(max_col=MOST_COLUMNS + 1)
    sources = typed.iter_rows(max_col=MOST_COLUMNS + 1) if typed else repeat(())
    blank: tuple[object, object] = (None, None)
    for line, (row, source) in enumerate(zip(rows, sources, strict=False), 1):
        if row is blank[0] and source is blank[1]:
            continue  # rows that are not there are all the same one, up to a million of them
        if all(cell.value is None for cell in (*row, *source)):
            blank = (row, source)
        else:
            yield line, row, source


def _bad_cells(
    line: int, row: Sequence[Any], sources: Sequence[Any], header: Sequence[str]
) -> Iterator[Problem]:
    """Errors of the spreadsheet, and formulas whose result is not in the file."""
    for place, cell in enumerate(row):
        column = header[place] if place < len(header) and header[place] else None
        if cell.value is not None and cell.data_type == "e":
            yield Problem("cell-error", line, column, {"cell": str(cell.value)})
        elif cell.value is None and place < len(sources) and sources[place].data_type == "f":
            yield Problem("no-result", line, column)


def _text(cell: Any) -> str:
    """The cell as a person sees it. A text is a text, whatever it begins with: it is guarded as in a CSV."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        return guarded(value)
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime):
        return _moment(value)
    if isinstance(value, date | time):
        return value.isoformat()
    return guarded(_number(value, cell.number_format))


def _moment(value: datetime) -> str:
    if value.time() == time():
        return value.date().isoformat()
    return value.isoformat(sep=" ", timespec="seconds" if value.second else "minutes")


def _number(value: Any, shown_as: str) -> str:
    """2021.0 is 2021; 42 shown as 00042 is an inventory number, and keeps its zeros."""
    if isinstance(value, float):
        value = int(value) if value.is_integer() and abs(value) < 1e15 else format(value, ".15g")
    text = str(value)
    return text.zfill(len(shown_as)) if _PADDED.fullmatch(shown_as) and text.isdecimal() else text
