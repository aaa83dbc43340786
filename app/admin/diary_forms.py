"""What is asked about an old diary: shape only."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import SelectField, TextAreaField
from wtforms.validators import Length, Optional

from app.admin.timetable_forms import PROBLEMS as OF_TABLES
from app.inventory.rules.importing.decoding import MOST_BYTES
from app.web.forms import BaseForm

REFUSALS = {
    ("entries", "too_many"): _l("At most 20,000 lines at once: bring it in year by year."),
    ("instead", "unknown"): _l("Choose one of those that there are."),
}
PROBLEMS = OF_TABLES | {
    "no-day": _l("“%(cell)s” is no day. Write 1405/9/2 or 2026-11-23."),
    "backwards": _l("%(cell)s: the end is the beginning."),
    "no-such-company": _l("Nobody verified is called “%(cell)s”. Choose below whose such lines are."),
    "no-such-person": _l("Nobody has the address %(cell)s. Leave it empty, or ask them to register."),
    "bad-local-time": _l("On that day the clock was changed: %(cell)s does not exist, or comes twice."),
    "taken": _l("The time is taken (%(cell)s)."),
    "no-single-unit": _l("Enough are free at each moment, but no single one throughout."),
}


class DiaryLabForm(BaseForm):
    """In which lab, and whose the lines of unknown companies are, as it stands in the address."""

    lab = SelectField(_l("Lab"), coerce=str)
    instead = SelectField(_l("Lines of companies that nobody knows"), coerce=str, validators=[Optional()])

    @property
    def lab_id(self) -> int:
        return int(self.lab.data)

    @property
    def instead_id(self) -> int | None:
        return int(self.instead.data) if self.instead.data else None


class DiaryForm(DiaryLabForm):
    """A diary from a file, or pasted."""

    file = FileField(_l("Excel workbook or CSV file"), [Optional()])
    pasted = TextAreaField(_l("Or paste the table here"), [Optional(), Length(max=200_000)])

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        is_valid = bool(super().validate(*args, **kwargs))
        if not self.file.data and not (self.pasted.data or "").strip():
            self.file.errors = [*self.file.errors, _("Choose a file, or paste the table.")]
            return False
        return is_valid

    def content(self) -> bytes:
        """What was sent: the file before the text."""
        if self.file.data:
            return bytes(self.file.data.read(MOST_BYTES + 1))
        return (self.pasted.data or "").encode()
