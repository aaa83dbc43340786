"""A visitor asks and registers with the same form."""

import pytest

from app.accounts.rules.limits import LINK_EMAIL
from app.accounts.services.activate import activate_user
from tests.accounts.making import GOOD_PASSWORD, letters, token_for, used_up, user_called
from tests.booking.making import ask
from tests.booking.views.asking import PURPOSE, bookings, send, shown, values
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
    client.sign_in(user_called(NEW), GOOD_PASSWORD)
    assert PURPOSE in client.page(f"/bookings/{booking.reference}").text


@pytest.mark.parametrize("email", [NEW, "booker@example.com"])
def test_known_and_unknown_addresses_are_answered_alike(client: Visitor, cast: Cast, email: str) -> None:
    answer = send(client, cast.raman, **ABOUT | {"email": email})
    assert (answer.status_code, answer.location) == (302, "/bookings/mail-sent")
    assert len(letters(email)) == 1


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


def test_too_many_tries_are_answered_with_patience(client: Visitor, cast: Cast) -> None:
    used_up(LINK_EMAIL, NEW)
    answer = send(client, cast.raman, **ABOUT)
    assert (answer.status_code, bookings()) == (429, [])
    assert values(shown(answer), "ask")["purpose"] == [PURPOSE]


def test_an_unverified_company_has_one_request_at_a_time(client: Visitor, cast: Cast) -> None:
    send(client, cast.raman, **ABOUT)
    activate_user(token=token_for(NEW))
    client.sign_in(user_called(NEW), GOOD_PASSWORD)
    assert send(client, cast.stations).status_code == 422
    assert len(bookings()) == 1
