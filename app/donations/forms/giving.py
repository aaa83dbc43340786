"""What is typed to offer something: shape only; the services judge it."""

from collections.abc import Sequence
from typing import Any, Self

from babel.numbers import get_currency_name
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    EmailField,
    MultipleFileField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from app.accounts.models import Organisation
from app.core.i18n import language, localized
from app.core.money import CURRENCIES, minor_units
from app.core.text import ascii_digits
from app.donations.rules.states import Condition, ValueBasis
from app.donations.services.give import MOST_PHOTOS
from app.donations.services.offer import LONGEST_DESCRIPTION, LONGEST_MESSAGE, MOST_COPIES, Line
from app.donations.wording import CONDITIONS
from app.inventory.queries.categories import tree
from app.needs.models import Need
from app.web.fields import CountField, LocalDateField
from app.web.formats import number_text
from app.web.forms import BaseForm, choices_of

NEEDED = _l("This is needed.")
TOO_LONG = _l("This is too long.")
HOW_MANY = _l("Write how many as a whole number from 1.")
INDENT = "\u2003"


def number_or_none(text: str) -> int | None:
    """An id from a list; the empty choice is none."""
    return int(text) if text else None


class GiveForm(BaseForm):
    """Five fields and photos; what may come later is optional."""

    need = SelectField(_l("For which need"), [Optional()], coerce=number_or_none)
    description = StringField(
        _l("What it is"), [InputRequired(NEEDED), Length(max=LONGEST_DESCRIPTION, message=TOO_LONG)]
    )
    category = SelectField(_l("Kind"), [InputRequired(NEEDED)], coerce=number_or_none)
    quantity = CountField(_l("How many"), [InputRequired(HOW_MANY)], most=MOST_COPIES, default=1)
    condition = SelectField(_l("Condition"), choices=choices_of(CONDITIONS))
    message = TextAreaField(_l("What we should know"), [Optional(), Length(max=LONGEST_MESSAGE)])
    photos = MultipleFileField(_l("Photos"), [Optional()])
    value = StringField(_l("What it is worth, in your words"), [Optional(), Length(max=30)])
    currency = SelectField(_l("Currency"), [Optional()])
    valid_until = LocalDateField(_l("The offer stands until"), [Optional()])

    @classmethod
    def of(cls, needs: Sequence[Need], **given: Any) -> Self:
        """With the needs that are published to choose from."""
        form = cls(data=given)
        form.need.choices = choices_of(
            {"": _("None of these"), **{need.id: localized(need, "title") for need in needs}}
        )
        form.category.choices = choices_of(
            {"": _("Choose…")} | {b.category.id: INDENT * b.depth + localized(b.category) for b in tree()}
        )
        form.currency.choices = choices_of(
            {code: get_currency_name(code, locale=language()) for code in CURRENCIES}
        )
        return form

    def validate_value(self, field: Any) -> None:
        try:
            self.value_minor()
        except ValueError as error:
            raise ValidationError(_("Write an amount of money, as 12,500.")) from error

    def validate_photos(self, field: Any) -> None:
        if len([file for file in field.data or () if file]) > MOST_PHOTOS:
            raise ValidationError(_("At most %(count)s photos.", count=number_text(MOST_PHOTOS)))

    def value_minor(self) -> int | None:
        """In the currency's smallest unit. Raises ValueError."""
        typed = ascii_digits(self.value.data or "").strip()
        return minor_units(typed, self.currency.data) if typed else None

    def line(self) -> Line:
        """What is offered."""
        value = self.value_minor()
        return Line(
            description=self.description.data or "",
            category_id=self.category.data,
            quantity=self.quantity.data or 0,
            condition=Condition(self.condition.data),
            value_minor=value,
            currency=self.currency.data if value is not None else None,
            value_basis=ValueBasis.DONOR_DECLARED if value is not None else None,
            need_ids=[self.need.data] if self.need.data else [],
        )


class MemberGiveForm(GiveForm):
    """Of somebody who belongs to one organisation or to several."""

    organisation = SelectField(_l("Who gives"), coerce=int)

    def choose_among(self, organisations: Sequence[Organisation]) -> Self:
        self.organisation.choices = choices_of({one.id: localized(one) for one in organisations})
        return self


class NewcomerGiveForm(GiveForm):
    """Of somebody with an account who belongs to no organisation yet."""

    organisation = StringField(_l("Company or organisation"), [InputRequired(NEEDED), Length(max=200)])


class GuestGiveForm(NewcomerGiveForm):
    """Of somebody without an account."""

    name = StringField(_l("Your name"), [InputRequired(NEEDED), Length(max=200)])
    email = EmailField(_l("E-mail"), [InputRequired(NEEDED), Length(max=254)])


class ConfirmForm(BaseForm):
    """For which organisation somebody who belongs to several confirms."""

    organisation = SelectField(_l("Who gives"), [Optional()], coerce=int)

    @classmethod
    def of(cls, organisations: Sequence[Organisation]) -> Self:
        form = cls()
        form.organisation.choices = choices_of({one.id: localized(one) for one in organisations})
        return form
