"""What is asked of the catalogue: shape only."""

from collections.abc import Iterable
from typing import Any, Self

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from werkzeug.datastructures import MultiDict
from wtforms import Form, RadioField, SearchField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from app.core.i18n import localized
from app.inventory.models import EquipmentStatus, Unit, UnitStatus, Usability
from app.inventory.queries.categories import tree
from app.inventory.queries.places import list_labs
from app.inventory.queries.search import Sort
from app.inventory.services.faults import LONGEST_TEXT
from app.inventory.upkeep_wording import USABILITIES
from app.inventory.wording import EQUIPMENT_STATUSES, SORTS
from app.web.formats import number_text
from app.web.forms import BaseForm, choices_of

INDENT = "\u2003"


class CatalogueForm(Form):
    """A search of the catalogue. It is in the address: what does not fit is passed over, never refused."""

    q = SearchField(_l("Name, model, maker or number"))
    category = SelectField(_l("Category"))
    lab = SelectField(_l("Lab"))
    status = SelectField(_l("Status"))
    sort = SelectField(_l("Sorted by"), choices=choices_of(SORTS))

    @classmethod
    def of(cls, query: MultiDict[str, str], *, sees_retired: bool) -> Self:
        """The form as the address fills it."""
        form = cls(query)
        categories = {b.category.slug: INDENT * b.depth + localized(b.category) for b in tree()}
        statuses = {
            status: label
            for status, label in EQUIPMENT_STATUSES.items()
            if sees_retired or status is not EquipmentStatus.RETIRED
        }
        form.category.choices = choices_of({"": _("All"), **categories})
        form.lab.choices = choices_of({"": _("All"), **{lab.slug: localized(lab) for lab in list_labs()}})
        form.status.choices = choices_of({"": _("All"), **statuses})
        return form

    def wanted_status(self) -> EquipmentStatus | None:
        found = self.status.data
        return EquipmentStatus(found) if found in set(EquipmentStatus) else None

    def wanted_sort(self) -> Sort:
        found = self.sort.data
        return Sort(found) if found in set(Sort) else Sort.NAME


class FaultForm(BaseForm):
    """Something is wrong with an equipment."""

    text = TextAreaField(
        _l("What is wrong"), [InputRequired(_l("This is needed.")), Length(max=LONGEST_TEXT)]
    )
    usability = RadioField(
        _l("Can it still be used?"),
        choices=choices_of(USABILITIES),
        default=Usability.LIMITED.value,
        coerce=Usability,
    )
    unit = SelectField(_l("Which one"), coerce=lambda value: int(value) if value not in (None, "") else None)
    photo = FileField(_l("Photo"), [Optional()])

    def offer(self, units: Iterable[Unit]) -> None:
        """Let it choose among the units that are there."""
        there = {
            unit.id: _("Unit %(number)s", number=number_text(unit.number or 0))
            + (f" ({unit.asset_tag})" if unit.asset_tag else "")
            for unit in units
            if unit.status is not UnitStatus.RETIRED
        }
        self.unit.choices = choices_of({"": _("All of it, or I do not know"), **there})

    def values(self) -> dict[str, Any]:
        return {"text": self.text.data or "", "usability": self.usability.data, "unit_id": self.unit.data}
