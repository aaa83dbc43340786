"""A calendar in words: what a subscriber reads in their own program, in the feed's language."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Self
from uuid import UUID
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.booking.models import OccurrenceState
from app.calendars.ics import CalendarDoc, Entry, Status
from app.calendars.models import FeedDetail, FeedScope
from app.calendars.queries.entries import FeedEntry, FeedItem
from app.calendars.queries.feeds import Subject
from app.calendars.queries.selection import CALLED_OFF
from app.calendars.services.reading import Opened
from app.core.i18n import language, localized
from app.web.formats import date_text, local_day, number_text

DETAILS = {
    FeedDetail.FULL: _l("Everything you may see"),
    FeedDetail.TITLE: _l("Titles and places"),
    FeedDetail.BUSY: _l("Only when something is taken"),
}

S = OccurrenceState
_WAITING = frozenset({S.REQUESTED, S.PROPOSED})
_OF_ONESELF = frozenset({FeedScope.MINE, FeedScope.ORGANISATION})
"""Calendars in which whose booking it is goes without saying."""

# Some programs hide the status and show a cancelled entry as any other: its title says it too.
_CALLED_OFF_TITLES = {
    S.CANCELLED: _l("Cancelled: %(title)s"),
    S.DECLINED: _l("Declined: %(title)s"),
    S.EXPIRED: _l("Expired: %(title)s"),
    S.DISPLACED: _l("Has to move: %(title)s"),
}


def document(
    opened: Opened,
    subject: Subject | None,
    entries: Sequence[FeedEntry],
    *,
    instance: UUID,
    address_of: Callable[[str], str],
) -> CalendarDoc:
    """The calendar as its subscriber reads it. `address_of` gives the page of a booking's reference."""
    writer = _Writer(opened, instance, address_of)
    return CalendarDoc(
        name=_("Kargah: %(what)s", what=calendar_name(opened.selection.scope, subject)),
        description=_("Kargah, lab and workshop sharing"),
        zone_name=_zone_name(subject, entries),
        changed_at=opened.version.changed_at,
        entries=tuple(map(writer.entry, entries)),
    )


def calendar_name(scope: FeedScope, subject: Subject | None) -> str:
    """What the calendar is about."""
    if subject is None:
        return str(_("My bookings") if scope is FeedScope.MINE else _("Requests to answer"))
    name = localized(subject)
    if subject.unit_number is None:
        return name
    return str(_("%(equipment)s, unit %(number)s", equipment=name, number=number_text(subject.unit_number)))


def _zone_name(subject: Subject | None, entries: Sequence[FeedEntry]) -> str:
    if subject is not None and subject.zone_name is not None:
        return subject.zone_name
    return next((item.place.zone_name for entry in entries for item in entry.items), "UTC")


class _Writer:
    """Writes the entries of one calendar. Sentences are translated once for all of them."""

    def __init__(self, opened: Opened, instance: UUID, address_of: Callable[[str], str]) -> None:
        self.is_full = opened.selection.detail is FeedDetail.FULL
        self.instance = instance
        self.address_of = address_of
        self.language = language()
        self.says = _Sentences.translated(opened.selection.scope)
        # Calendar programs show Gregorian dates; who reads Persian thinks in the other calendar.
        self.day_line = cache(date_text) if self.language == "fa" else lambda _day: ""

    def entry(self, found: FeedEntry) -> Entry:
        address = self.address_of(found.reference) if found.is_open else ""
        return Entry(
            uid=f"occurrence-{found.occurrence_id}@{self.instance}",
            span=found.span,
            summary=self.title(found),
            status=_status(found.state),
            sequence=found.sequence,
            changed_at=found.changed_at,
            description=self.description(found, address) if self.is_full and found.is_open else "",
            location=self.location(found) if found.is_open else "",
            url=address,
        )

    def title(self, found: FeedEntry) -> str:
        asked = [item for item in found.items if not item.is_required]
        things = self.says.comma.join(map(self.thing, asked or found.items))
        if not found.is_open:
            return self.says.busy_things % {"things": things} if things else self.says.busy
        title = self.says.title % {"things": things, "organisation": self.organisation(found)}
        return self.says.called_off.get(found.state, "%(title)s") % {"title": title}

    def description(self, found: FeedEntry, address: str) -> str:
        lines = [
            found.purpose,
            self.says.organisation % {"organisation": self.organisation(found)},
            self.along(found),
            self.says.waiting if found.state in _WAITING else "",
            self.day_line(local_day(found.span.start, _zone(found.items))),
            self.says.booking % {"reference": found.reference},
            address,
        ]
        return "\n".join(line for line in lines if line)

    def along(self, found: FeedEntry) -> str:
        """What comes along with what was asked for; '' where nothing does."""
        things = self.says.comma.join(self.thing(item) for item in found.items if item.is_required)
        return self.says.along % {"things": things} if things else ""

    def location(self, found: FeedEntry) -> str:
        labs = {item.place.lab_id: item.place for item in found.items}
        named = ((localized(place, "lab", self.language), place.lab_location) for place in labs.values())
        return self.says.semicolon.join(self.says.comma.join(filter(None, names)) for names in named)

    def thing(self, item: FeedItem) -> str:
        name = localized(item.place, code=self.language)
        if item.quantity == 1:
            return name
        return self.says.several % {"number": number_text(item.quantity), "thing": name}

    def organisation(self, found: FeedEntry) -> str:
        return localized(found, "organisation", self.language)


@dataclass(frozen=True)
class _Sentences:
    """Everything a calendar says, in its language."""

    busy: str
    busy_things: str
    title: str
    called_off: dict[OccurrenceState, str]
    organisation: str
    waiting: str
    along: str
    booking: str
    several: str
    comma: str
    semicolon: str

    @classmethod
    def translated(cls, scope: FeedScope) -> Self:
        is_own = scope in _OF_ONESELF
        return cls(
            busy=_("Busy"),
            busy_things=_("Busy: %(things)s"),
            title="%(things)s" if is_own else _("%(things)s · %(organisation)s"),
            called_off={state: str(title) for state, title in _CALLED_OFF_TITLES.items()},
            organisation=_("For: %(organisation)s"),
            waiting=_("Waiting for the lab's answer"),
            along=_("Comes along: %(things)s"),
            booking=_("Booking %(reference)s"),
            several=_("%(number)s × %(thing)s"),
            comma=_(", "),
            semicolon=_("; "),
        )


def _status(state: OccurrenceState) -> Status:
    if state in CALLED_OFF:
        return Status.CANCELLED
    return Status.TENTATIVE if state in _WAITING else Status.CONFIRMED


def _zone(items: Sequence[FeedItem]) -> ZoneInfo:
    return ZoneInfo(items[0].place.zone_name)
