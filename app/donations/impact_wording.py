"""What a gift has served, in the reader's words. "After", never "because of"."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup, escape

from app.core.text import isolated
from app.donations.models import Offer
from app.donations.rules.impact import Impact, Month
from app.web.formats import date_text, local_day, number_text

_A_MOMENT = timedelta(microseconds=1)


def hours(minutes: int) -> str:
    """Whole hours, the figure alone."""
    return number_text(_whole(minutes))


def hours_long(minutes: int) -> str:
    """With the word; little is not nothing."""
    whole = _whole(minutes)
    if minutes and not whole:
        return str(_("less than an hour"))
    return str(ngettext("%(hours)s hour", "%(hours)s hours", whole, hours=number_text(whole)))


def organisations(impact: Impact) -> str:
    """The number, or that there are too few to be told apart."""
    if impact.organisations is None:
        return str(_("fewer than 3"))
    return number_text(impact.organisations)


def title(offer: Offer, impact: Impact) -> str:
    """The gift and the hours it was used; before the first, only that it can be."""
    one = len(offer.lines) == 1
    gift = isolated(offer.lines[0].description) if one else str(_("This gift"))
    if not impact.minutes_used:
        return str(_("%(gift)s is in service", gift=gift))
    return str(_("%(gift)s has served %(hours)s", gift=gift, hours=hours_long(impact.minutes_used)))


def evidence(impact: Impact, zone: ZoneInfo) -> Markup:
    """What happened since and what had been predicted, in one sentence; the figures are marked."""
    values = {
        "day": _mark(date_text(local_day(impact.since, zone))),
        "hours": _mark(hours_long(impact.minutes_booked)),
        "who": _mark(_by_whom(impact)),
        "predicted": _mark(hours_long(impact.predicted_minutes or 0)),
    }
    if not impact.bookings:
        text = _("It is in service since %(day)s and was not booked yet; %(predicted)s had been predicted.")
        without = _("It is in service since %(day)s and was not booked yet.")
    else:
        text = _("Since %(day)s it was booked for %(hours)s by %(who)s; %(predicted)s had been predicted.")
        without = _("Since %(day)s it was booked for %(hours)s by %(who)s.")
    return escape(without if impact.predicted_minutes is None else text) % values


def figures(impact: Impact) -> list[tuple[str, str]]:
    """Number and meaning of each."""
    rows = [
        (hours(impact.minutes_used), _("hours used")),
        (hours(impact.minutes_booked), _("hours booked")),
        (number_text(impact.bookings), _("bookings")),
        (organisations(impact), _("organisations")),
    ]
    if impact.predicted_minutes is not None:
        rows.insert(2, (hours(impact.predicted_minutes), _("hours predicted")))
    return [(number, str(meaning)) for number, meaning in rows]


def counted(month: Month, zone: ZoneInfo) -> tuple[date, date] | None:
    """The first and the last day that are counted of a month, where it is a part of one."""
    if month.is_whole:
        return None
    return local_day(month.counted.start, zone), local_day(month.counted.end - _A_MOMENT, zone)


def parts(impact: Impact, zone: ZoneInfo) -> str:
    """From when and up to when the first and the last month are counted; empty where they are whole."""
    first, last = impact.months[0], impact.months[-1]
    said = []
    if not first.is_whole:
        day = date_text(local_day(first.counted.start, zone))
        said.append(_("The first month is a part: it is counted from %(day)s.", day=day))
    if not last.is_whole:
        day = date_text(local_day(last.counted.end, zone))
        said.append(_("The last month is a part: it is counted up to %(day)s.", day=day))
    return " ".join(str(one) for one in said)


def _by_whom(impact: Impact) -> str:
    if impact.organisations is None:
        return str(_("fewer than 3 organisations"))
    return str(
        ngettext(
            "%(shown)s organisation",
            "%(shown)s organisations",
            impact.organisations,
            shown=number_text(impact.organisations),
        )
    )


def _whole(minutes: int) -> int:
    return round(minutes / 60)


def _mark(text: str) -> Markup:
    return Markup("<mark>{}</mark>").format(text)
