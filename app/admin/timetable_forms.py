"""What is asked about a teaching timetable: shape only."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from app.booking.rules.timetable import LONGEST_TITLE, Weeks
from app.inventory.rules.importing.decoding import MOST_BYTES
from app.web.fields import LocalDateField
from app.web.forms import BaseForm

WEEKS = {
    Weeks.EVERY: _l("every week"),
    Weeks.ODD: _l("odd weeks"),
    Weeks.EVEN: _l("even weeks"),
}
REFUSALS = {
    ("name", "required"): _l("This is needed."),
    ("name", "too-long"): _l("This is too long. Shorten it."),
    ("last_on", "before_first"): _l("The end must come after the start."),
    ("last_on", "term_too_long"): _l("A term has at most a year."),
    ("last_on", "past"): _l("This day is past."),
    ("classes", "none"): _l("No line names equipment of this lab."),
}
PROBLEMS = {
    "no-column": _l("Columns are missing: %(names)s. The first line has to name them."),
    "no-weekday": _l("“%(cell)s” is no day of the week."),
    "no-hours": _l("“%(cell)s” is no time. Write 8–10 or 08:30–10:00, or two columns: from and to."),
    "backwards": _l("%(cell)s: the end must come after the start."),
    "no-weeks": _l("“%(cell)s” is not known. Write odd, even or every."),
    "no-equipment": _l("The equipment is missing."),
    "no-quantity": _l("“%(cell)s” is no number from 1."),
    "no-such-equipment": _l("There is no “%(cell)s” in this lab. Write its name, another name or a tag."),
    "several-equipment": _l("“%(cell)s” may be several. Write the full name or a tag."),
    "too-many-of-it": _l("Of “%(cell)s” there are %(most)s in service."),
}


class TermForm(BaseForm):
    """The term, as it stands in the address of a preview."""

    lab = SelectField(_l("Lab"), coerce=str)
    name = StringField(_l("Name"), [InputRequired(_l("This is needed.")), Length(max=LONGEST_TITLE)])
    first_on = LocalDateField(_l("First day of the term"), [InputRequired(_l("This is needed."))])
    last_on = LocalDateField(_l("Last day of the term"), [InputRequired(_l("This is needed."))])


class TimetableForm(TermForm):
    """A list from a file, or pasted."""

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
