"""What is typed about categories, equipment and units: shape only."""

from collections.abc import Collection
from typing import Any, Self

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from app.core.i18n import localized
from app.inventory.models import AcquisitionKind, Equipment, EquipmentKind, Mode
from app.inventory.queries.categories import tree
from app.inventory.queries.places import list_managed_labs
from app.inventory.requirement_wording import KINDS
from app.inventory.rules.details import MOST_UNITS
from app.inventory.wording import ACQUISITIONS
from app.web.fields import LocalDateField
from app.web.forms import BaseForm, choices_of

NEEDED = _l("This is needed.")
INDENT = "\u2003"
"""As wide as a letter: a select element shows no other indentation."""
TEXTS = (
    "name", "name_fa", "manufacturer", "model", "location", "description", "description_fa",
    "what_to_bring", "what_to_bring_fa",
)  # fmt: skip


class CategoryForm(BaseForm):
    """A category and its place in the tree."""

    name = StringField(_l("Name"), [InputRequired(NEEDED), Length(max=200)])
    name_fa = StringField(_l("Name in Persian"), [Optional(), Length(max=200)])
    parent = SelectField(_l("Below"), coerce=int)

    def values(self) -> dict[str, Any]:
        return {
            "name": self.name.data or "",
            "name_fa": self.name_fa.data,
            "parent_id": self.parent.data or None,
        }


class EquipmentForm(BaseForm):
    """What is written about equipment."""

    name = StringField(_l("Name"), [InputRequired(NEEDED), Length(max=200)])
    name_fa = StringField(_l("Name in Persian"), [Optional(), Length(max=200)])
    aliases = TextAreaField(_l("Other names, one a line"), [Optional()])
    lab = SelectField(_l("Lab"), coerce=int)
    category = SelectField(_l("Category"), coerce=int)
    sort = SelectField(_l("What it is"), choices=choices_of(KINDS))
    is_lent_alone = BooleanField(_l("It is lent by itself"))
    manufacturer = StringField(_l("Manufacturer"), [Optional(), Length(max=200)])
    model = StringField(_l("Model"), [Optional(), Length(max=200)])
    location = StringField(_l("Building and room"), [Optional(), Length(max=200)])
    description = TextAreaField(_l("What it can do"), [Optional()])
    description_fa = TextAreaField(_l("What it can do, in Persian"), [Optional()])
    attributes = TextAreaField(_l("Figures, one a line as “Name: value”"), [Optional()])
    what_to_bring = TextAreaField(_l("What to bring"), [Optional()])
    what_to_bring_fa = TextAreaField(_l("What to bring, in Persian"), [Optional()])
    self_ = BooleanField(_l("Companies operate it themselves"))
    operator = BooleanField(_l("Staff operate it"))
    samples = BooleanField(_l("Companies send samples"))

    @classmethod
    def of(cls, actor: Any, equipment: Equipment | None = None, **more: Any) -> Self:
        """The form with the labs of this person; filled with what is written, unless it was sent."""
        known = _written(equipment) if equipment else {"operator": True, "is_lent_alone": True}
        form = cls(data=known, **more)
        labs = list_managed_labs(actor)
        form.lab.choices = choices_of({lab.id: localized(lab) for lab in labs})
        form.category.choices = choices_of(indented_tree())
        return form

    def values(self) -> dict[str, Any]:
        modes = {Mode.SELF: self.self_, Mode.OPERATOR: self.operator, Mode.SAMPLES: self.samples}
        pairs = (line.partition(":") for line in (self.attributes.data or "").splitlines())
        return {name: self[name].data or "" for name in TEXTS} | {
            "aliases": (self.aliases.data or "").splitlines(),
            "attributes": {name.strip(): value.strip() for name, _, value in pairs if name.strip()},
            "modes": [mode.value for mode, box in modes.items() if box.data],
            "lab_id": self.lab.data,
            "category_id": self.category.data,
            "kind": EquipmentKind(self.sort.data),
            "is_lent_alone": self.is_lent_alone.data,
        }


class NewEquipmentForm(EquipmentForm):
    """Equipment that is to be, with its copies."""

    capacity = IntegerField(
        _l("Number of units"), [InputRequired(NEEDED), NumberRange(1, MOST_UNITS)], default=1
    )

    def values(self) -> dict[str, Any]:
        return super().values() | {"capacity": self.capacity.data}


class UnitForm(BaseForm):
    """What is written about one copy."""

    asset_tag = StringField(_l("Asset tag"), [Optional(), Length(max=60)])
    serial = StringField(_l("Serial number"), [Optional(), Length(max=120)])
    condition = StringField(_l("Condition"), [Optional(), Length(max=200)])
    commissioned_on = LocalDateField(_l("In service since"), [Optional()])

    def values(self) -> dict[str, Any]:
        texts = {name: self[name].data or "" for name in ("asset_tag", "serial", "condition")}
        return texts | {"commissioned_on": self.commissioned_on.data}


class NewUnitForm(UnitForm):
    """One more copy, and how the university came by it: that is written once."""

    kind = SelectField(
        _l("How it was acquired"),
        choices=choices_of(ACQUISITIONS),
        default=AcquisitionKind.PURCHASE.value,
    )
    acquired_on = LocalDateField(_l("Acquired on"), [Optional()])
    note = StringField(_l("From whom, and other notes"), [Optional(), Length(max=500)])

    def values(self) -> dict[str, Any]:
        return super().values() | {
            "kind": AcquisitionKind(self.kind.data),
            "acquired_on": self.acquired_on.data,
            "note": self.note.data or "",
        }


class AttachmentForm(BaseForm):
    """A photo or document, and what it shows."""

    file = FileField(_l("Photo or document"), [FileRequired(_l("Choose a file."))])
    title = StringField(_l("What it shows"), [InputRequired(NEEDED), Length(max=200)])
    licence = StringField(_l("Licence"), [Optional(), Length(max=120)])


class ReasonForm(BaseForm):
    """Why something goes out of service or comes back."""

    reason = StringField(_l("Reason"), [Optional(), Length(max=200)])


def indented_tree(without: Collection[int] = ()) -> dict[int, str]:
    """The categories by id, each set in as deep as it stands in the tree."""
    return {
        branch.category.id: INDENT * branch.depth + localized(branch.category)
        for branch in tree()
        if branch.category.id not in without
    }


def _written(equipment: Equipment) -> dict[str, Any]:
    """What is written about it, as it stands in the form."""
    return {name: getattr(equipment, name) for name in TEXTS} | {
        "aliases": "\n".join(equipment.aliases),
        "attributes": "\n".join(f"{name}: {value}" for name, value in equipment.attributes.items()),
        "lab": equipment.lab_id,
        "category": equipment.category_id,
        "sort": equipment.kind.value,
        "is_lent_alone": equipment.is_lent_alone,
        "self_": Mode.SELF in equipment.modes,
        "operator": Mode.OPERATOR in equipment.modes,
        "samples": Mode.SAMPLES in equipment.modes,
    }
