"""The formats as Jinja filters, so that a template says `{{ booking.starts_at|clock(zone) }}`.

|clock |day |day_short |moment |moment_short |span |span_short |hours take an aware instant (or a Span)
and the lab's zone.
|wall_clock takes a Span and the zone and gives what is to be filled in (fields.WallClock).
|duration |number |percent |plus_days |date |date_short |date_numeric |weekday |month need no zone.
|iso is for datetime= attributes. |ltr and |bdi isolate a run of text from its surroundings.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import wraps
from typing import Any
from zoneinfo import ZoneInfo

import segno
from flask import Flask
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from app.core.i18n import direction, language, localized
from app.web import formats
from app.web.fields import WallClock


def ltr(text: Any) -> Markup:
    """A code, model, number or address: left to right whatever surrounds it."""
    return Markup('<bdi dir="ltr" lang="en">{}</bdi>').format(text)


def bdi(text: Any) -> Markup:
    """A name of unknown direction: it decides for itself and leaves its neighbours alone."""
    return Markup("<bdi>{}</bdi>").format(text)


def qr(text: str) -> Markup:
    """The text as a picture for a phone's camera; dark on white in every theme, or it cannot be read."""
    # Not Micro QR, which few cameras read.
    code = segno.make(text, error="m", micro=False)
    drawn = code.svg_inline(omitsize=True, svgclass=None, lineclass=None, dark="#000", light="#fff")
    return Markup(drawn)  # noqa: S704 - squares; nothing of the text stands in it


def other_day(instant: datetime, zone: ZoneInfo) -> Markup:
    """The date in the calendar that the reader does not use, marked as the other language."""
    return other_date(formats.local_day(instant, zone))


def other_date(day: date) -> Markup:
    code = "en" if language() == "fa" else "fa"
    return Markup('<bdi dir="{}" lang="{}">{}</bdi>').format(
        direction(code), code, formats.date_other_text(day)
    )


def iso(moment: date) -> str:
    """What <time datetime=…> wants: UTC to the minute for an instant, the date for a day."""
    if isinstance(moment, datetime):
        return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%MZ}"
    return moment.isoformat()


def plus_days(day: date, count: int) -> date:
    return day + timedelta(days=count)


FILTERS: dict[str, Callable[..., Any]] = {
    "bdi": bdi,
    "clock": formats.clock_text,
    "date": formats.date_text,
    "date_numeric": formats.date_numeric_text,
    "date_other": other_date,
    "date_short": formats.date_short_text,
    "day": formats.day_text,
    "day_number": formats.day_number_text,
    "day_short": formats.day_short_text,
    "digits": formats.digits_text,
    "duration": formats.duration_text,
    "hours": formats.hours_text,
    "iso": iso,
    "localized": localized,
    "ltr": ltr,
    "moment": formats.moment_text,
    "moment_short": formats.moment_short_text,
    "month": formats.month_text,
    "month_short": formats.month_short_text,
    "number": formats.number_text,
    "other_day": other_day,
    "plus_days": plus_days,
    "percent": formats.percent_text,
    "qr": qr,
    "span": formats.span_text,
    "span_short": formats.span_short_text,
    "time": formats.time_text,
    "wall_clock": WallClock.of,
    "weekday": formats.weekday_text,
    "weekday_short": formats.weekday_short_text,
}


def when_rendered(plain: Callable[..., Any]) -> Callable[..., Any]:
    """The filter, worked out each time. Jinja works out `{{ 74|number }}` once, when it reads a template,
    and everybody would get it in the language of whoever came first; a filter that takes the context
    is left alone.
    """

    @pass_context
    @wraps(plain)
    def filter_(_context: Context, *args: Any, **kwargs: Any) -> Any:
        return plain(*args, **kwargs)

    return filter_


def register(app: Flask) -> None:
    app.jinja_env.filters.update({name: when_rendered(plain) for name, plain in FILTERS.items()})
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
