"""What is typed about faults and maintenance by those who look after them: shape only."""

from collections.abc import Sequence
from typing import Any, Self

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from app.core.i18n import localized
from app.inventory.models import Equipment, Fault, Lab, MaintenancePlan, Per, UnitStatus, Usability
from app.inventory.rules.faults import may_break
from app.inventory.rules.maintenance import LONGEST_NOTE, LONGEST_WHAT
from app.inventory.services.faults import LONGEST_TEXT
from app.inventory.upkeep_wording import PERS, USABILITIES
from app.web.fields import CountField, LocalDateField, MinutesField
from app.web.forms import BaseForm, choices_of

NEEDED = _l("This is needed.")
NO_SUCH = 0
"""The number of no unit: the service says that there is none."""


class ConfirmForm(BaseForm):
    """It is so, and what others read of it."""

    known_as = TextAreaField(_l("What everybody reads"), [InputRequired(NEEDED), Length(max=LONGEST_TEXT)])
    usability = RadioField(_l("Can it still be used?"), choices=choices_of(USABILITIES), coerce=Usability)

    @classmethod
    def of(cls, fault: Fault) -> Self:
        return cls(formdata=None, data={"known_as": fault.text, "usability": fault.usability})


class RepairForm(BaseForm):
    """It works again."""

    note = TextAreaField(_l("What was done"), [Optional(), Length(max=LONGEST_TEXT)])


class DismissForm(BaseForm):
    """It is no fault."""

    reason = TextAreaField(_l("Why nothing is done"), [InputRequired(NEEDED), Length(max=LONGEST_TEXT)])


class PlanForm(BaseForm):
    """What has to be done, how often, and when next."""

    what = StringField(_l("What has to be done"), [InputRequired(NEEDED), Length(max=LONGEST_WHAT)])
    unit = CountField(_l("Only the unit of this number"), [Optional()])
    due_on = LocalDateField(_l("Next due on"), [InputRequired(NEEDED)])
    every = CountField(_l("Again after"), [Optional()])
    per = SelectField(_l("Counted in"), choices=choices_of(PERS), default=Per.MONTH.value, coerce=Per)
    minutes = MinutesField(_l("How long it takes"), [InputRequired(NEEDED)])
    note = TextAreaField(_l("Note for the lab"), [Optional(), Length(max=LONGEST_NOTE)])

    @classmethod
    def of(cls, plan: MaintenancePlan) -> Self:
        names = ("what", "due_on", "every", "minutes", "note")
        known = {name: getattr(plan, name) for name in names}
        unit = plan.unit.number if plan.unit is not None else None
        return cls(formdata=None, data=known | {"per": plan.per or Per.MONTH, "unit": unit})

    def values(self, equipment: Equipment) -> dict[str, Any]:
        """As the service takes them; without an interval it is due once."""
        return {
            "what": self.what.data or "",
            "unit_id": self._unit_of(equipment),
            "due_on": self.due_on.data,
            "every": self.every.data,
            "per": self.per.data if self.every.data is not None else None,
            "minutes": self.minutes.data,
            "note": self.note.data or "",
        }

    def _unit_of(self, equipment: Equipment) -> int | None:
        if self.unit.data is None:
            return None
        numbers = {one.number: one.id for one in equipment.units if one.status is not UnitStatus.RETIRED}
        return numbers.get(self.unit.data, NO_SUCH)


class NewPlanForm(PlanForm):
    """A plan that is to be."""

    equipment = SelectField(_l("Equipment"), [InputRequired(NEEDED)], coerce=int)

    def offer(self, equipment: Sequence[Equipment], labs: Sequence[Lab]) -> None:
        """Let it choose among these, by lab."""
        self.equipment.choices = {
            localized(lab): [
                (one.id, localized(one)) for one in equipment if one.lab_id == lab.id and may_break(one.kind)
            ]
            for lab in labs
        }


class DoneForm(BaseForm):
    """It was done."""

    done_on = LocalDateField(_l("Done on"), [InputRequired(NEEDED)])
    note_on_it = TextAreaField(_l("By whom, and what was found"), [Optional(), Length(max=LONGEST_NOTE)])
    next_on = LocalDateField(_l("Next due on another day"), [Optional()])

    def values(self) -> dict[str, Any]:
        return {
            "done_on": self.done_on.data,
            "note": self.note_on_it.data or "",
            "next_on": self.next_on.data,
        }
