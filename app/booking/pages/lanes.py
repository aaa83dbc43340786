"""The lanes of a timeline as HTML.

Written here and not in a template: the fullest day has two thousand bars, and a macro, a translation and a
clock for each take most of the time of the page. Words, icons and times are looked up once for a lane or once
for all; what people have written is escaped.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from flask import g, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup, escape

from app.booking.pages.bars import Bar, Row
from app.booking.queries.calendar import Entry
from app.core.i18n import language, localized
from app.core.spans import Span
from app.web.assets import asset
from app.web.formats import clock_text, hours_text, number_text
from app.web.scale import Scale

WORDS = {
    "busy": _l("Booked"),
    "mine": _l("Yours"),
    "wait": _l("Waiting"),
    "use": _l("In use"),
    "done": _l("Completed"),
    "prop": _l("Proposed"),
    "teach": _l("Teaching"),
    "care": _l("Maintenance"),
    "out": _l("Out of service"),
    "shut": _l("Closed"),
    "buf": _l("Set-up or clean-up"),
}
ICONS = {"wait": "ask", "use": "play", "prop": "swap", "teach": "book", "care": "tool", "out": "out"}
LONGEST_PURPOSE = 60


def word_of(look: str) -> str:
    """What a drawing means."""
    return str(WORDS[look]) if look in WORDS else ""


def lane(row: Row, scale: Scale, now: datetime | None = None) -> Markup:
    """One lane: its bars, and the line of now where an instant is given."""
    pen = _pen(scale.zone)
    many = f" tl-lane--{row.lanes}" if row.lanes > 1 else ""
    here = scale.at(now) if now is not None else None
    parts = [f'<ol class="tl-lane{many}">', *map(pen.bar, row.bars)]
    if now is not None and here is not None:
        parts.append(pen.now(here.classes, now))
    return Markup("".join([*parts, "</ol>"]))  # noqa: S704 - escaped bar by bar


def _pen(zone: ZoneInfo) -> "_Pen":
    """One for all lanes of a page."""
    kept: dict[str, _Pen] = g.setdefault("pens", {})
    if zone.key not in kept:
        kept[zone.key] = _Pen(zone)
    return kept[zone.key]


class _Pen:
    """Writes bars in the reader's language, on the clock of one zone."""

    def __init__(self, zone: ZoneInfo) -> None:
        self.zone = zone
        self.language = language()
        self.words = {look: str(word) for look, word in WORDS.items()}
        self.icons = {look: _icon(name) for look, name in ICONS.items()}
        self.base = url_for("site.entry", key="b")[:-1]
        self.range = _("%(start)s–%(end)s")
        self.clock: dict[datetime, tuple[str, int]] = {}

    def bar(self, bar: Bar) -> str:
        look, place = bar.look, f"c{bar.place.start} s{bar.place.length}"
        lane_ = f" lane{bar.lane}" if bar.lane > 1 else ""
        if look in ("shut", "buf"):
            hidden = self._hidden(f"{self.words[look]}, {self.hours(bar.span)}")
            every = " all" if look == "shut" else lane_
            return f'<li class="{place} {look}{every}"><span class="claim claim--{look}">{hidden}</span></li>'
        if look in ("pool", "full"):
            return f'<li class="{place} pool">{self._pool(bar)}</li>'
        if bar.entry is None:
            return ""
        return f'<li class="{place}{lane_}">{self._entry(bar, bar.entry)}</li>'

    def now(self, place: str, now: datetime) -> str:
        said = self._hidden(f"{_('Now')}, {clock_text(now, self.zone)}")
        return f'<li class="{place} now-li"><span>{said}</span></li>'

    def hours(self, span: Span) -> str:
        """As formats.hours_text, with every instant read once."""
        (start, first), (end, last) = self._at(span.start), self._at(span.end)
        return self.range % {"start": start, "end": end} if first == last else hours_text(span, self.zone)

    def _at(self, instant: datetime) -> tuple[str, int]:
        if instant not in self.clock:
            day = instant.astimezone(self.zone).toordinal()
            self.clock[instant] = clock_text(instant, self.zone), day
        return self.clock[instant]

    def _pool(self, bar: Bar) -> str:
        taken = _(
            "%(taken)s of %(capacity)s", taken=number_text(bar.taken), capacity=number_text(bar.capacity)
        )
        said = self._hidden(f"{_('taken')}, {self.hours(bar.span)}")
        return f'<span class="claim claim--{bar.look} p{bar.level}"><b>{taken}</b>{said}</span>'

    def _entry(self, bar: Bar, entry: Entry) -> str:
        title, under = self._said(bar.look, entry)
        below = f"<span>{under}</span>" if under else ""
        return (
            f'<a class="claim claim--{bar.look}" href="{self.base}{entry.key}"{self._movable(entry)}>'
            f"<b>{self.icons.get(bar.look, '')}{title}</b>{below}{self._hidden(self.hours(bar.span))}</a>"
        )

    def _said(self, look: str, entry: Entry) -> tuple[str, str]:
        """What stands on a bar in bold, and below it."""
        word = self.words[look]
        if entry.organisation and not entry.is_mine:
            return _bdi(localized(entry, "organisation", self.language)), word
        if entry.about:
            return _bdi(entry.about), word
        if entry.is_mine and entry.purpose:
            return word, _bdi(_short(entry.purpose))
        return word, ""

    @staticmethod
    def _movable(entry: Entry) -> str:
        """What a script needs to move it: whose, which date, from when to when in seconds."""
        if not entry.may_move:
            return ""
        times = ",".join(str(int(at.timestamp())) for at in (entry.starts_at, entry.ends_at))
        return f' data-at="{entry.reference},{entry.occurrence_id},{times}"'

    @staticmethod
    def _hidden(text: str) -> str:
        return f'<span class="visually-hidden">{text}</span>'


def _bdi(text: str) -> str:
    return f"<bdi>{escape(text)}</bdi>"


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_PURPOSE else f"{text[:LONGEST_PURPOSE].rsplit(' ', 1)[0]}…"


def _icon(name: str) -> str:
    drawing = f'<use href="{asset("icons.svg")}#{name}"/>'
    return f'<svg class="icon" viewBox="0 0 20 20" aria-hidden="true">{drawing}</svg> '
