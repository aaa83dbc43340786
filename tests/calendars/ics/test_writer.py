"""A calendar as octets, judged by parsers that nobody here wrote."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import icalendar
import pytest
import recurring_ical_events
from hypothesis import example, given
from hypothesis import strategies as st

from app.calendars.ics import CalendarDoc, Entry, Status, write
from app.core.spans import Span

START = datetime(2026, 11, 22, 6, 30, tzinfo=UTC)
CHANGED = datetime(2026, 11, 1, 8, 15, 42, tzinfo=UTC)
HOUR = timedelta(hours=1)

AWKWARD = (
    "\r\nBEGIN:VEVENT\r\nUID:evil\r\nEND:VEVENT",
    "END:VCALENDAR",
    "nul\x00and\x1bescape",
    "a;b,c\\d\\n\\;e",
    "\\",
    "آزمایشگاه مشخصه‌یابی مواد؛ طیف‌سنج رامان، ۳ از ۱۲ " * 12,
    "👩‍🔬🔬" * 40,
    "\ufeffbom",
    "\u2067right to left\u2069",
    "\ud83d",
    " ",
)


def entry(**fields: Any) -> Entry:
    given_ = {
        "uid": "occurrence-1@instance",
        "span": Span(START, START + HOUR),
        "summary": "Raman spectrometer",
        "status": Status.CONFIRMED,
        "sequence": 2,
        "changed_at": CHANGED,
    }
    return Entry(**(given_ | fields))


def calendar(*entries: Entry, **fields: Any) -> CalendarDoc:
    return CalendarDoc(**({"name": "My bookings", "entries": entries} | fields))


def parsed(doc: CalendarDoc) -> icalendar.Calendar:
    found = icalendar.Calendar.from_ical(write(doc))
    assert isinstance(found, icalendar.Calendar)
    assert [error for component in found.walk() for error in component.errors] == []
    return found


def test_every_property_is_read_back() -> None:
    doc = calendar(
        entry(
            description="Surface of a coating\nKG-7F3KQ2",
            location="Materials, building 3; room 12",
            url="https://lab.example/bookings/KG-7F3KQ2",
        )
    )
    (event,) = parsed(doc).walk("VEVENT")

    assert event["UID"] == "occurrence-1@instance"
    assert event.start == START
    assert event.end == START + HOUR
    assert event["SUMMARY"] == "Raman spectrometer"
    assert event["DESCRIPTION"] == "Surface of a coating\nKG-7F3KQ2"
    assert event["LOCATION"] == "Materials, building 3; room 12"
    assert event["URL"] == "https://lab.example/bookings/KG-7F3KQ2"
    assert event["STATUS"] == "CONFIRMED"
    assert event["TRANSP"] == "OPAQUE"
    assert event["SEQUENCE"] == 2
    assert event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt == CHANGED


def test_the_calendar_says_its_name_zone_and_how_often_to_ask() -> None:
    found = parsed(calendar(name="رزروهای من", zone_name="Asia/Tehran", changed_at=CHANGED))

    assert found["NAME"] == found["X-WR-CALNAME"] == "رزروهای من"
    assert found["X-WR-TIMEZONE"] == "Asia/Tehran"
    assert found["REFRESH-INTERVAL"].dt == HOUR
    assert found["REFRESH-INTERVAL"].params["VALUE"] == "DURATION"
    assert found["X-PUBLISHED-TTL"] == "PT60M"
    assert found["LAST-MODIFIED"].dt == CHANGED
    assert found["VERSION"] == "2.0"


def test_it_is_no_invitation_and_rings_no_bell() -> None:
    octets = write(calendar(entry(description="x", location="y")))
    assert not re.search(rb"(?m)^(METHOD|ATTENDEE|ORGANIZER|BEGIN:VALARM|RRULE|BEGIN:VTIMEZONE)", octets)


def test_a_cancelled_entry_takes_no_time() -> None:
    (event,) = parsed(calendar(entry(status=Status.CANCELLED))).walk("VEVENT")
    assert (event["STATUS"], event["TRANSP"]) == ("CANCELLED", "TRANSPARENT")


def test_an_empty_calendar_is_a_calendar() -> None:
    assert parsed(calendar()).walk("VEVENT") == []


def test_an_entry_shorter_than_a_second_still_ends_after_it_starts() -> None:
    (event,) = parsed(calendar(entry(span=Span(START, START + timedelta(milliseconds=5))))).walk("VEVENT")
    assert event.end > event.start


def test_equal_documents_are_equal_octets() -> None:
    assert write(calendar(entry(), changed_at=CHANGED)) == write(calendar(entry(), changed_at=CHANGED))


def test_others_expand_it_to_the_same_instances() -> None:
    entries = [
        entry(uid=f"occurrence-{n}@i", span=Span(START + n * HOUR, START + (n + 1) * HOUR)) for n in range(9)
    ]
    found = recurring_ical_events.of(parsed(calendar(*entries))).between(START, START + 9 * HOUR)
    assert sorted((str(e["UID"]), e.start, e.end) for e in found) == [
        (e.uid, e.span.start, e.span.end) for e in entries
    ]


@pytest.mark.parametrize("name", ["summary", "description", "location"])
def test_text_that_parsers_keep_comes_back_as_typed(name: str) -> None:
    typed = "طیف‌سنج رامان; LabRAM, «HR» \\ 3×\n" * 20 + "."
    (event,) = parsed(calendar(entry(**{name: typed}))).walk("VEVENT")
    assert str(event[name.upper()]) == typed


texts = st.one_of(
    st.sampled_from(AWKWARD),
    st.text(max_size=200),
    st.text(st.sampled_from("\r\n\x00\t;,\\:\"'nN سa🔬\u200c\u2028\u0660"), max_size=300),
)


@given(titles=st.lists(st.tuples(texts, texts, texts, texts), min_size=1, max_size=4), name=texts)
@example(titles=[(one, one, one, one) for one in AWKWARD], name=AWKWARD[0])
def test_nothing_that_people_type_breaks_it(titles: list[tuple[str, str, str, str]], name: str) -> None:
    entries = [
        entry(uid=f"occurrence-{n}@i", summary=summary, description=description, location=location, url=url)
        for n, (summary, description, location, url) in enumerate(titles)
    ]
    doc = calendar(*entries, name=name, description=name)
    octets = write(doc)

    lines = octets.removesuffix(b"\r\n").split(b"\r\n")
    assert all(0 < len(line) <= 75 for line in lines)
    assert all(len(line.decode().splitlines()) == 1 for line in lines)
    assert not re.search("[\x00-\x1f\x7f-\x9f]", octets.decode().replace("\r\n", ""))
    assert b"\r" not in octets.replace(b"\r\n", b"")
    assert b"\n" not in octets.replace(b"\r\n", b"")
    found = parsed(doc)
    assert [str(event["UID"]) for event in found.walk("VEVENT")] == [e.uid for e in entries]
    assert all(event["SUMMARY"] for event in found.walk("VEVENT"))
    assert str(found["NAME"])
