"""The inbox and the answers given there."""

from collections.abc import Callable

import pytest

from app.booking.models import Booking, Occurrence, OccurrenceState
from app.booking.services.cancel import cancel_booking
from app.core import clock
from tests.booking.making import ask
from tests.booking.views.asking import PURPOSE, bookings, shown, values
from tests.cast import Cast
from tests.occupancy.making import at
from tests.pages import Page
from tests.visitor import Visitor

REFUSAL = {"reason_code": "unsuitable", "reason": "The laser is too weak for this"}


def the_date() -> Occurrence:
    return bookings()[0].occurrences[0]


def case(client: Visitor, booking: Booking) -> Page:
    return client.page(f"/approvals/{booking.occurrences[0].id}")


def test_the_inbox_holds_what_waits_for_me_and_opens_each_case(client: Visitor, cast: Cast) -> None:
    mine, others = ask(cast.booker, cast.raman, purpose=PURPOSE), ask(cast.booker, cast.oscilloscope)
    client.sign_in(cast.manager)
    inbox = client.page("/approvals")
    links = {link.attrs.get("href") for link in inbox.all("a")}
    assert f"/approvals/{mine.occurrences[0].id}" in links
    assert f"/approvals/{others.occurrences[0].id}" not in links
    assert PURPOSE in case(client, mine).text


@pytest.mark.parametrize("who", ["booker", "rival", "liaison", "technician", "student"])
def test_who_decides_nothing_has_no_inbox(client: Visitor, cast: Cast, who: str) -> None:
    booking = ask(cast.booker, cast.raman)
    client.sign_in(getattr(cast, who))
    client.page("/approvals", status=404)
    for answer, typed in (("approve", {}), ("decline", REFUSAL)):
        sent = client.post(f"/bookings/{booking.reference}/{answer}", data=typed)
        assert sent.status_code == 404
    assert the_date().state is OccurrenceState.REQUESTED


def test_the_manager_of_another_lab_finds_nothing(client: Visitor, cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)
    client.sign_in(cast.other_manager)
    client.page(f"/approvals/{booking.occurrences[0].id}", status=404)
    assert client.post(f"/bookings/{booking.reference}/approve").status_code == 404
    assert the_date().state is OccurrenceState.REQUESTED


def test_a_yes_opens_the_next_case(client: Visitor, cast: Cast) -> None:
    first, second = ask(cast.booker, cast.raman), ask(cast.booker, cast.raman, start=4)
    client.sign_in(cast.manager)
    sent = values(case(client, first), "approve") | {"note": "Bring gloves"}
    answers = [client.post(f"/bookings/{first.reference}/approve", data=sent) for _ in range(2)]
    assert {answer.location for answer in answers} == {"/approvals?at=0"}
    assert second.reference in client.page(answers[0].location).text
    assert [one.occurrences[0].state for one in bookings()] == [
        OccurrenceState.APPROVED,
        OccurrenceState.REQUESTED,
    ]


def test_a_no_needs_words_and_keeps_those_there_are(client: Visitor, cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)
    client.sign_in(cast.manager)
    sent = values(case(client, booking), "decline") | REFUSAL
    empty = client.post(f"/bookings/{booking.reference}/decline", data=sent | {"reason": " "})
    assert empty.status_code == 422
    assert values(shown(empty), "decline")["reason_code"] == ["unsuitable"]
    assert the_date().state is OccurrenceState.REQUESTED

    client.post(f"/bookings/{booking.reference}/decline", data=sent)
    assert the_date().state is OccurrenceState.DECLINED
    reader = client.application.test_client()
    reader.sign_in(cast.booker)
    assert REFUSAL["reason"] in reader.page(f"/bookings/{booking.reference}").text


def test_an_answer_that_comes_too_late_changes_nothing(client: Visitor, cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)
    client.sign_in(cast.manager)
    sent = values(case(client, booking), "approve")
    cancel_booking(actor=cast.booker, reference=booking.reference)
    answer = client.post(f"/bookings/{booking.reference}/approve", data=sent)
    assert answer.status_code == 409
    assert the_date().state is OccurrenceState.CANCELLED
    opened = client.get(f"/approvals/{booking.occurrences[0].id}")
    assert opened.location == f"/bookings/{booking.reference}"


def test_what_became_impossible_says_so_and_stays_open(
    client: Visitor, cast: Cast, save: Callable[..., None]
) -> None:
    booking = ask(cast.booker, cast.raman)
    client.sign_in(cast.manager)
    sent = values(case(client, booking), "approve")
    for hours in cast.materials.hours[:]:
        if hours.weekday == 0:  # the lab closes on Mondays now
            cast.materials.hours.remove(hours)
    save()
    answer = client.post(f"/bookings/{booking.reference}/approve", data=sent)
    assert answer.status_code == 422
    assert "A rule is not met any more" in shown(answer).text
    assert the_date().state is OccurrenceState.REQUESTED


def test_after_its_beginning_nobody_can_say_yes(client: Visitor, cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)
    with clock.frozen(at(1)):
        client.sign_in(cast.manager)
        answer = client.post(
            f"/bookings/{booking.reference}/approve", data={"occurrence": booking.occurrences[0].id}
        )
    assert answer.status_code in (409, 422)
    assert the_date().state is OccurrenceState.REQUESTED


def test_the_date_of_another_booking_is_not_answered(client: Visitor, cast: Cast) -> None:
    booking, other = ask(cast.booker, cast.raman), ask(cast.booker, cast.raman, start=4)
    client.sign_in(cast.manager)
    data = {"occurrence": other.occurrences[0].id}
    assert client.post(f"/bookings/{booking.reference}/approve", data=data).status_code == 404
    assert {one.occurrences[0].state for one in bookings()} == {OccurrenceState.REQUESTED}


def test_the_office_vouches_for_a_company_from_inside_the_case(client: Visitor, cast: Cast) -> None:
    booking = ask(cast.newcomer, cast.raman)
    client.sign_in(cast.admin)
    sent = values(case(client, booking), "verify")
    client.post(f"/bookings/{booking.reference}/verify", data=sent)
    assert bookings()[0].organisation.is_verified


def test_a_manager_does_not_vouch(client: Visitor, cast: Cast) -> None:
    booking = ask(cast.newcomer, cast.raman)
    client.sign_in(cast.manager)
    assert not case(client, booking).all("form", id="verify")
    assert client.post(f"/bookings/{booking.reference}/verify").status_code == 404
    assert not bookings()[0].organisation.is_verified


@pytest.mark.parametrize("next_", ["https://evil.example/", "//evil.example", "\\\\evil.example"])
def test_an_answer_leads_nowhere_else(client: Visitor, cast: Cast, next_: str) -> None:
    booking = ask(cast.booker, cast.raman)
    client.sign_in(cast.manager)
    sent = values(case(client, booking), "approve") | {"next": next_}
    location = client.post(f"/bookings/{booking.reference}/approve", data=sent).location
    assert location == f"/bookings/{booking.reference}"
