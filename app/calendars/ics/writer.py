"""A calendar as octets.

Written by hand because it is measured: a general library takes thirty to sixty times as long, and its
time-zone blocks are read wrongly. UTC instants need no time-zone block at all. There is no METHOD (it
would make the feed an invitation), no ATTENDEE and no VALARM. One VEVENT an occurrence, never a RRULE:
each date is approved, moved and called off by itself.
"""

from collections.abc import Iterator
from datetime import timedelta

from app.calendars.ics.document import CalendarDoc, Entry, Status
from app.calendars.ics.lines import duration, fold, instant, text, token, uri

PRODUCT = "-//Kargah//Lab and workshop sharing//EN"
COLOUR_NAME, COLOUR = "teal", "#07666c"
_SECOND = timedelta(seconds=1)


def write(doc: CalendarDoc) -> bytes:
    """The whole calendar, equal octets for equal documents."""
    return b"".join(map(fold, _lines(doc)))


def _lines(doc: CalendarDoc) -> Iterator[str]:
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield f"PRODID:{PRODUCT}"
    yield "CALSCALE:GREGORIAN"
    name = text(doc.name).strip() or "Kargah"
    yield f"NAME:{name}"
    yield f"X-WR-CALNAME:{name}"
    if doc.description:
        yield f"DESCRIPTION:{text(doc.description)}"
        yield f"X-WR-CALDESC:{text(doc.description)}"
    yield f"X-WR-TIMEZONE:{token(doc.zone_name)}"
    yield f"COLOR:{COLOUR_NAME}"
    yield f"X-APPLE-CALENDAR-COLOR:{COLOUR}"
    yield f"REFRESH-INTERVAL;VALUE=DURATION:{duration(doc.refresh)}"
    yield f"X-PUBLISHED-TTL:{duration(doc.refresh)}"
    if doc.changed_at is not None:
        yield f"LAST-MODIFIED:{instant(doc.changed_at)}"
    for entry in doc.entries:
        yield from _event(entry)
    yield "END:VCALENDAR"


def _event(entry: Entry) -> Iterator[str]:
    stamp, start = instant(entry.changed_at), entry.span.start
    yield "BEGIN:VEVENT"
    yield f"UID:{token(entry.uid)}"
    yield f"DTSTAMP:{stamp}"
    yield f"LAST-MODIFIED:{stamp}"
    yield f"SEQUENCE:{max(0, entry.sequence)}"
    yield f"DTSTART:{instant(start)}"
    # Within one second start and end would be written alike, and readers refuse that.
    yield f"DTEND:{instant(max(entry.span.end, start + _SECOND))}"
    yield f"SUMMARY:{text(entry.summary).strip() or 'Kargah'}"
    yield f"STATUS:{entry.status.value}"
    yield f"TRANSP:{'TRANSPARENT' if entry.status is Status.CANCELLED else 'OPAQUE'}"
    if entry.location:
        yield f"LOCATION:{text(entry.location)}"
    if entry.description:
        yield f"DESCRIPTION:{text(entry.description)}"
    if entry.url:
        yield f"URL:{uri(entry.url)}"
    yield "END:VEVENT"
