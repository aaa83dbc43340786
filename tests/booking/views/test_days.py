"""Bookings that are longer than a day, by the pages: asked for, moved and offered."""

from collections.abc import Callable
from datetime import date, time
from urllib.parse import parse_qs, urlsplit

import pytest

from app.booking.forms import TIME_FIELDS
from app.booking.models import Booking
from app.booking.pages.checked import filled_in
from app.booking.rules.facts import Want
from app.booking.services.policies import set_equipment_policy
from app.core.spans import Span
from app.inventory.models import OpeningHours
from tests.booking.making import ask
from tests.booking.views.asking import PURPOSE, address, bookings, send, shown, values
from tests.cast import Cast
from tests.occupancy.making import span
from tests.visitor import Visitor

MONDAY = {"date": "2026-11-23", "start": "09:00"}
MONDAY_TO_THURSDAY = span(0.5, 75)
"""Monday 09:00 to Thursday 12:00 in Tehran."""


@pytest.fixture
def days(cast: Cast, save: Callable[..., None]) -> Cast:
    """The materials lab is open day and night, and jobs on the Raman may take two weeks."""
    cast.materials.hours = [OpeningHours(weekday=day, opens=time(0), closes=time(0)) for day in range(7)]
    save()
    set_equipment_policy(actor=cast.admin, equipment_id=cast.raman.id, max_minutes=14 * 24 * 60)
    return cast


def long_booking(cast: Cast) -> Booking:
    return ask(cast.booker, cast.raman, start=0.5, length=75)


def path(booking: Booking) -> str:
    return f"/bookings/{booking.reference}/move"


def the_span() -> Span:
    return bookings()[0].occurrences[0].span


def test_a_way_out_keeps_every_day(cast: Cast) -> None:
    query = parse_qs(filled_in([Want(cast.raman.id)], MONDAY_TO_THURSDAY, cast.site.zone, "self"))
    asked = {name: query[name] for name in ("date", "start", "end_date", "end")}
    assert asked == {"date": ["2026-11-23"], "start": ["09:00"], "end_date": ["2026-11-26"], "end": ["12:00"]}
    assert "end_date" not in filled_in([], span(0, 2), cast.site.zone, None)


@pytest.mark.parametrize("until", ["2026-11-26", "۱۴۰۵/۰۹/۰۵", "1405-9-5"])
def test_it_is_asked_for_in_either_calendar(client: Visitor, days: Cast, until: str) -> None:
    client.sign_in(days.booker)
    send(client, days.raman, **MONDAY, end="12:00", end_date=until)
    assert the_span() == MONDAY_TO_THURSDAY


def test_in_persian_it_reads_as_it_is_typed(client: Visitor, days: Cast) -> None:
    booking = long_booking(days)
    client.sign_in(days.booker)
    typed = values(client.page(f"{path(booking)}?lang=fa"), "move")
    assert (typed["date"], typed["end_date"]) == (["۱۴۰۵/۰۹/۰۲"], ["۱۴۰۵/۰۹/۰۵"])
    moved = {"date": "۱۴۰۵/۰۹/۰۳", "end_date": "۱۴۰۵/۰۹/۰۶"}
    client.post(path(booking), data=typed | moved | {"do": "move"})
    assert the_span() == span(24.5, 75)


def test_the_day_of_the_end_is_asked_for_only_where_it_matters(client: Visitor, days: Cast) -> None:
    client.sign_in(days.booker)
    assert "end_date" in values(client.page(address(days.raman, **MONDAY)), "ask")
    assert "end_date" not in values(client.page(address(days.microscope, **MONDAY)), "ask")
    assert "end_date" not in values(client.page(address(days.raman, days.microscope, **MONDAY)), "ask")
    said = address(days.microscope, **MONDAY, end="12:00", end_date="2026-11-26")
    assert values(client.page(said), "ask")["end_date"] == ["2026-11-26"]


@pytest.mark.parametrize("until", ["2026-11-22", "2026-11-23", "2999-01-01", "Thursday"])
def test_a_day_of_the_end_that_is_wrong_is_said_at_its_field(client: Visitor, days: Cast, until: str) -> None:
    client.sign_in(days.booker)
    answer = send(client, days.raman, **MONDAY, end="08:00", end_date=until)
    assert (answer.status_code, bookings()) == (422, [])
    assert shown(answer).one("input", id="end_date").attrs["aria-invalid"] == "true"
    assert values(shown(answer), "ask")["end_date"] == [until]


def test_a_move_starts_from_the_whole_time_and_keeps_its_length(client: Visitor, days: Cast) -> None:
    booking = long_booking(days)
    client.sign_in(days.booker)
    typed = values(client.page(path(booking)), "move")
    now = [typed[name] for name in ("date", "start", "end_date", "end")]
    assert now == [["2026-11-23"], ["09:00"], ["2026-11-26"], ["12:00"]]
    client.post(path(booking), data=typed | {"date": "2026-11-24", "end_date": "2026-11-27", "do": "move"})
    assert the_span() == span(24.5, 75)


def test_another_time_is_offered_for_all_the_days(client: Visitor, days: Cast) -> None:
    booking = long_booking(days)
    ask(days.rival, days.raman, start=120.5, length=75)
    client.sign_in(days.booker)
    taken = {"date": "2026-11-28", "start": "09:00", "end_date": "2026-12-01", "end": "12:00"}
    page = shown(client.submit(path(booking), taken | {"do": "check"}, form="move"))
    instead = page.all("button", name="instead")[0].attrs["value"]
    again = shown(client.post(path(booking), data=values(page, "move") | {"instead": instead}))
    client.post(path(booking), data=values(again, "move") | {"do": "move"})
    assert the_span().minutes == 75 * 60
    assert the_span() != MONDAY_TO_THURSDAY


def test_another_time_replaces_the_day_of_the_end(client: Visitor, days: Cast) -> None:
    ask(days.rival, days.raman, start=0.5, length=2)
    client.sign_in(days.booker)
    answer = send(client, days.raman, **MONDAY, end="11:00", end_date="2026-11-23")
    instead = shown(answer).all("button", name="instead")[0].attrs["value"]
    sent = values(shown(answer), "ask") | {"instead": instead}
    again = values(shown(client.post("/bookings/new", data=sent)), "ask")
    assert again["end_date"] == [""]
    assert again["purpose"] == [PURPOSE]


def test_a_search_leads_to_the_whole_time(client: Visitor, days: Cast) -> None:
    page = client.page("/find?q=Raman&length=75:00")
    (link,) = [a.attrs["href"] for a in page.all("a") if a.text == "Ask for this slot"]
    asked = {name: one for name, (one,) in parse_qs(urlsplit(link).query).items()}
    asking = values(client.page(link), "ask")
    assert {name: asking[name] for name in TIME_FIELDS} == {name: [asked[name]] for name in TIME_FIELDS}
    first, last = (date.fromisoformat(asked[name]) for name in ("date", "end_date"))
    assert (last - first).days == 3
