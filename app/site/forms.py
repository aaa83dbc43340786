"""What can be asked of /find."""

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField, StringField
from wtforms.validators import Length, NumberRange, Optional

from app.web.fields import LocalDateField, MinutesField
from app.web.forms import BaseForm


class FindForm(BaseForm):
    """What, how long, how many, between which days, in which lab. Sent by GET: it changes nothing."""

    class Meta:
        csrf = False

    q = StringField(_l("What"), [Optional(), Length(max=200)])
    length = MinutesField(_l("For how long"))
    quantity = IntegerField(_l("How many"), [Optional(), NumberRange(1, 1000)])
    since = LocalDateField(_l("From"), name="from")
    until = LocalDateField(_l("Until"))
    lab = SelectField(_l("Where"), [Optional()], validate_choice=True)
