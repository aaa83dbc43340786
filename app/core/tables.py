"""Tables as files that every spreadsheet opens, and in which nothing is ever a formula. Pure."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

Cell = str | int | Decimal | date | None

# What a spreadsheet may calculate: a sign behind nothing but spaces and invisible marks, or a cell that
# begins with a tab or a carriage return (OWASP, CSV injection). Apostrophes before it count as well, so
# that taking one off is always the opposite of putting one on.
_RISKY = re.compile("'*(?:[\\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u061c]*[-=+@＝＋－＠]|[\t\r])")
_NOT_IN_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_UTF8_MARK = "\ufeff"


def guarded(text: str) -> str:
    """The text with an apostrophe before what a spreadsheet would calculate."""
    return f"'{text}" if _RISKY.match(text) else text


def unguarded(text: str) -> str:
    """The text as it was before guarded()."""
    return text[1:] if text.startswith("'") and _RISKY.match(text, 1) else text


def csv_file(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """RFC 4180 in UTF-8, with the mark by which Excel knows it; texts are guarded."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([_written(value) for value in row] for row in rows)
    return (_UTF8_MARK + out.getvalue()).encode()


def workbook_file(title: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """An Excel workbook of one sheet: a text is a text, whatever it begins with."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for row in (header, *rows):
        sheet.append([_typed(sheet, value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _written(value: Cell) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return guarded(value) if isinstance(value, str) else "" if value is None else str(value)


def _typed(sheet: object, value: Cell) -> object:
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        cell = WriteOnlyCell(sheet, value=value)
        if isinstance(value, date):
            cell.number_format = "yyyy-mm-dd"
        return cell
    cell = WriteOnlyCell(sheet, value=_NOT_IN_XML.sub("", value.replace("\r\n", "\n").replace("\r", "\n")))
    # It has looked for a formula or an error in the text, and must not have found one.
    cell.data_type = "s"
    return cell
