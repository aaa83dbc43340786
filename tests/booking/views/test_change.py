"""Moving and calling off, by the pages."""

import pytest

from app.booking.models import Booking, OccurrenceState
from app.booking.services.decide import approve_booking
from app.core import clock
from tests.booking.making import ask
from tests.booking.views.asking import bookings, shown, values
from tests.cast import Cast
from tests.occupancy.making import at, span
from tests.visitor import Visitor

AFTERNOON = {"date": "2026-11-23", "start": "13:00", "end": "15:00"}
"""4.5 hours after 08:30."""


def path(booking: Booking, verb: str) -> str:
    return f"/bookings/{booking.reference}/{verb}"


def test_it_says_what_a_move_would_mean_and_then_moves(client: Visitor, cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)
    approve_booking(actor=cast.manager, reference=booking.reference)
    client.sign_in(cast.booker)
    looked = shown(client.submit(path(booking, "move"), AFTERNOON | {"do": "check"}, form="move"))
    assert "The lab will be asked again" in looked.text
    assert bookings()[0].occurrences[0].span == span(0, 2)

    answer = client.post(path(booking, "move"), data=values(looked, "move") | {"do": "move"})
    assert answer.location == f"/bookings/{booking.reference}"
    (date,) = bookings()[0].occurrences
    assert (date.span, date.state) == (span(4.5, 2), OccurrenceState.REQUESTED)
    assert "is moved" in client.page(answer.location).text


def test_a_time_in_the_address_is_looked_at_right_away(client: Visitor, cast: Cast) -> None:
    booking = ask(cast.booker, cast.stations)
    client.sign_in(cast.booker)
    page = client.page(path(booking, "move?date=2026-11-23&start=13:00&end=15:00"))
    assert "It takes effect at once" in page.text


def test_where_it_is_already_it_says_so(client: Visitor, cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)
    approve_booking(actor=cast.manager, reference=booking.reference)
    client.sign_in(cast.booker)
    sent = values(client.page(path(booking, "move")), "move")
    page = shown(client.post(path(booking, "move"), data=sent | {"do": "check"}))
    assert "It is at this time already." in page.text
    assert not page.all("button", value="move")
    answer = client.post(path(booking, "move"), data=sent | {"do": "move"})
    assert "It is at this time already." in client.page(str(answer.location)).text
    assert bookings()[0].occurrences[0].state is OccurrenceState.APPROVED


def test_a_taken_time_changes_nothing_and_offers_another(client: Visitor, cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)
    ask(cast.rival, cast.raman, start=4.5)
    client.sign_in(cast.booker)
    sent = values(client.page(path(booking, "move")), "move") | AFTERNOON | {"do": "move"}
    answer = client.post(path(booking, "move"), data=sent)
    page = shown(answer)
    assert answer.status_code == 409
    assert bookings()[0].occurrences[0].span == span(0, 2)
    assert values(page, "move")["start"] == ["13:00"]
    assert "Rival" not in page.text

    instead = page.all("button", name="instead")[0].attrs["value"]
    again = shown(client.post(path(booking, "move"), data=values(page, "move") | {"instead": instead}))
    client.post(path(booking, "move"), data=values(again, "move") | {"do": "move"})
    assert bookings()[0].occurrences[0].span not in (span(0, 2), span(4.5, 2))


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [({"date": "yesterday"}, "date"), ({"start": ""}, "start"), ({"end": "99"}, "end")],
    ids=["no day", "nothing", "no time"],
)
def test_what_cannot_be_read_is_said_at_its_field(
    client: Visitor, cast: Cast, typed: dict[str, str], wrong: str
) -> None:
    booking = ask(cast.booker, cast.raman)
    client.sign_in(cast.booker)
    sent = values(client.page(path(booking, "move")), "move") | AFTERNOON | typed | {"do": "move"}
    answer = client.post(path(booking, "move"), data=sent)
    assert answer.status_code == 422
    assert shown(answer).one("input", id=wrong).attrs["aria-invalid"] == "true"
    assert values(shown(answer), "move")[wrong] == list(typed.values())


def test_outside_the_rules_it_does_not_move(client: Visitor, cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)
    client.sign_in(cast.booker)
    sent = values(client.page(path(booking, "move")), "move") | {
        "start": "02:00",
        "end": "03:00",
        "do": "move",
    }
    answer = client.post(path(booking, "move"), data=sent)
    assert answer.status_code == 422
    assert "Not possible like this" in shown(answer).text
    assert bookings()[0].occurrences[0].span == span(0, 2)


def test_calling_off_twice_calls_off_once(client: Visitor, cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)
    client.sign_in(cast.booker)
    page = client.page(path(booking, "cancel"))
    sent = values(page, "cancel") | {"reason": "The samples broke"}
    for _ in range(2):
        assert client.post(path(booking, "cancel"), data=sent).location == f"/bookings/{booking.reference}"
    (date,) = bookings()[0].occurrences
    assert (date.state, date.reason, date.sequence) == (OccurrenceState.CANCELLED, "The samples broke", 1)


def test_a_word_that_is_too_long_is_kept(client: Visitor, cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)
    client.sign_in(cast.booker)
    answer = client.submit(path(booking, "cancel"), {"reason": "x" * 10_000}, form="cancel")
    assert answer.status_code == 422
    assert values(shown(answer), "cancel")["reason"] == ["x" * 10_000]
    assert bookings()[0].occurrences[0].state is OccurrenceState.REQUESTED


@pytest.mark.parametrize("verb", ["move", "cancel"])
def test_what_has_begun_stays_as_it_is(client: Visitor, cast: Cast, verb: str) -> None:
    booking = ask(cast.booker, cast.stations)
    client.sign_in(cast.booker)
    sent = values(client.page(path(booking, verb)), verb) | {"do": "move"}
    with clock.frozen(at(1)):
        client.sign_in(cast.booker)
        sent["csrf_token"] = [client.csrf_token()]
        assert client.page(path(booking, verb), status=409)
        assert client.post(path(booking, verb), data=sent).status_code == 409
    assert bookings()[0].occurrences[0].state is OccurrenceState.APPROVED


@pytest.mark.parametrize("verb", ["move", "cancel"])
@pytest.mark.parametrize(("who", "status"), [("rival", 404), ("other_manager", 404), ("liaison", 403)])
def test_others_cannot(client: Visitor, cast: Cast, verb: str, who: str, status: int) -> None:
    booking = ask(cast.booker, cast.raman)
    client.sign_in(getattr(cast, who))
    client.page(path(booking, verb), status=status)
    assert client.post(path(booking, verb), data=AFTERNOON | {"do": "move"}).status_code == status
    assert bookings()[0].occurrences[0].span == span(0, 2)
    assert bookings()[0].occurrences[0].state is OccurrenceState.REQUESTED
