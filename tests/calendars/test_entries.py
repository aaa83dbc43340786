"""What stands in a feed: the story of each date, as far as its reader may know it."""

from collections.abc import Callable
from datetime import timedelta
from itertools import product

from flask.testing import FlaskClient

from app.booking.models import Booking, DeclineReason
from app.booking.services.cancel import cancel_booking
from app.booking.services.decide import approve_booking, decline_booking
from app.booking.services.move import move_booking
from app.calendars.models import FeedDetail, FeedScope
from app.core import clock
from app.core.instance import instance_id
from app.inventory.models import Mode
from app.inventory.rules.requirements import Link
from tests.booking.making import ask
from tests.calendars.making import address, events, only_event
from tests.cast import NOW, Cast
from tests.databases import both_databases
from tests.inventory.services.test_requirements import let_take
from tests.occupancy.making import at, span

SECRETS = ("Arta", "آرتا", "batch 12", "Booker", "booker@", "KG-", "/bookings/")
"""What nobody but those concerned may read of Booker's request."""


def approved(cast: Cast, **more: object) -> Booking:
    booking = ask(cast.booker, cast.raman, **more)
    return approve_booking(actor=cast.manager, reference=booking.reference)


@both_databases
def test_a_request_is_tentative_and_told_in_full(
    cast: Cast, client: FlaskClient, save: Callable[..., None]
) -> None:
    cast.materials.location = "Building 3, room 12"
    save(cast.materials)
    booking = ask(cast.booker, cast.raman)
    event = only_event(client, address(cast.booker))

    assert event["UID"] == f"occurrence-{booking.occurrences[0].id}@{instance_id()}"
    assert (event.start, event.end) == (at(0), at(2))
    assert event["SUMMARY"] == "Raman spectrometer"
    assert event["STATUS"] == "TENTATIVE"
    assert event["SEQUENCE"] == 0
    assert event["DTSTAMP"].dt == NOW
    assert event["LOCATION"] == "Materials characterisation, Building 3, room 12"
    page = f"http://127.0.0.1:5000/bookings/{booking.reference}"
    assert event["URL"] == page
    assert event["DESCRIPTION"].split("\n") == [
        "Measure the samples of batch 12",
        "For: Arta Polymer",
        "Waiting for the lab's answer",
        f"Booking {booking.reference}",
        page,
    ]


@both_databases
def test_its_story_is_told_under_one_uid_with_growing_sequence(cast: Cast, client: FlaskClient) -> None:
    path = address(cast.booker)
    booking = ask(cast.booker, cast.raman)
    told = [only_event(client, path)]
    with clock.frozen(NOW + timedelta(minutes=1)):
        approve_booking(actor=cast.manager, reference=booking.reference)
    told.append(only_event(client, path))
    with clock.frozen(NOW + timedelta(minutes=2)):
        move_booking(actor=cast.manager, reference=booking.reference, span=span(4, 2))
    told.append(only_event(client, path))
    with clock.frozen(NOW + timedelta(minutes=3)):
        cancel_booking(actor=cast.booker, reference=booking.reference)
    told.append(only_event(client, path))

    assert len({str(event["UID"]) for event in told}) == 1
    assert [str(event["STATUS"]) for event in told] == ["TENTATIVE", "CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert [event.start for event in told] == [at(0), at(0), at(4), at(4)]
    sequences = [int(event["SEQUENCE"]) for event in told]
    assert sequences == sorted(set(sequences))
    assert [event["DTSTAMP"].dt for event in told] == [NOW + timedelta(minutes=n) for n in range(4)]
    assert str(told[-1]["SUMMARY"]) == "Cancelled: Raman spectrometer"
    assert told[-1]["TRANSP"] == "TRANSPARENT"


def test_what_was_declined_says_so(cast: Cast, client: FlaskClient) -> None:
    booking = ask(cast.booker, cast.raman)
    decline_booking(
        actor=cast.manager, reference=booking.reference, reason_code=DeclineReason.SAFETY, reason="No."
    )
    event = only_event(client, address(cast.booker))

    assert (event["SUMMARY"], event["STATUS"]) == ("Declined: Raman spectrometer", "CANCELLED")


@both_databases
def test_what_was_cancelled_stays_ninety_days(cast: Cast, client: FlaskClient) -> None:
    path = address(cast.booker)
    with clock.frozen(NOW - timedelta(days=89)):
        booking = ask(cast.booker, cast.raman, start=-24 * 85)
        cancel_booking(actor=cast.booker, reference=booking.reference)

    assert only_event(client, path)["STATUS"] == "CANCELLED"
    with clock.frozen(NOW + timedelta(days=2)):
        assert events(client, path) == []


def test_what_is_long_past_or_far_ahead_is_left_out(cast: Cast, client: FlaskClient) -> None:
    path = address(cast.booker)
    with clock.frozen(NOW - timedelta(days=101)):
        ask(cast.booker, cast.raman, start=-24 * 98)
    with clock.frozen(NOW - timedelta(days=90)):
        ask(cast.booker, cast.raman, start=-24 * 84)

    assert [event.start for event in events(client, path)] == [at(-24 * 84)]


@both_databases
def test_others_read_busy_and_nothing_else(cast: Cast, client: FlaskClient) -> None:
    approved(cast)
    strangers = (cast.rival, cast.other_manager, cast.student, cast.loner)
    abouts = (cast.raman, cast.materials, cast.raman.units[0])
    for stranger, about, detail in product(strangers, abouts, FeedDetail):
        path = address(stranger, about, detail=detail)
        event = only_event(client, path)

        assert str(event["SUMMARY"]).startswith("Busy")
        assert {"DESCRIPTION", "LOCATION", "URL"}.isdisjoint(event)
        assert not any(secret in client.get(path).text for secret in SECRETS)


@both_databases
def test_those_concerned_read_it_whole(cast: Cast, client: FlaskClient) -> None:
    approved(cast)
    people = (cast.booker, cast.boss, cast.technician, cast.liaison, cast.admin)
    for person, about in product(people, (cast.raman, cast.materials, cast.raman.units[0])):
        event = only_event(client, address(person, about))
        assert event["SUMMARY"] == "Raman spectrometer · Arta Polymer"
        assert "batch 12" in event["DESCRIPTION"]


def test_strangers_do_not_see_what_no_longer_takes_time(cast: Cast, client: FlaskClient) -> None:
    booking = approved(cast)
    cancel_booking(actor=cast.booker, reference=booking.reference)

    assert events(client, address(cast.rival, cast.raman)) == []
    assert events(client, "/labs/materials/calendar.ics") == []
    assert only_event(client, address(cast.technician, cast.raman))["STATUS"] == "CANCELLED"


def test_titles_alone_leave_the_rest_out(cast: Cast, client: FlaskClient) -> None:
    approved(cast)
    event = only_event(client, address(cast.booker, detail=FeedDetail.TITLE))

    assert event["SUMMARY"] == "Raman spectrometer"
    assert "DESCRIPTION" not in event
    assert event["LOCATION"] == "Materials characterisation"


def test_busy_hides_one_s_own_bookings_too(cast: Cast, client: FlaskClient) -> None:
    booking = approved(cast)
    path = address(cast.booker, detail=FeedDetail.BUSY)
    assert only_event(client, path)["SUMMARY"] == "Busy"
    assert not any(secret in client.get(path).text for secret in (*SECRETS, "Raman", "Materials"))

    cancel_booking(actor=cast.booker, reference=booking.reference)
    assert events(client, path) == []


def test_mine_is_what_i_asked_for_and_my_organisation_s_is_more(cast: Cast, client: FlaskClient) -> None:
    ask(cast.booker, cast.raman)
    ask(cast.boss, cast.microscope, mode=Mode.OPERATOR)
    ask(cast.rival, cast.oscilloscope)

    def titles(path: str) -> set[str]:
        return {str(event["SUMMARY"]) for event in events(client, path)}

    assert titles(address(cast.booker)) == {"Raman spectrometer"}
    both = {"Raman spectrometer", "Scanning electron microscope"}
    assert titles(address(cast.booker, cast.arta)) == titles(address(cast.boss, cast.arta)) == both
    assert titles(address(cast.liaison, cast.rival_company)) == {"Oscilloscope"}


@both_databases
def test_approvals_are_what_waits_for_my_answer(cast: Cast, client: FlaskClient) -> None:
    booking = ask(cast.booker, cast.raman)
    ask(cast.rival, cast.stations)  # approved at once: nobody has to answer
    path = address(cast.manager, FeedScope.APPROVALS)

    assert only_event(client, path)["SUMMARY"] == "Raman spectrometer · Arta Polymer"
    assert only_event(client, address(cast.admin, FeedScope.APPROVALS))["STATUS"] == "TENTATIVE"
    assert events(client, address(cast.other_manager, FeedScope.APPROVALS)) == []

    approve_booking(actor=cast.safety, reference=booking.reference)
    assert events(client, path) == []


def test_a_unit_has_a_calendar_of_its_own(cast: Cast, client: FlaskClient) -> None:
    ask(cast.booker, (cast.stations, 3))
    ask(cast.rival, cast.stations)
    found = [events(client, address(cast.manager, unit)) for unit in cast.stations.units]

    assert [len(of_one) for of_one in found] == [1, 1, 1, 1]
    titles = sorted(str(event["SUMMARY"]) for (event,) in found)
    assert titles == ["3 × Soldering station · Arta Polymer"] * 3 + ["Soldering station · Rival Coatings"]
    name = client.get(address(cast.manager, cast.stations.units[1])).text
    assert r"X-WR-CALNAME:Kargah: Soldering station\, unit 2" in name


def test_things_of_two_labs_are_one_entry_and_strangers_read_the_lab_s_own(
    cast: Cast, client: FlaskClient
) -> None:
    ask(cast.booker, (cast.stations, 2), cast.oscilloscope)

    event = only_event(client, address(cast.booker))
    assert event["SUMMARY"] == "Oscilloscope, 2 × Soldering station"
    assert event["LOCATION"] == "Electronics workshop; Materials characterisation"
    assert only_event(client, "/labs/materials/calendar.ics")["SUMMARY"] == "Busy: 2 × Soldering station"
    assert only_event(client, "/labs/electronics/calendar.ics")["SUMMARY"] == "Busy: Oscilloscope"


def test_the_public_calendar_of_a_lab_names_no_one(cast: Cast, client: FlaskClient) -> None:
    approved(cast)
    ask(cast.rival, cast.oscilloscope)
    event = only_event(client, "/labs/materials/calendar.ics")

    assert event["SUMMARY"] == "Busy: Raman spectrometer"
    text = client.get("/labs/materials/calendar.ics").text
    assert not any(secret in text for secret in SECRETS)
    assert client.get("/labs/nowhere/calendar.ics").status_code == 404


def test_a_feed_speaks_its_own_language(cast: Cast, client: FlaskClient) -> None:
    booking = ask(cast.booker, (cast.stations, 2))
    path = address(cast.booker, language="fa")
    event = only_event(client, path)

    assert event["SUMMARY"] == "۲ × ایستگاه لحیم‌کاری"
    assert "دوشنبه ۲ آذر ۱۴۰۵" in event["DESCRIPTION"]
    assert event["LOCATION"] == "مشخصه‌یابی مواد"
    assert event.start == at(0)
    assert booking.reference in event["DESCRIPTION"]
    public = only_event(client, "/labs/materials/calendar.ics?lang=fa")
    assert "ایستگاه لحیم‌کاری" in public["SUMMARY"]


def test_a_new_address_of_the_server_changes_no_uid(cast: Cast, client: FlaskClient) -> None:
    approved(cast)
    path = address(cast.booker)
    before = only_event(client, path)["UID"]
    client.application.config["PUBLIC_URL"] = "https://labs.example.org"
    after = only_event(client, path)

    assert after["UID"] == before
    assert after["URL"].startswith("https://labs.example.org/bookings/")


@both_databases
def test_what_comes_along_stands_below_the_title(cast: Cast, client: FlaskClient) -> None:
    """Arta reads what it asked for; whose calendar the stations are in reads what they are wanted with."""
    let_take(cast.manager, cast.raman, Link(cast.raman.id, cast.stations.id, 2))
    ask(cast.booker, cast.raman)
    event = only_event(client, address(cast.booker))
    assert event["SUMMARY"] == "Raman spectrometer"
    assert "Comes along: 2 × Soldering station" in event["DESCRIPTION"]
    stations = only_event(client, address(cast.manager, cast.stations))
    assert stations["SUMMARY"] == "Raman spectrometer · Arta Polymer"
