import re

import pytest
from flask import Flask

from app.accounts.models import UserSession
from app.accounts.rules.limits import SIGN_IN_ACCOUNT, SIGN_IN_PAIR
from app.extensions import db
from tests.accounts.making import used_up
from tests.cast import Cast
from tests.visitor import PASSWORD, Visitor


def signed_in_as(client: Visitor) -> str | None:
    """Whose account the browser is in."""
    answer = client.get("/account")
    found = re.search(r'<bdi dir="ltr" lang="en">(\S+@\S+)</bdi>', answer.text)
    return found[1] if answer.status_code == 200 and found else None


def test_somebody_signs_in_and_out(client: Visitor, cast: Cast) -> None:
    assert signed_in_as(client) is None
    client.sign_in(cast.booker)
    assert signed_in_as(client) == cast.booker.email
    answer = client.post("/sign-out")
    assert answer.location == "/sign-in"
    assert signed_in_as(client) is None
    assert db.session.query(UserSession).count() == 0


def test_the_cookie_of_a_session_that_was_signed_out_opens_nothing(
    app: Flask, client: Visitor, cast: Cast
) -> None:
    client.sign_in(cast.booker)
    stolen = client.get_cookie("session")
    assert stolen is not None
    client.post("/sign-out")
    thief = app.test_client()
    thief.set_cookie("session", stolen.value)
    assert signed_in_as(thief) is None  # type: ignore[arg-type]


def test_the_cookie_holds_a_secret_that_changes_and_no_person(client: Visitor, cast: Cast) -> None:
    secrets = set()
    for _ in range(2):
        client.sign_in(cast.booker)
        with client.session_transaction() as session:
            assert set(session) <= {"token", "csrf_token", "_flashes"}
            secrets.add(session["token"])
        client.post("/sign-out")
    assert len(secrets) == 2


def test_a_secret_planted_before_signing_in_is_not_kept(client: Visitor, cast: Cast) -> None:
    with client.session_transaction() as session:
        session["token"] = "fixated"
    client.sign_in(cast.booker)
    with client.session_transaction() as session:
        assert session["token"] != "fixated"


def test_wrong_password_unknown_address_and_closed_account_look_the_same(client: Visitor, cast: Cast) -> None:
    answers = [
        client.submit("/sign-in", {"email": email, "password": "wrong"}, form="/sign-in")
        for email in (cast.booker.email, "nobody@example.com")
    ]
    assert [answer.status_code for answer in answers] == [403, 403]
    bodies = [re.sub(r'value="[^"]*"', "", answer.text) for answer in answers]
    assert bodies[0] == bodies[1]
    assert "do not fit together" in bodies[0]


def test_a_password_is_never_sent_back(client: Visitor, cast: Cast) -> None:
    answer = client.submit(
        "/sign-in", {"email": cast.booker.email, "password": "my wrong password"}, form="/sign-in"
    )
    assert "my wrong password" not in answer.text
    assert cast.booker.email in answer.text


def test_throttled_says_how_long(client: Visitor, cast: Cast) -> None:
    for _ in range(SIGN_IN_PAIR.most + 1):
        answer = client.post("/sign-in", data={"email": cast.booker.email, "password": "wrong"})
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 900
    assert "15 minutes" in answer.text


def test_the_owners_browser_comes_in_while_strangers_guess(app: Flask, client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.booker)
    client.post("/sign-out")
    used_up(SIGN_IN_ACCOUNT, cast.booker.email)
    stranger: Visitor = app.test_client()  # type: ignore[assignment]
    tried = stranger.post("/sign-in", data={"email": cast.booker.email, "password": PASSWORD})
    assert tried.status_code == 429
    client.sign_in(cast.booker)
    assert signed_in_as(client) == cast.booker.email


@pytest.mark.parametrize("path", ["/account", "/organisation?x=1", "/notices"])
def test_a_closed_door_leads_to_signing_in_and_back(client: Visitor, cast: Cast, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 302
    back = client.submit(answer.location, {"email": cast.booker.email, "password": PASSWORD}, form="/sign-in")
    assert back.location == path


@pytest.mark.parametrize(
    "elsewhere",
    [
        "//evil.example",
        "/\\evil.example",
        "https:evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        "https://evil.example/",
    ],
)
def test_nothing_leads_to_another_site(client: Visitor, cast: Cast, elsewhere: str) -> None:
    answer = client.post(
        "/sign-in", data={"email": cast.booker.email, "password": PASSWORD, "next": elsewhere}
    )
    assert answer.location == "/"
    assert client.get("/sign-in", query_string={"next": elsewhere}).location == "/"


def test_a_form_of_another_site_signs_nobody_in(client: Visitor, cast: Cast) -> None:
    answer = client.post("/sign-in", data={"email": cast.booker.email, "password": PASSWORD}, csrf=False)
    assert answer.status_code == 403
    assert signed_in_as(client) is None


@pytest.mark.parametrize("path", ["/sign-out", "/account/sessions/end-others", "/notices/read"])
def test_nothing_changes_by_looking(client: Visitor, cast: Cast, path: str) -> None:
    client.sign_in(cast.booker)
    assert client.get(path).status_code == 405
    assert client.post(path, csrf=False).status_code == 403
    assert client.get(path, query_string={"_method": "POST"}).status_code == 405
    assert signed_in_as(client) == cast.booker.email


def test_what_a_signed_in_person_sees_is_kept_by_no_cache(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.booker)
    assert client.get("/account").headers["Cache-Control"] == "no-store"


def test_a_huge_password_is_refused_quickly(client: Visitor, cast: Cast) -> None:
    answer = client.post("/sign-in", data={"email": cast.booker.email, "password": "x" * 1_000_000})
    assert answer.status_code in (403, 413)
