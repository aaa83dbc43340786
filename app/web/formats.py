"""Numbers, dates, times and lengths as the reader writes them. The language is the reader's.

Persian is Jalali with Persian digits, everything else Gregorian. Instants are shown on the wall clock
of `zone`, which is the lab's site's, never the reader's. Nothing here asks what time it is.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel.dates import format_date
from flask_babel import gettext as _

from app.core.i18n import language
from app.core.jalali import MONTHS_FA, WEEKDAYS_FA, Jalali
from app.core.spans import Span
from app.core.text import persian_digits

_DAY = 24 * 60
# U+066C and U+066B: the Persian thousands and decimal separators.
_PERSIAN_SEPARATORS = str.maketrans({",": "٬", ".": "٫"})


def digits_text(text: str) -> str:
    """The text with its digits in the reader's script; for 14:00 and 1405/09/01, not for amounts."""
    return persian_digits(text) if language() == "fa" else text


def number_text(number: float | Decimal, decimals: int | None = None) -> str:
    """1,234.5 or ۱٬۲۳۴٫۵. Without `decimals`, whole numbers show none and others at most two."""
    text = f"{number:,.{2 if decimals is None else decimals}f}"
    if decimals is None:
        text = text.rstrip("0").rstrip(".")
    return persian_digits(text.translate(_PERSIAN_SEPARATORS)) if language() == "fa" else text


def percent_text(share: float) -> str:
    """A share of one as whole per cent."""
    return str(_("%(number)s%%", number=number_text(share * 100, 0)))


def clock_text(instant: datetime, zone: ZoneInfo) -> str:
    """14:05 in 24 hours."""
    return time_text(instant.astimezone(zone).time())


def moment_text(instant: datetime, zone: ZoneInfo) -> str:
    """Sunday 22 November 2026, 14:05."""
    return str(_("%(day)s, %(time)s", day=day_text(instant, zone), time=clock_text(instant, zone)))


def moment_short_text(instant: datetime, zone: ZoneInfo) -> str:
    """Sun 22 Nov, 14:05."""
    return str(_("%(day)s, %(time)s", day=day_short_text(instant, zone), time=clock_text(instant, zone)))


def time_text(at: time) -> str:
    return digits_text(f"{at:%H:%M}")


def day_text(instant: datetime, zone: ZoneInfo) -> str:
    """Sunday 22 November 2026, یکشنبه ۱ آذر ۱۴۰۵: the local day of the instant."""
    return date_text(local_day(instant, zone))


def day_short_text(instant: datetime, zone: ZoneInfo) -> str:
    """Sun 22 Nov, یکشنبه ۱ آذر: where the year goes without saying."""
    return date_short_text(local_day(instant, zone))


def local_day(instant: datetime, zone: ZoneInfo) -> date:
    return instant.astimezone(zone).date()


def date_text(day: date) -> str:
    if language() == "fa":
        jalali = Jalali.of(day)
        return f"{weekday_text(day)} {_jalali_day_month(jalali)} {persian_digits(str(jalali.year))}"
    return str(format_date(day, "EEEE d MMMM y", locale=language()))


def date_short_text(day: date) -> str:
    if language() == "fa":
        return f"{weekday_text(day)} {_jalali_day_month(Jalali.of(day))}"
    return str(format_date(day, "EEE d MMM", locale=language()))


def date_other_text(day: date) -> str:
    """The day in the calendar the reader does not use, in its own words: ۱ آذر ۱۴۰۵, 22 November 2026."""
    if language() == "fa":
        return str(format_date(day, "d MMMM y", locale="en"))
    jalali = Jalali.of(day)
    return f"{_jalali_day_month(jalali)} {persian_digits(str(jalali.year))}"


def date_numeric_text(day: date) -> str:
    """2026-11-22 or ۱۴۰۵/۰۹/۰۱: for tables and as what a date field is filled with."""
    return persian_digits(str(Jalali.of(day))) if language() == "fa" else day.isoformat()


def day_number_text(day: date) -> str:
    """The day of the month in the reader's calendar."""
    return persian_digits(str(Jalali.of(day).day)) if language() == "fa" else str(day.day)


def weekday_text(day: date) -> str:
    return WEEKDAYS_FA[day.weekday()] if language() == "fa" else str(format_date(day, "EEEE", locale="en"))


def weekday_short_text(day: date) -> str:
    """Sun, ی: where seven of them share the width of a phone."""
    if language() == "fa":
        return WEEKDAYS_FA[day.weekday()][0]
    return str(format_date(day, "EEE", locale="en"))


def month_text(day: date) -> str:
    """The month that holds the day, with its year: November 2026, آذر ۱۴۰۵."""
    if language() == "fa":
        jalali = Jalali.of(day)
        return f"{MONTHS_FA[jalali.month - 1]} {persian_digits(str(jalali.year))}"
    return str(format_date(day, "LLLL y", locale=language()))


def month_short_text(day: date) -> str:
    """Nov, آذر: where the year goes without saying."""
    if language() == "fa":
        return MONTHS_FA[Jalali.of(day).month - 1]
    return str(format_date(day, "LLL", locale=language()))


def hours_text(span: Span, zone: ZoneInfo) -> str:
    """10:00–12:00, «۱۰:۰۰ تا ۱۲:۰۰»; an end at midnight of the same night reads 24:00.

    Where the span ends on another day the hours alone would mislead, so both days are said.
    """
    start, end = span.start.astimezone(zone), span.end.astimezone(zone)
    if _last_day(start, end) != start.date():
        return span_short_text(span, zone)
    return str(_("%(start)s–%(end)s", start=time_text(start.time()), end=_end_text(start, end)))


def span_text(span: Span, zone: ZoneInfo) -> str:
    """Day and hours; both days where the span ends on another one."""
    return _span_text(span, zone, day_text)


def span_short_text(span: Span, zone: ZoneInfo) -> str:
    return _span_text(span, zone, day_short_text)


def duration_text(minutes: int) -> str:
    """2 h 30 min, «۲ ساعت و ۳۰ دقیقه»; from two days on with days in front."""
    if minutes >= 2 * _DAY:
        days, rest = divmod(minutes, _DAY)
        if rest:
            return str(_("%(days)s d %(rest)s", days=number_text(days), rest=duration_text(rest)))
        return str(_("%(days)s d", days=number_text(days)))
    hours, left = divmod(minutes, 60)
    if hours and left:
        return str(_("%(hours)s h %(minutes)s min", hours=number_text(hours), minutes=number_text(left)))
    if hours:
        return str(_("%(hours)s h", hours=number_text(hours)))
    return str(_("%(minutes)s min", minutes=number_text(left)))


def _jalali_day_month(jalali: Jalali) -> str:
    return f"{persian_digits(str(jalali.day))} {MONTHS_FA[jalali.month - 1]}"


def _span_text(span: Span, zone: ZoneInfo, day: Callable[[datetime, ZoneInfo], str]) -> str:
    start, end = span.start.astimezone(zone), span.end.astimezone(zone)
    if _last_day(start, end) == start.date():
        return str(
            _(
                "%(day)s, %(start)s–%(end)s",
                day=day(start, zone),
                start=time_text(start.time()),
                end=_end_text(start, end),
            )
        )
    return str(
        _(
            "%(first)s, %(start)s – %(last)s, %(end)s",
            first=day(start, zone),
            start=time_text(start.time()),
            last=day(end, zone),
            end=time_text(end.time()),
        )
    )


def _last_day(start: datetime, end: datetime) -> date:
    ends_at_midnight = end.time() == time() and end.date() > start.date()
    return end.date() - timedelta(days=1) if ends_at_midnight else end.date()


def _end_text(start: datetime, end: datetime) -> str:
    is_midnight = end.time() == time() and _last_day(start, end) == start.date()
    return digits_text("24:00") if is_midnight else time_text(end.time())
