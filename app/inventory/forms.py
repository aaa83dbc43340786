"""What is asked of the catalogue: shape only."""

from typing import Self

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import Form, SearchField, SelectField

from app.core.i18n import localized
from app.inventory.models import EquipmentStatus
from app.inventory.queries.categories import tree
from app.inventory.queries.places import list_labs
from app.inventory.queries.search import Sort
from app.inventory.wording import EQUIPMENT_STATUSES, SORTS
from app.web.forms import choices_of

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
