"""Reports in words, in the reader's language."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup, escape

from app.accounts.models import UserClass
from app.reports.rules.periods import BarUnit, Days, Period
from app.reports.rules.spread import DAY, HOUR
from app.reports.rules.use import Use
from app.web.formats import date_numeric_text, date_short_text, day_number_text, month_short_text, number_text

PERIODS = {
    Period.WEEK: _l("A week"),
    Period.MONTH: _l("A month"),
    Period.QUARTER: _l("A quarter"),
    Period.HALF: _l("Half a year"),
}
USES = {
    Use.USED: _l("used"),
    Use.TEACHING: _l("teaching"),
    Use.BOOKED: _l("booked, still ahead or waiting"),
    Use.MISSED: _l("booked, nobody came"),
    Use.OUT: _l("maintenance, outage, closed"),
    Use.FREE: _l("free"),
}
LOOKS = {
    Use.USED: "s-act",
    Use.TEACHING: "s-teach",
    Use.BOOKED: "s-ahead",
    Use.MISSED: "s-missed",
    Use.OUT: "s-out",
    Use.FREE: "s-free",
}
"""The class of charts.css, which is also a word of components/chart.html."""
CLASSES = {
    UserClass.INDUSTRY: _l("Industry"),
    UserClass.INTERNAL: _l("University"),
    UserClass.ACADEMIC: _l("Other universities"),
}
FIRST_COLUMN = {BarUnit.DAY: _l("Day"), BarUnit.WEEK: _l("Week from"), BarUnit.MONTH: _l("Month from")}


def marked(text: str, figures: Mapping[str, str]) -> Markup:
    """The sentence with its figures marked. Its placeholders are still in it."""
    return escape(text) % {name: Markup("<mark>{}</mark>").format(said) for name, said in figures.items()}


def hours(minutes: float) -> Decimal:
    """Hours with one decimal, for tables."""
    return (Decimal(str(minutes)) / 60).quantize(Decimal("0.1"))


def hours_said(minutes: float) -> str:
    """Whole hours."""
    return str(_("%(hours)s h", hours=number_text(minutes / 60, 0)))


def per_cent(share: float | None) -> Decimal | None:
    """Whole per cent, for tables; None where there was nothing to measure it by."""
    return None if share is None else (Decimal(str(share)) * 100).quantize(Decimal(1))


def bar_label(part: Days, unit: BarUnit) -> str:
    """Short: 22 Nov, ۱ آذر; of a month its name."""
    if unit is BarUnit.MONTH:
        return month_short_text(part.first)
    return str(_("%(day)s %(month)s", day=day_number_text(part.first), month=month_short_text(part.first)))


def days_said(days: Days) -> str:
    return str(_("%(first)s to %(last)s", first=date_short_text(days.first), last=date_short_text(days.last)))


def shown(cell: object) -> str:
    """A cell of a table on a page; None is a dash."""
    if cell is None:
        return "–"
    if isinstance(cell, date):
        return date_numeric_text(cell)
    return number_text(cell) if isinstance(cell, int | Decimal) else str(cell)


def length_said(minutes: float) -> str:
    """About how long: 45 min, 6 h, 12 days."""
    if minutes < HOUR:
        return str(_("%(minutes)s min", minutes=number_text(round(minutes))))
    if minutes < 2 * DAY:
        return str(_("%(hours)s h", hours=number_text(round(minutes / HOUR, 1))))
    return str(_("%(days)s days", days=number_text(round(minutes / DAY, 1))))


def working_said(minutes: float) -> str:
    """The same in working time, which has no days of 24 hours."""
    if minutes < HOUR:
        return str(_("%(minutes)s min", minutes=number_text(round(minutes))))
    return str(_("%(hours)s h", hours=number_text(round(minutes / HOUR, 1))))


def class_labels(edges: Sequence[float], unit: int, word: str) -> list[str]:
    """The classes of a spread, in that unit: below 1 h, 1 to 2 h, 40 h and more."""
    numbers = [number_text(edge / unit) for edge in edges]
    between = [
        str(_("%(first)s–%(last)s %(unit)s", first=first, last=last, unit=word))
        for first, last in pairwise(numbers[1:])
    ]
    return [
        str(_("below %(number)s %(unit)s", number=numbers[1], unit=word)),
        *between,
        str(_("from %(number)s %(unit)s", number=numbers[-1], unit=word)),
    ]
