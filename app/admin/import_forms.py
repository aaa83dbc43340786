"""What is asked about a list that is to be imported: shape only."""

from collections.abc import Mapping
from typing import Any, Self

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField

from app.core.i18n import localized
from app.inventory.import_wording import FIELDS
from app.inventory.queries.categories import tree
from app.inventory.queries.places import list_managed_labs
from app.inventory.rules.importing.mapping import Field, Settings, suggested
from app.inventory.rules.importing.sheet import Sheet
from app.inventory.rules.importing.values import status_in, text_in
from app.web.forms import BaseForm, choices_of

FROM_COLUMNS = tuple(field for field in Field if field is not Field.LAB)
OPTIONAL = (*(field.value for field in FROM_COLUMNS), "every_category")
ASKED = frozenset({"key", "lab", *OPTIONAL})
SHEET = "sheet"
"""The name of the field that says which sheet of a workbook is the list."""
MEANING = "means:"
"""The name of a field that says what a status of the list means: means:Offline."""
MOST_MEANINGS = 30
"""A column with more different values than that is no column of states."""


class UploadForm(BaseForm):
    """The file."""

    file = FileField(_l("Excel workbook or CSV file"), [FileRequired(_l("Choose a file."))])


class MappingForm(BaseForm):
    """Which column says what. It stands in the address, so that a dry run can be looked at again."""

    key = SelectField(_l("Column by which a line is known again"))
    lab = SelectField(_l("Lab"))
    every_category = SelectField(_l("Category, where no column gives it"))

    @classmethod
    def of(cls, sheet: Sheet, sent: Mapping[str, str], *, actor: Any, **more: Any) -> Self:
        """The form for this list: as it was sent, or as the headers suggest.

        An address that says anything of it says all of it: a column that it does not name is not read.
        """
        labs = {lab.slug: localized(lab) for lab in list_managed_labs(actor)}
        guessed = _guessed(sheet) | {"lab": next(iter(labs), "")}
        # Others write into the address as well: the link to the other language does.
        said = {name: value for name, value in sent.items() if name in ASKED}
        form = cls(data=dict.fromkeys(OPTIONAL, "") | (said or guessed), **more)
        columns = {column: column for column in sheet.columns}
        form.key.choices = choices_of(columns)
        form.lab.choices = choices_of(labs)
        categories = {branch.category.slug: localized(branch.category) for branch in tree()}
        form.every_category.choices = choices_of({"": _("None"), **categories})
        for field in FROM_COLUMNS:
            form[field.value].choices = choices_of({"": _("Not in the list"), **columns})
        return form

    def columns(self) -> list[Any]:
        """The fields that choose a column, in the order in which they are asked."""
        return [self[field.value] for field in FROM_COLUMNS]

    def settings(self, meanings: Mapping[str, str]) -> Settings:
        """How the list is to be read."""
        columns: dict[Field, str] = {f: self[f.value].data for f in FROM_COLUMNS if self[f.value].data}
        constants: dict[Field, str] = {Field.LAB: self.lab.data or ""}
        if Field.CATEGORY not in columns and self.every_category.data:
            constants[Field.CATEGORY] = self.every_category.data
        said = {value: meaning for value, meaning in meanings.items() if meaning}
        explained = {Field.STATUS: said} if said and Field.STATUS in columns else {}
        return Settings(self.key.data, columns, constants, explained)


for _field in FROM_COLUMNS:
    setattr(MappingForm, _field.value, SelectField(FIELDS[_field]))


def _guessed(sheet: Sheet) -> dict[str, str]:
    """What the headers suggest; the first column knows a line again where nothing better does."""
    guesses = suggested(sheet.columns)
    # What our own lists call it; then what labs know their things by.
    key = sheet.column("key") or guesses.get(Field.ASSET_TAG) or guesses.get(Field.NAME) or sheet.columns[0]
    return {f.value: column for f, column in guesses.items()} | {"key": key}


def unknown_statuses(sheet: Sheet, column: str | None) -> list[str]:
    """The values in the column of states that nobody has told us the meaning of."""
    if column not in sheet.columns:
        return []
    found = dict.fromkeys(text_in(row.cells[column]) for row in sheet.rows)
    return [value for value in found if value and status_in(value) is None][:MOST_MEANINGS]


def meanings_in(sent: Mapping[str, str]) -> dict[str, str]:
    """What was said about the values of the column of states."""
    return {name.removeprefix(MEANING): value for name, value in sent.items() if name.startswith(MEANING)}
