"""What can be asked of /find."""

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from app.web.fields import LocalDateField, LocalTimeField, MinutesField
from app.web.forms import BaseForm


class Skippable(Optional):
    """May be left empty, and says nothing about it: in a search every field may."""

    def __init__(self) -> None:
        super().__init__()
        self.field_flags: dict[str, bool] = {}


class FindForm(BaseForm):
    """What, how long, how many, between which days, in which lab. Sent by GET: it changes nothing."""

    class Meta:
        csrf = False

    q = StringField(_l("What"), [Skippable(), Length(max=200)])
    length = MinutesField(_l("For how long"))
    quantity = IntegerField(_l("How many"), [Skippable(), NumberRange(1, 1000)])
    since = LocalDateField(_l("From"), name="from")
    until = LocalDateField(_l("Until"))
    lab = SelectField(_l("Where"), [Skippable()], validate_choice=True)
    mode = SelectField(_l("How"), [Skippable()], validate_choice=True)
    samples = IntegerField(_l("Samples"), [Skippable(), NumberRange(1, 10_000)])


class SearchForm(BaseForm):
    """What to look for, wherever it is. Sent by GET."""

    class Meta:
        csrf = False

    q = StringField(_l("Equipment, a booking, a need, a person, a page"), [Skippable(), Length(max=200)])


class TooLateForm(BaseForm):
    """By when what was searched for is needed, and why. Sent with the search in the address."""

    needed_on = LocalDateField(_l("I need it by"), [InputRequired(_l("Write the day by which you need it."))])
    needed_at = LocalTimeField(_l("Time"), [Optional()])
    organisation = SelectField(_l("For which organisation"), [Optional()], coerce=str)
    note = StringField(_l("Why it matters"), [Optional(), Length(max=500)])
