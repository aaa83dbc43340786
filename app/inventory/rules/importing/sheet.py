"""A table of named columns out of a workbook, or of comma, semicolon or tab separated text. Pure."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.core.tables import unguarded
from app.core.text import clean, fold
from app.inventory.errors import ImportRefused
from app.inventory.problems import Problem
from app.inventory.rules.importing.decoding import measured, refused, text_of
from app.inventory.rules.importing.workbook import is_workbook, table_in

DELIMITERS = (",", ";", "\t")
MOST_ROWS = 5_000
"""What can be written in less time than others wait for the write lock of SQLite (30 s)."""
_SEPARATOR_LINE = re.compile(r"sep=([,;\t])\r?\n", re.IGNORECASE)
# What a spreadsheet skips before it looks whether a cell is a formula: spaces and invisible marks.
_BEFORE_FORMULA = re.compile("^[\\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u061c]+")
_ALWAYS_FORMULA = ("=", "@", "＝", "＠")
_SIGN = ("+", "-", "＋", "－")


@dataclass(frozen=True)
class Row:
    """One line of the list: where it begins in the file, and its cells by column, as they were typed.

    A cell that is a text beyond doubt, though it begins like a formula, is guarded by an apostrophe.
    """

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Sheet:
    """The list. Every row has a cell for every column."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    name: str | None = None
    """Which sheet of a workbook it is."""
    names: tuple[str, ...] = ()
    """The sheets of the workbook, where it is one."""

    def column(self, wanted: str) -> str | None:
        """The column that is meant: the very name, or the only one that differs in spelling alone."""
        if wanted in self.columns:
            return wanted
        alike = [name for name in self.columns if fold(name) == fold(wanted)]
        return alike[0] if len(alike) == 1 else None


def read_sheet(data: bytes, name: str | None = None) -> Sheet:
    """The table in the file, from the sheet of that name (None: the first that holds anything).

    What kind of file it is, its content says. Raises ImportRefused with everything that is wrong with it
    as a table.
    """
    if is_workbook(measured(data)):
        table = table_in(data, name, most_rows=MOST_ROWS)
        return _sheet(iter(table.records), name=table.name, names=table.names)
    text = text_of(data)
    if text.lstrip().startswith("<"):
        raise refused("not-csv")
    if name is not None:
        raise refused("no-sheets")
    return _sheet(_records(text))


def _sheet(
    records: Iterator[tuple[int, list[str]]], *, name: str | None = None, names: tuple[str, ...] = ()
) -> Sheet:
    line, header = next(records, (1, []))
    columns = tuple(clean(unguarded(title)).replace("\n", " ") for title in header)
    # The columns of a workbook end where the last cell is filled: one without a name there has content.
    while columns and not columns[-1] and not names:
        columns = columns[:-1]
    if not columns:
        raise refused("empty")
    if problems := _header_problems(columns, line):
        raise ImportRefused(problems)
    rows, problems = _rows(columns, records)
    if problems:
        raise ImportRefused(problems)
    if not rows:
        raise refused("no-rows")
    return Sheet(columns, tuple(rows), name, names)


def is_formula(cell: str, *, signs: bool) -> bool:
    """Whether a spreadsheet would calculate this cell; with `signs` also what begins with + or -."""
    begins = _BEFORE_FORMULA.sub("", cell)
    return begins.startswith(_ALWAYS_FORMULA) or (signs and len(begins) > 1 and begins.startswith(_SIGN))


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    """The records with the line on which each begins. Raises ImportRefused where quotes do not close."""
    skipped = 0
    if found := _SEPARATOR_LINE.match(text):
        delimiter, text, skipped = found[1], text[found.end() :], 1
    else:
        delimiter = _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1 + skipped
    while True:
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise ImportRefused([Problem("malformed", line)]) from error
        if any(cell.strip() for cell in record):
            yield line, record
        line = reader.line_num + 1 + skipped


def _delimiter(text: str) -> str:
    """What separates the most names in the first line that has any."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(DELIMITERS, key=lambda delimiter: _cells_in(first, delimiter))


def _cells_in(line: str, delimiter: str) -> int:
    """How many there are; none in a line that cannot be read so, which reading it in earnest reports."""
    try:
        return len(next(csv.reader([line], delimiter=delimiter)))
    except csv.Error:
        return 0


def _header_problems(columns: tuple[str, ...], line: int) -> list[Problem]:
    problems = []
    for number, name in enumerate(columns):
        if not name:
            problems.append(Problem("unnamed-column", line, params={"number": number + 1}))
        elif name in columns[:number]:
            problems.append(Problem("column-twice", line, name))
    return problems


def _rows(
    columns: tuple[str, ...], records: Iterator[tuple[int, list[str]]]
) -> tuple[list[Row], list[Problem]]:
    rows: list[Row] = []
    problems: list[Problem] = []
    for line, record in records:
        if len(rows) == MOST_ROWS:
            problems.append(Problem("too-many-rows", line, params={"most": MOST_ROWS}))
            break
        while len(record) > len(columns) and not record[-1].strip():
            record.pop()
        if len(record) != len(columns):
            counted = {"found": len(record), "wanted": len(columns)}
            problems.append(Problem("cells", line, params=counted))
            continue
        cells = dict(zip(columns, record, strict=True))
        problems += [Problem("nul", line, name) for name, cell in cells.items() if "\x00" in cell]
        problems += [
            Problem("formula", line, name, {"cell": clean(cell)[:40]})
            for name, cell in cells.items()
            if is_formula(cell, signs=False)
        ]
        rows.append(Row(line, cells))
    return rows, problems
