"""What is typed about prices: shape, and amounts in the chosen currency."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Self

from babel.numbers import get_currency_name
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, SelectField, StringField
from wtforms.validators import InputRequired, Length

from app.accounts.models import UserClass
from app.charges.models import PriceList, Unit
from app.charges.rules.pricing import UNITS, Price
from app.charges.wording import CLASSES
from app.core.i18n import language, localized
from app.core.money import CURRENCIES, decimals_of, major_units, minor_units
from app.core.text import ascii_digits
from app.inventory.models import Equipment
from app.web.fields import LocalDateField
from app.web.formats import number_text
from app.web.forms import BaseForm, choices_of

NEEDED = _l("This is needed.")
LONGEST = 40
LEAST = "minimum"
USER_CLASSES: tuple[UserClass | None, ...] = (None, *UserClass)


def _amount(label: Any) -> StringField:
    return StringField(label, [Length(max=LONGEST)])


def _id_or_none(value: Any) -> int | None:
    return int(value) if value not in (None, "") else None


class PriceListForm(BaseForm):
    """A list: for each unit what it costs whom, and the least that is asked. Empty: no such price."""

    valid_from = LocalDateField(_l("From this day on"), [InputRequired(NEEDED)])
    equipment = SelectField(_l("For"), coerce=_id_or_none)
    currency = SelectField(_l("Currency"))

    def offer(self, equipment: Sequence[Equipment]) -> None:
        """Let it offer the lab's equipment, and currencies."""
        self.currency.choices = choices_of(
            {code: get_currency_name(code, locale=language()) for code in CURRENCIES}
        )
        every = {"": _("all equipment of the lab without a list of its own")}
        self.equipment.choices = choices_of(every | {one.id: localized(one) for one in equipment})

    @classmethod
    def of(cls, found: PriceList | None, currency: str, day: date, **more: Any) -> Self:
        """The form filled with the prices of this list, unless it was sent."""
        kept: dict[str, Any] = {"currency": found.currency if found else currency, "valid_from": day}
        if found is not None:
            kept["equipment"] = found.equipment_id
            for line in found.lines:
                kept[_name(line.unit, line.user_class)] = _shown(line.amount, found.currency)
                if line.minimum is not None:
                    kept[f"{line.unit}_{LEAST}"] = _shown(line.minimum, found.currency)
        return cls(data=kept, **more)

    def rows(self) -> list[tuple[Unit, list[Field]]]:
        """The fields of each unit, in order; the last is the least that is asked."""
        return [
            (unit, [self[_name(unit, one)] for one in USER_CLASSES] + [self[f"{unit}_{LEAST}"]])
            for unit in UNITS
        ]

    def validate(self, *args: Any, **more: Any) -> bool:
        return super().validate(*args, **more) and self._read()

    def values(self) -> dict[str, Any]:
        return {
            "valid_from": self.valid_from.data,
            "equipment_id": self.equipment.data,
            "currency": self.currency.data,
            "prices": self.prices,
        }

    def _read(self) -> bool:
        """Whether every amount is one; `prices` has them then."""
        self.prices: list[Price] = []
        for unit in UNITS:
            minimum = self._minor(self[f"{unit}_{LEAST}"])
            for one in USER_CLASSES:
                amount = self._minor(self[_name(unit, one)])
                if amount is not None:
                    self.prices.append(Price(unit, one, amount, minimum))
        return not any(field.errors for field in self)

    def _minor(self, field: Field) -> int | None:
        text = (field.data or "").strip()
        if not text:
            return None
        try:
            return minor_units(ascii_digits(text), self.currency.data)
        except ValueError:
            example = _shown(1_500_000, self.currency.data)
            field.errors = [_("Write the amount as %(example)s.", example=example)]
            return None


def _name(unit: Unit, user_class: UserClass | None) -> str:
    return f"{unit}_{user_class or 'everyone'}"


def _shown(amount: int, currency: str) -> str:
    return number_text(major_units(amount, currency), decimals_of(currency))


for _unit in UNITS:
    for _class in USER_CLASSES:
        setattr(PriceListForm, _name(_unit, _class), _amount(CLASSES[_class]))
    setattr(PriceListForm, f"{_unit}_{LEAST}", _amount(_l("At least")))
