"""Lists of equipment for tests: as bytes, as people save them."""

import io
import os
from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook

ROOT = Path(__file__).resolve().parents[2]


def csv(*lines: str) -> bytes:
    return "\n".join(lines).encode() + b"\n"


def xlsx(*rows: Sequence[object], **sheets: Sequence[Sequence[object]]) -> bytes:
    """A workbook with these rows on its first sheet, "List", and further sheets by name."""
    book = Workbook()
    for name, content in {"List": rows, **sheets}.items():
        sheet = book.create_sheet(name)
        for row in content:
            sheet.append(row)
    del book["Sheet"]
    return saved(book)


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def instruments() -> Path:
    """The list of a national laboratory that lies beside the repository; skips where it does not."""
    shared = Path(os.environ.get("KARGAH_SHARED", ROOT.parent / "shared"))
    path = shared / "data" / "instruments.csv"
    if not path.exists():
        pytest.skip("the list of 263 real instruments (data/instruments.csv) is not on this machine")
    return path
