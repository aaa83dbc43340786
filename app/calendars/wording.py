"""A calendar in words: what a subscriber reads in their own program, in the feed's language."""

from collections.abc import Callable, Sequence
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
from app.web.formats import number_text, span_text

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
    """Writes the entries of one calendar."""

    def __init__(self, opened: Opened, instance: UUID, address_of: Callable[[str], str]) -> None:
        self.scope = opened.selection.scope
        self.is_full = opened.selection.detail is FeedDetail.FULL
        self.instance = instance
        self.address_of = address_of

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
            location=_location(found) if found.is_open else "",
            url=address,
        )

    def title(self, found: FeedEntry) -> str:
        things = _things(found.items)
        if not found.is_open:
            return str(_("Busy: %(things)s", things=things) if things else _("Busy"))
        title = things
        if self.scope not in _OF_ONESELF:
            title = _("%(things)s · %(organisation)s", things=things, organisation=_organisation(found))
        called_off = _CALLED_OFF_TITLES.get(found.state)
        return str(called_off) % {"title": title} if called_off else title

    def description(self, found: FeedEntry, address: str) -> str:
        lines = [
            found.purpose,
            _("For: %(organisation)s", organisation=_organisation(found)),
            _("Waiting for the lab's answer") if found.state in _WAITING else "",
            # Calendar programs show Gregorian dates; who reads Persian thinks in the other calendar.
            span_text(found.span, _zone(found)) if language() == "fa" else "",
            _("Booking %(reference)s", reference=found.reference),
            address,
        ]
        return "\n".join(line for line in lines if line)


def _status(state: OccurrenceState) -> Status:
    if state in CALLED_OFF:
        return Status.CANCELLED
    return Status.TENTATIVE if state in _WAITING else Status.CONFIRMED


def _things(items: Sequence[FeedItem]) -> str:
    return str(_(", ")).join(map(_thing, items))


def _thing(item: FeedItem) -> str:
    name = localized(item.place)
    if item.quantity == 1:
        return name
    return str(_("%(number)s × %(thing)s", number=number_text(item.quantity), thing=name))


def _organisation(found: FeedEntry) -> str:
    return localized(found, "organisation")


def _location(found: FeedEntry) -> str:
    places = {item.place.lab_id: item.place for item in found.items}
    named = [_(", ").join(filter(None, (localized(p, "lab"), p.lab_location))) for p in places.values()]
    return str(_("; ")).join(named)


def _zone(found: FeedEntry) -> ZoneInfo:
    return ZoneInfo(found.items[0].place.zone_name)
