"""The list of the inbox: a line for each request, however many of its dates wait."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import ngettext

from app.booking.models import Booking, Occurrence
from app.booking.pages.status import is_overdue
from app.booking.queries.rivals import rivals_by_date
from app.core.clock import now
from app.web.formats import day_short_text, local_day, number_text, span_short_text

Mark = tuple[str, str]
"""A state and its word."""


@dataclass(frozen=True)
class Line:
    """A request and those of its dates that wait, the first of them on top."""

    booking: Booking
    dates: Sequence[Occurrence]
    rivals: int
    """How many others ask for one of its times."""

    @property
    def date(self) -> Occurrence:
        return self.dates[0]

    @property
    def zone(self) -> ZoneInfo:
        return self.date.items[0].equipment.lab.site.zone

    @property
    def when(self) -> str:
        if len(self.dates) == 1:
            return span_short_text(self.date.span, self.zone)
        return str(
            ngettext(
                "%(shown)s date from %(day)s",
                "%(shown)s dates from %(day)s",
                len(self.dates),
                shown=number_text(len(self.dates)),
                day=day_short_text(self.date.starts_at, self.zone),
            )
        )

    @property
    def marks(self) -> list[Mark]:
        """What to look at first; nothing that only a look at every rule could say."""
        said = [
            (any(is_overdue(one) for one in self.dates), "stop", _("overdue")),
            (self._is_today, "today", _("today")),
            (self.rivals > 0, "rivals", self._compete),
            (not self.booking.organisation.is_verified, "unverified", _("not verified")),
            (len(self.dates) > 1, "series", _("series")),
        ]
        return [(state, str(word)) for holds, state, word in said if holds]

    @property
    def _is_today(self) -> bool:
        return local_day(self.date.starts_at, self.zone) == local_day(now(), self.zone)

    @property
    def _compete(self) -> str:
        many = self.rivals + 1
        return str(ngettext("%(shown)s competes", "%(shown)s compete", many, shown=number_text(many)))


def lines_of(waiting: Sequence[Occurrence]) -> list[Line]:
    """A line a request, in the order of their first dates that wait; one query for all their rivals."""
    its: dict[int, list[Occurrence]] = defaultdict(list)
    for date in waiting:
        its[date.booking_id].append(date)
    rivals = rivals_by_date(waiting)
    return [
        Line(dates[0].booking, dates, max(rivals.get(date.id, 0) for date in dates)) for dates in its.values()
    ]
