"""A picture: its sentence, its drawing, and the table that is also the file."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from app.core.tables import Cell, csv_file, workbook_file
from app.web.chart import Chart


@dataclass(frozen=True)
class Table:
    """The first column says what the row is about, the others are figures."""

    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]

    def file(self, ending: str) -> bytes:
        if ending == "csv":
            return csv_file(self.heads, self.rows)
        return workbook_file("Report", self.heads, self.rows)


@dataclass(frozen=True)
class Picture:
    """What is drawn of one question."""

    key: str
    """Its name in addresses and files."""
    title: str
    evidence: Markup
    table: Table
    chart: Chart | None = None
    """None: the table is shown by itself."""
    hint: str = ""
