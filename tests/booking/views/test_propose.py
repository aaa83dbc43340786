"""Another time by the pages: named by the lab, taken by the company."""

import pytest

from app.booking.models import Booking, OccurrenceState
from app.booking.services.decide import propose_time
from tests.booking.making import ask, weekly
from tests.booking.views.asking import bookings, shown, values
from tests.cast import Cast
from tests.occupancy.making import span
from tests.visitor import Visitor

AFTERNOON = {"date": "2026-11-23", "start": "13:00", "end": "15:00"}
"""4.5 hours after 08:30."""


def path(booking: Booking, verb: str) -> str:
    return f"/bookings/{booking.reference}/{verb}"


def test_the_lab_names_another_time_and_the_company_takes_it(client: Visitor, cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)
    client.sign_in(cast.manager)
    sent = values(client.page(path(booking, "propose")), "propose") | AFTERNOON | {"message": "Term time"}
    answer = client.post(path(booking, "propose"), data=sent)
    assert answer.location == f"/bookings/{booking.reference}"
    (date,) = bookings()[0].occurrences
    assert (date.span, date.state) == (span(4.5, 2), OccurrenceState.PROPOSED)

    client.post("/sign-out")
    client.sign_in(cast.booker)
    page = client.page(f"/bookings/{booking.reference}")
    assert "Another time is proposed" in page.text
    assert "Term time" in page.text
    client.post(path(booking, "accept"), data=values(page, "accept"))
    assert bookings()[0].occurrences[0].state is OccurrenceState.APPROVED
    assert "accepted the other time" in client.page(f"/bookings/{booking.reference}").text


def test_a_taken_time_and_the_same_one_are_said_to_be_so(client: Visitor, cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)
    ask(cast.rival, cast.raman, start=4.5)
    client.sign_in(cast.manager)
    sent = values(client.page(path(booking, "propose")), "propose")
    same = client.post(path(booking, "propose"), data=sent)
    assert same.status_code == 422
    assert "Choose another one." in shown(same).text
    assert client.post(path(booking, "propose"), data=sent | AFTERNOON).status_code == 409
    assert bookings()[0].occurrences[0].state is OccurrenceState.REQUESTED


@pytest.mark.parametrize("who", ["booker", "technician"])
def test_who_does_not_decide_finds_no_form(client: Visitor, cast: Cast, who: str) -> None:
    booking = ask(cast.booker, cast.raman)
    client.sign_in(getattr(cast, who))
    assert client.get(path(booking, "propose")).status_code == 404


def test_who_only_reads_it_has_no_button(client: Visitor, cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)
    propose_time(actor=cast.manager, reference=booking.reference, span=span(4.5, 2))
    client.sign_in(cast.liaison)
    page = client.page(f"/bookings/{booking.reference}")
    assert "Another time is proposed" in page.text
    assert "Accept this time" not in page.text


def test_beside_its_date_another_time_is_written(client: Visitor, cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman, recurrence=weekly(2))
    first, second = booking.occurrences
    client.sign_in(cast.manager)
    page = f"/bookings/{booking.reference}"
    answers = {f"answer-{first.id}": "approve", f"answer-{second.id}": "propose"}
    wordless = client.submit(page, answers, form="decide")
    assert "Write the other time" in shown(wordless).text
    named = {f"date-{second.id}": "2026-11-30", f"start-{second.id}": "13:00", f"end-{second.id}": "15:00"}
    client.submit(page, answers | named, form="decide")
    first, second = bookings()[0].occurrences
    assert (first.state, second.state) == (OccurrenceState.APPROVED, OccurrenceState.PROPOSED)
    assert second.span == span(7 * 24 + 4.5, 2)
