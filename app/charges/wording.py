"""Money in words."""

from collections.abc import Mapping

from babel.numbers import format_currency
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from app.accounts.models import UserClass
from app.charges.models import Unit
from app.charges.rules.months import Month
from app.charges.rules.statement import Kind
from app.core.i18n import language
from app.core.jalali import MONTHS_LATIN
from app.core.money import decimals_of, major_units
from app.core.text import isolated, persian_digits
from app.web.formats import date_numeric_text, duration_text, month_text, number_text

UNITS = {Unit.HOUR: _l("an hour"), Unit.SAMPLE: _l("a sample"), Unit.USE: _l("a use")}
HEADS = {Unit.HOUR: _l("Per hour"), Unit.SAMPLE: _l("Per sample"), Unit.USE: _l("Per use")}
CLASSES: Mapping[UserClass | None, object] = {
    None: _l("Everyone"),
    UserClass.INTERNAL: _l("The university's own"),
    UserClass.ACADEMIC: _l("Other universities"),
    UserClass.INDUSTRY: _l("Industry"),
}
"""Whose price it is."""
KINDS = {
    Kind.USED: _l("Used"),
    Kind.NO_SHOW: _l("Nobody came"),
    Kind.LATE: _l("Called off late"),
}
REFUSED = {
    "unknown": _l("This is not one of the currencies."),
    "out_of_range": _l("An amount is too great or too small."),
    "twice": _l("There are two prices for the same."),
    "too-long": _l("This is too long."),
}


def money_text(amount: int, currency: str) -> str:
    """IRR 1,500,000 or ۱٬۵۰۰٬۰۰۰ ریال: minor units as the reader writes the currency."""
    decimals = "." + "0" * decimals_of(currency) if decimals_of(currency) else ""
    pattern = f"#,##0{decimals}\xa0¤" if language() == "fa" else f"¤¤\xa0#,##0{decimals}"
    said = format_currency(
        major_units(amount, currency),
        currency,
        pattern,
        locale=language(),
        currency_digits=False,
        numbering_system="latn",
    )
    if language() != "fa":
        return str(said)
    number, _space, sign = str(said).rpartition("\xa0")
    return f"{persian_digits(number.replace(',', '٬').replace('.', '٫'))}\xa0{sign}"


def worked_out(unit: Unit, measure: int, quantity: int, unit_amount: int, currency: str) -> str:
    """How much of it, at which price: 2 h × IRR 1,500,000 an hour."""
    price = isolated(money_text(unit_amount, currency))
    if unit is Unit.HOUR:
        much = duration_text(measure)
        if quantity > 1:
            much = f"{number_text(quantity)} × {much}"
        return str(_("%(length)s × %(price)s an hour", length=much, price=price))
    if unit is Unit.SAMPLE:
        return str(
            ngettext(
                "%(shown)s sample × %(price)s",
                "%(shown)s samples × %(price)s",
                measure,
                shown=number_text(measure),
                price=price,
            )
        )
    return str(_("%(count)s × %(price)s a use", count=number_text(quantity), price=price))


def month_name(month: Month) -> str:
    """The month in its own calendar; with its days where that is not the reader's."""
    if month.is_jalali == (language() == "fa"):
        return month_text(month.first)
    if month.is_jalali:
        return f"{MONTHS_LATIN[month.month - 1]} {month.year}"
    return str(
        _(
            "%(first)s to %(last)s",
            first=date_numeric_text(month.first),
            last=date_numeric_text(month.last),
        )
    )
