"""A pro-forma invoice and a statement of use on paper, under the university's name."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from app.charges import wording
from app.charges.models import Quote, QuoteLine
from app.charges.queries.statements import Entry, Statement
from app.core.clock import now
from app.core.i18n import language, localized
from app.core.text import isolated
from app.inventory.models import Lab
from app.inventory.queries.places import home_zone
from app.web import formats
from app.web.pdf import paper
from app.web.pdf.letterhead import letterhead
from app.web.pdf.sheet import INNER, Sheet, Style

GAP = 4.0
"""Between columns."""
FOOT = 8.0
"""How much height is left free below a table."""


class Column(NamedTuple):
    """Where a column stands; numbers end at its end."""

    at: float
    width: float
    is_number: bool = False


QUOTED = (Column(0, 34), Column(38, 96), Column(138, INNER - 138, is_number=True))
USED = (Column(0, 30), Column(34, 58), Column(96, 24), Column(124, 20), Column(148, INNER - 148, True))
SUMMED = (Column(0, 62), *(Column(at, 36, is_number=True) for at in (66, 104, INNER - 36)))


def pro_forma(quote: Quote) -> bytes:
    """What the booking is quoted at, for a company's own accounts, in the reader's language."""
    booking = quote.booking
    labs = _labs(item.equipment.lab for one in booking.occurrences for item in one.items)
    zone = labs[0].site.zone
    sheet = Sheet(title=f"{_('Pro-forma invoice')} {quote.reference}", language=language())
    letterhead(sheet, localized(labs[0].site.organisation), _(", ").join(localized(lab) for lab in labs))
    _title(sheet, _("Pro-forma invoice"), isolated(quote.reference))
    rows = [
        (_("For"), isolated(localized(booking.organisation))),
        (_("Quoted on"), _day(quote.made_at, zone)),
        (_("Booking"), isolated(booking.reference)),
    ]
    if quote.purchase_order:
        rows.append((_("Purchase order number"), isolated(quote.purchase_order)))
    if quote.paid_at:
        rows.append((_("Paid on"), _day(quote.paid_at, zone)))
    _facts(sheet, rows)
    _table(
        sheet,
        QUOTED,
        [_("Date"), _("For"), _("Amount")],
        [_quoted(line, quote.currency, zone) for line in quote.lines],
    )
    _sum(sheet, _("Together"), wording.money_text(quote.total, quote.currency))
    small = sheet.style(9, ink=paper.INK_2)
    sheet.skip(5)
    sheet.say(_("The prices are those in force on the day of use when the quote was made."), small)
    sheet.say(_("This is a quote and no invoice for tax."), small)
    return sheet.bytes()


def statement(it: Statement) -> bytes:
    """What the organisation used in the month, and what it was quoted at."""
    sheet = Sheet(title=f"{_('Statement of use')} {it.month}", language=language())
    labs = list(it.labs.values())
    university = localized(labs[0].site.organisation) if labs else ""
    letterhead(sheet, university, _(", ").join(localized(lab) for lab in labs))
    _title(sheet, _("Statement of use"), wording.month_name(it.month))
    _facts(
        sheet,
        [(_("For"), isolated(localized(it.organisation))), (_("Made on"), _day(now(), home_zone()))],
    )
    if not it.entries:
        sheet.say(_("Nothing was used in this month"), sheet.style(10))
        return sheet.bytes()
    heads = [_("Date"), _("Equipment"), _("What became of it"), _("Paid"), _("Amount")]
    _table(sheet, USED, heads, [_used(entry) for entry in it.entries])
    sheet.skip(FOOT)
    heads = [_("Totals by lab"), _("Used"), _("Held and not used"), _("Together")]
    _table(
        sheet,
        SUMMED,
        heads,
        [
            [
                isolated(localized(it.labs[one.lab_id])),
                *(wording.money_text(amount, one.currency) for amount in (one.used, one.unused, one.all)),
            ]
            for one in it.totals
        ],
    )
    return sheet.bytes()


def _quoted(line: QuoteLine, currency: str, zone: ZoneInfo) -> list[str]:
    much = wording.worked_out(line.unit, line.measure, line.quantity, line.unit_amount, currency)
    if line.minimum and line.amount == line.minimum:
        least = _("at least %(amount)s", amount=isolated(wording.money_text(line.minimum, currency)))
        much = f"{much} · {least}"
    return [
        formats.date_numeric_text(formats.local_day(line.starts_at, zone)),
        f"{isolated(localized(line))}\n{much}",
        wording.money_text(line.amount, currency),
    ]


def _used(entry: Entry) -> list[str]:
    zone, quote = entry.equipment.lab.site.zone, entry.quote
    day = formats.date_numeric_text(formats.local_day(entry.starts_at, zone))
    what = isolated(localized(entry.equipment))
    if entry.quantity > 1:
        what = f"{what} × {formats.number_text(entry.quantity)}"
    about = isolated(entry.booking.reference)
    if quote and quote.purchase_order:
        about = f"{about} · {isolated(quote.purchase_order)}"
    priced = entry.amount is not None and entry.currency is not None
    paid = (
        formats.date_numeric_text(formats.local_day(quote.paid_at, zone)) if quote and quote.paid_at else ""
    )
    return [
        f"{day}\n{formats.hours_text(entry.span, zone)}",
        f"{what}\n{about}",
        str(wording.KINDS[entry.kind]),
        paid if priced else "",
        wording.money_text(entry.amount or 0, entry.currency or "") if priced else _("no price"),
    ]


def _title(sheet: Sheet, title: str, under: str) -> None:
    sheet.skip(3)
    sheet.say(title, sheet.style(19, bold=True, leading=1.2))
    sheet.say(under, sheet.style(11, ink=paper.INK_2))
    sheet.skip(4)


def _facts(sheet: Sheet, rows: Sequence[tuple[str, str]]) -> None:
    small, plain = sheet.style(9, ink=paper.INK_2), sheet.style(10)
    for term, value in rows:
        top = sheet.y
        sheet.say(term, small, width=40)
        sheet.y = top
        sheet.say(value, plain, at=44, width=INNER - 44)
    sheet.skip(5)


def _table(sheet: Sheet, columns: Sequence[Column], heads: list[str], rows: Iterable[list[str]]) -> None:
    """The rows below their heads; on each further page the heads stand again."""
    head, plain = sheet.style(9, bold=True, ink=paper.INK_2), sheet.style(9.5)
    _row(sheet, columns, heads, head)
    for row in rows:
        if sheet.left < _height(sheet, columns, row, plain) + FOOT:
            sheet.next_page()
            _row(sheet, columns, heads, head)
        _row(sheet, columns, row, plain)


def _height(sheet: Sheet, columns: Sequence[Column], cells: list[str], style: Style) -> float:
    lines = (len(sheet.lines(text, style, width=one.width)) for one, text in zip(columns, cells, strict=True))
    return max(lines) * style.height + 3


def _row(sheet: Sheet, columns: Sequence[Column], cells: list[str], style: Style) -> None:
    top, height = sheet.y, _height(sheet, columns, cells, style)
    for column, text in zip(columns, cells, strict=True):
        sheet.y = top + 1.5
        if column.is_number:
            _at_end(sheet, text, style, column)
        else:
            sheet.say(text, style, at=column.at, width=column.width)
    sheet.y = top + height
    sheet.line(0, INNER)


def _at_end(sheet: Sheet, text: str, style: Style, column: Column) -> None:
    for line in sheet.lines(text, style, width=column.width):
        at = column.at + column.width - line.width
        sheet.write([line], style, at=at, width=line.width)


def _sum(sheet: Sheet, term: str, amount: str) -> None:
    bold, top = sheet.style(11, bold=True), sheet.y + 2
    sheet.y = top
    sheet.say(term, bold, at=QUOTED[1].at, width=QUOTED[1].width)
    sheet.y = top
    _at_end(sheet, amount, bold, QUOTED[2])


def _labs(labs: Iterable[Lab]) -> list[Lab]:
    return list({lab.id: lab for lab in labs}.values())


def _day(instant: datetime, zone: ZoneInfo) -> str:
    """The day in the reader's calendar, with the other one's beside it."""
    day: date = formats.local_day(instant, zone)
    return f"{formats.date_text(day)} ({isolated(formats.date_other_text(day))})"
