"""What is typed about quotes: shape only."""

from typing import Self

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, IntegerField, StringField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from app.charges.models import LONGEST_ORDER, Quote
from app.web.forms import BaseForm


class QuoteForm(BaseForm):
    """About the quote that was looked at."""

    number = IntegerField(validators=[InputRequired()], widget=HiddenInput())


class OrderForm(QuoteForm):
    """The company's number for it."""

    purchase_order = StringField(_l("Purchase order number"), [Optional(), Length(max=LONGEST_ORDER)])

    @classmethod
    def of(cls, quote: Quote) -> Self:
        return cls(formdata=None, number=quote.number, purchase_order=quote.purchase_order)


class PaidForm(QuoteForm):
    """Whether it was paid."""

    do = HiddenField()

    @classmethod
    def of(cls, quote: Quote) -> Self:
        return cls(formdata=None, number=quote.number)
