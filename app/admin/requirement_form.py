"""What is typed to say what a thing takes along."""

from collections.abc import Sequence
from typing import Any, Self

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField
from wtforms.validators import ValidationError

from app.core.i18n import localized
from app.inventory.models import Equipment, Mode
from app.inventory.rules.requirements import Link
from app.web.fields import CountField
from app.web.forms import BaseForm, choices_of

HOW = {
    "each": _l("So many for each that is booked"),
    "together": _l("So many together"),
    "all": _l("All there are"),
}


class RequirementForm(BaseForm):
    """A thing that comes along, how many of it, and when."""

    needs = SelectField(_l("What comes along"), coerce=int)
    how = RadioField(_l("How many come along"), choices=choices_of(HOW), default="together")
    quantity = CountField(_l("Number"), default=1)
    self_ = BooleanField(_l("When companies operate it themselves"))
    operator = BooleanField(_l("When staff operate it"))
    samples = BooleanField(_l("When samples are sent"))

    @classmethod
    def of(cls, others: Sequence[Equipment], **more: Any) -> Self:
        """The form with what could come along, by lab."""
        form = cls(**more)
        form.needs.choices = [(one.id, f"{localized(one.lab)}: {localized(one)}") for one in others]
        return form

    def validate_quantity(self, field: Any) -> None:
        if self.how.data != "all" and field.data is None and not field.errors:
            raise ValidationError(str(_l("Write how many as a whole number from 1.")))

    def link(self, equipment_id: int) -> Link:
        ticked = {Mode.SELF: self.self_, Mode.OPERATOR: self.operator, Mode.SAMPLES: self.samples}
        return Link(
            equipment_id,
            self.needs.data,
            None if self.how.data == "all" else self.quantity.data,
            is_shared=self.how.data != "each",
            modes=frozenset(mode.value for mode, box in ticked.items() if box.data),
        )
