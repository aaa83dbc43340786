"""What is typed about needs: shape only."""

from typing import Any, Self

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Form, IntegerField, SearchField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from app.accounts.models import User
from app.core.i18n import localized
from app.inventory.queries.categories import tree
from app.inventory.queries.places import list_labs
from app.needs.permissions import may_write_need
from app.needs.queries.needs import Sort
from app.needs.wording import CLOSING_REASONS, SORTS
from app.web.fields import LocalDateField
from app.web.formats import number_text
from app.web.forms import BaseForm, choices_of

NEEDED = _l("This is needed.")
INDENT = "\u2003"
PERIODS = (30, 90, 180)
USUAL_PERIOD = 90


class BoardForm(Form):
    """What is asked of the board. It is in the address: what does not fit is passed over."""

    q = SearchField(_l("Title, reason, category or number"))
    lab = SelectField(_l("Lab"))
    sort = SelectField(_l("Sorted by"), choices=choices_of(SORTS))

    @classmethod
    def of(cls, query: MultiDict[str, str]) -> Self:
        form = cls(query)
        form.lab.choices = choices_of({"": _("All"), **{lab.slug: localized(lab) for lab in list_labs()}})
        return form

    def wanted_sort(self) -> Sort:
        found = self.sort.data
        return Sort(found) if found in set(Sort) else Sort.UNMET


class GapsForm(Form):
    """Which gaps. It is in the address: what does not fit is passed over."""

    category = SelectField(_l("Category"))
    lab = SelectField(_l("Lab"))
    days = SelectField(_l("Period"))

    @classmethod
    def of(cls, query: MultiDict[str, str]) -> Self:
        form = cls(query)
        form.category.choices = choices_of(
            {"": _("All"), **{b.category.slug: INDENT * b.depth + localized(b.category) for b in tree()}}
        )
        form.lab.choices = choices_of({"": _("All"), **{lab.slug: localized(lab) for lab in list_labs()}})
        form.days.choices = choices_of(
            {str(days): _("Last %(days)s days", days=number_text(days)) for days in PERIODS}
        )
        form.days.data = str(form.period())
        return form

    def period(self) -> int:
        """How many days back."""
        return next((days for days in PERIODS if str(days) == self.days.data), USUAL_PERIOD)


class NeedForm(BaseForm):
    """The texts of a need and how many are needed."""

    title = StringField(_l("What is needed"), [InputRequired(NEEDED), Length(max=200)])
    title_fa = StringField(_l("The same in Persian"), [Optional(), Length(max=200)])
    quantity = IntegerField(
        _l("How many units"),
        [InputRequired(NEEDED), NumberRange(1, 1000, _l("Write a number between 1 and 1000."))],
        default=1,
    )
    justification = TextAreaField(_l("Why it is missed"), [InputRequired(NEEDED), Length(max=5000)])
    specification = TextAreaField(_l("What it has to be able to do"), [Optional(), Length(max=5000)])
    closes_on = LocalDateField(_l("Wanted until"), [Optional()])

    def values(self) -> dict[str, Any]:
        names = ("title", "title_fa", "quantity", "justification", "specification", "closes_on")
        return {name: self[name].data for name in names}


class NewNeedForm(NeedForm):
    """The same with the place and the kind, which stay as they are."""

    lab = SelectField(_l("Lab"), coerce=int)
    category = SelectField(_l("Category"), coerce=int)
    from_gap = BooleanField(_l("Propose it from the hours that were missed"))

    @classmethod
    def of(cls, actor: User, **given: Any) -> Self:
        """The form for the labs in which the actor may write."""
        form = cls(data=given)
        labs = [lab for lab in list_labs() if may_write_need(actor, lab.id)]
        form.lab.choices = choices_of({lab.id: localized(lab) for lab in labs})
        form.category.choices = choices_of(
            {b.category.id: INDENT * b.depth + localized(b.category) for b in tree()}
        )
        return form


class LowerForm(BaseForm):
    """How many are still asked for, once it is published."""

    quantity = IntegerField(_l("How many units"), [InputRequired(NEEDED)])


class RejectForm(BaseForm):
    """Why a need is turned down."""

    reason = TextAreaField(_l("Why"), [InputRequired(NEEDED), Length(max=2000)])


class CloseForm(BaseForm):
    """Why nothing more is asked for."""

    reason = SelectField(_l("Why"), choices=choices_of(CLOSING_REASONS))
    note = TextAreaField(_l("Note"), [Optional(), Length(max=2000)])
