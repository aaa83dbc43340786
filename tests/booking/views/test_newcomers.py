"""A visitor asks and registers with the same form."""

import pytest
from flask import Flask

from app.accounts.rules.limits import LINK_EMAIL
from app.accounts.services.activate import activate_user
from app.web import steadily
from app.web.steadily import WHILE_SECONDS
from tests.accounts.making import GOOD_PASSWORD, letters, token_for, used_up, user_called
from tests.booking.making import ask
from tests.booking.views.asking import MONDAY_MORNING, PURPOSE, address, bookings, send, shown, values
from tests.cast import Cast
from tests.visitor import Visitor

NEW = "new@example.com"
ABOUT = {"organisation": "Zarin Steel", "name": "Sara Ahmadi", "email": NEW, "password": GOOD_PASSWORD}


def test_from_the_form_to_the_lab(client: Visitor, cast: Cast) -> None:
    answer = send(client, cast.raman, **ABOUT)
    assert answer.location == "/bookings/mail-sent"
    assert "60 minutes" in client.page(answer.location).text
    (booking,) = bookings()
    assert booking.organisation.name == "Zarin Steel"
    link = f"/activate/{token_for(NEW)}"
    client.submit(link, form=link)
    client.sign_in_at_the_door(user_called(NEW), GOOD_PASSWORD)
    assert PURPOSE in client.page(f"/bookings/{booking.reference}").text


@pytest.mark.parametrize("email", [NEW, "booker@example.com"])
def test_known_and_unknown_addresses_are_answered_alike(client: Visitor, cast: Cast, email: str) -> None:
    answer = send(client, cast.raman, **ABOUT | {"email": email})
    assert (answer.status_code, answer.location) == (302, "/bookings/mail-sent")
    assert len(letters(email)) == 1


@pytest.mark.parametrize("email", [NEW, "booker@example.com"])
def test_looking_again_a_stranger_sees_no_difference(
    app: Flask, client: Visitor, cast: Cast, email: str
) -> None:
    """Asked for with anybody's address the slot is taken, so that nobody learns whose address is known."""
    send(client, cast.raman, **ABOUT | {"email": email})
    stranger: Visitor = app.test_client()  # type: ignore[assignment]
    assert "This time is taken" in stranger.page(address(cast.raman, **MONDAY_MORNING)).text


def test_the_owner_of_an_account_confirms_after_signing_in(client: Visitor, cast: Cast) -> None:
    send(client, cast.raman, **ABOUT | {"email": cast.booker.email})
    link = f"/bookings/confirm/{token_for(cast.booker.email)}"
    asked_in = client.get(link).location
    assert asked_in.startswith("/sign-in?next=")
    client.sign_in(cast.booker)
    assert "KG-" not in client.page("/bookings").text
    assert PURPOSE in client.page(link).text
    page = client.page(link)  # looking uses nothing up
    sent = {**values(page, "confirm"), "organisation": str(cast.arta.id)}
    answers = [client.post(link, data=sent).location for _click in range(2)]
    (_held, booking) = bookings()
    assert answers == [f"/bookings/{booking.reference}"] * 2
    assert booking.organisation_id == cast.arta.id
    assert PURPOSE in client.page(answers[0]).text
    client.page(link, status=404)


def test_the_link_is_nobody_elses(client: Visitor, cast: Cast) -> None:
    send(client, cast.raman, **ABOUT | {"email": cast.booker.email})
    link = f"/bookings/confirm/{token_for(cast.booker.email)}"
    client.sign_in(cast.rival)
    client.page(link, status=404)
    for chosen in ("typed", str(cast.rival_company.id), "nonsense", ""):
        assert client.post(link, data={"organisation": chosen}).status_code == 404
    assert len(bookings()) == 1


def test_what_stands_against_it_is_said_and_another_company_may_be_chosen(
    client: Visitor, cast: Cast
) -> None:
    send(client, cast.raman, **ABOUT | {"email": cast.newcomer.email})
    link = f"/bookings/confirm/{token_for(cast.newcomer.email)}"
    ask(cast.newcomer, cast.stations)
    client.sign_in(cast.newcomer)
    refused = client.submit(link, form="confirm")
    assert refused.status_code == 422
    assert shown(refused).one(id="form-errors")
    answer = client.submit(link, {"organisation": "typed"}, form="confirm")
    assert bookings()[-1].organisation.name == "Zarin Steel"
    assert answer.location == f"/bookings/{bookings()[-1].reference}"


def test_a_second_click_registers_once(client: Visitor, cast: Cast) -> None:
    from_page = values(shown(send(client, cast.raman, do="check", **ABOUT)), "ask")
    sent = from_page | {"purpose": PURPOSE, "password": GOOD_PASSWORD, "do": "ask"}
    answers = [client.post("/bookings/new", data=sent).location for _ in range(2)]
    assert answers == ["/bookings/mail-sent"] * 2
    assert (len(bookings()), len(letters(NEW))) == (1, 1)


def test_refused_it_keeps_everything_but_the_password(client: Visitor, cast: Cast) -> None:
    ask(cast.rival, cast.raman)
    answer = send(client, cast.raman, **ABOUT)
    page = shown(answer)
    assert (answer.status_code, len(bookings()), letters(NEW)) == (409, 1, [])
    kept = values(page, "ask")
    assert {name: kept[name] for name in ("organisation", "name", "email", "purpose")} == {
        "organisation": ["Zarin Steel"],
        "name": ["Sara Ahmadi"],
        "email": [NEW],
        "purpose": [PURPOSE],
    }
    assert GOOD_PASSWORD not in answer.text


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("email", "nonsense"),
        ("password", "password1234"),
        ("password", ""),
        ("name", ""),
        ("organisation", ""),
    ],
)
def test_what_is_wrong_about_oneself_is_said_at_its_field(
    client: Visitor, cast: Cast, field: str, typed: str
) -> None:
    answer = send(client, cast.raman, **ABOUT | {field: typed})
    assert (answer.status_code, bookings()) == (422, [])
    assert shown(answer).one("input", id=field).attrs["aria-invalid"] == "true"


def test_only_the_answer_that_must_not_tell_keeps_its_sender_waiting(
    client: Visitor, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    naps: list[float] = []
    monkeypatch.setattr(steadily, "WHILE_SECONDS", WHILE_SECONDS)
    monkeypatch.setattr(steadily.time, "sleep", naps.append)
    assert send(client, cast.raman, **ABOUT | {"email": "nonsense"}).status_code == 422
    used_up(LINK_EMAIL, NEW)
    assert send(client, cast.raman, **ABOUT).status_code == 429
    assert naps == []
    for email in ("other@example.com", cast.booker.email):
        assert send(client, cast.stations, **ABOUT | {"email": email}).status_code == 302
    assert len(naps) == 2
    client.sign_in(cast.booker)
    assert send(client, cast.stations).status_code == 302
    assert len(naps) == 2


@pytest.mark.parametrize("email", [NEW, "booker@example.com"])
def test_a_form_that_comes_again_is_not_counted_and_keeps_nobody_waiting(
    client: Visitor, cast: Cast, email: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sent again and again it would hold a thread each time."""
    page = shown(send(client, cast.raman, do="check", **ABOUT | {"email": email}))
    sent = values(page, "ask") | {"purpose": PURPOSE, "password": GOOD_PASSWORD, "do": "ask"}
    naps: list[float] = []
    monkeypatch.setattr(steadily.time, "sleep", naps.append)
    answers = [client.post("/bookings/new", data=sent).location for _ in range(LINK_EMAIL.most + 2)]
    assert set(answers) == {"/bookings/mail-sent"}
    assert (len(naps), len(letters(email))) == (1, 1)


def test_too_many_tries_are_answered_with_patience(client: Visitor, cast: Cast) -> None:
    used_up(LINK_EMAIL, NEW)
    answer = send(client, cast.raman, **ABOUT)
    assert (answer.status_code, bookings()) == (429, [])
    assert values(shown(answer), "ask")["purpose"] == [PURPOSE]


def test_an_unverified_company_has_one_request_at_a_time(client: Visitor, cast: Cast) -> None:
    send(client, cast.raman, **ABOUT)
    activate_user(token=token_for(NEW))
    client.sign_in_at_the_door(user_called(NEW), GOOD_PASSWORD)
    assert send(client, cast.stations).status_code == 422
    assert len(bookings()) == 1
