"""Who comes, as it is typed: a line of fields a person."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import FieldList, FormField, StringField
from wtforms.form import Form

from app.booking.rules.visitors import MOST_VISITORS, Visitor
from app.core.errors import InvalidInput
from app.web.forms import BaseForm

BLANK = 3
"""Lines left empty below those that are filled."""
REFUSALS = {
    "required": _l("Write the name."),
    "too-long": _l("This is too long. Shorten it."),
    "too_many_people": _l("That is too many people for one booking."),
}


class VisitorForm(Form):
    name = StringField(_l("Name"))
    email = StringField(_l("E-mail"))
    identity = StringField(_l("Card or passport number"))
    plate = StringField(_l("Number plate"))

    @property
    def visitor(self) -> Visitor:
        return Visitor(
            self.name.data or "", self.email.data or None, self.identity.data or None, self.plate.data or None
        )

    @property
    def is_blank(self) -> bool:
        return not any((field.data or "").strip() for field in self)


class VisitorsForm(BaseForm):
    """All of them; lines that are empty are nobody."""

    people = FieldList(FormField(VisitorForm), max_entries=MOST_VISITORS)

    def with_blank_lines(self) -> "VisitorsForm":
        """The form with room for more."""
        for _number in range(BLANK):
            if len(self.people.entries) < MOST_VISITORS:
                self.people.append_entry()
        return self

    @property
    def visitors(self) -> list[Visitor]:
        return [entry.form.visitor for entry in self._filled()]

    def take(self, refused: InvalidInput, words: Any = REFUSALS) -> None:
        """Beside the field of the person meant."""
        filled = self._filled()
        for path, code in refused.errors:
            _people, *rest = path.split(".")
            if not rest:
                self.form_errors.append(words.get(code, code))
                continue
            field = filled[int(rest[0])].form[rest[1]]
            field.errors = [*field.errors, words.get(code, code)]

    def _filled(self) -> list[Any]:
        return [entry for entry in self.people.entries if not entry.form.is_blank]
