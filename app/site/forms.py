"""What can be asked of /find."""

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField, StringField
from wtforms.validators import Length, NumberRange, Optional

from app.web.fields import LocalDateField, MinutesField
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
