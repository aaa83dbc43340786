import re
import statistics
import time
from collections.abc import Callable

import pytest
from argon2 import PasswordHasher
from flask import Flask
from werkzeug.test import TestResponse

from app.accounts import passwords
from app.accounts.rules.limits import LINK_EMAIL
from app.accounts.services import throttle
from app.extensions import db
from app.web import steadily
from app.web.steadily import WHILE_SECONDS
from tests.accounts.making import GOOD_PASSWORD, letters, token_for, used_up, user_called
from tests.cast import Cast
from tests.visitor import Visitor

TYPED = {"organisation": "Zarin Steel", "name": "Sara", "email": "new@example.com", "password": GOOD_PASSWORD}


def register(client: Visitor, **values: str) -> TestResponse:
    return client.submit("/register", {**TYPED, **values}, form="/register")


def test_from_the_form_to_the_first_sign_in(client: Visitor, cast: Cast) -> None:
    answer = register(client)
    assert answer.location == "/mail-sent"
    assert client.page("/mail-sent").all("h1")[0].text == "Look into your mailbox"
    link = f"/activate/{token_for('new@example.com')}"
    for _ in range(2):
        page = client.page(link)  # a mail scanner looks at every link; looking uses nothing up
        assert "Zarin Steel" in page.text
        client.head(link)
    assert client.submit(link, form=link).location == "/sign-in"
    assert client.page(link, status=404)
    client.sign_in_at_the_door(user_called("new@example.com"), GOOD_PASSWORD)
    assert "Zarin Steel" in client.page("/organisation").text


def test_the_form_keeps_what_was_typed_and_names_what_is_wrong(client: Visitor) -> None:
    answer = register(client, email="nonsense", password="password1234")
    assert answer.status_code == 422
    assert "Zarin Steel" in answer.text
    assert "password1234" not in answer.text
    assert "Write an e-mail address" in answer.text
    weak = register(client, password="password1234")
    assert weak.status_code == 422
    assert "first that would be guessed" in weak.text


def test_the_page_speaks_persian_and_so_does_the_mail(client: Visitor) -> None:
    page = client.page("/register?lang=fa")
    assert page.all("h1")[0].text == "ثبت‌نام شرکت"
    register(client)
    assert letters("new@example.com")[0].subject == "فعال‌سازی نشانی شما در کارگاه"


def test_the_link_can_be_asked_for_again(client: Visitor) -> None:
    register(client)
    answer = client.submit("/activate", {"email": "New@example.com "}, form="/activate")
    assert answer.location == "/mail-sent"
    assert len(letters("new@example.com")) == 2


def test_a_link_that_is_not_the_only_one_asks_for_a_password(client: Visitor) -> None:
    register(client, password="a stranger typed this")
    first = f"/activate/{token_for('new@example.com')}"
    assert not client.page(first).all("input", name="password")
    client.submit("/activate", {"email": "new@example.com"}, form="/activate")
    link = f"/activate/{token_for('new@example.com')}"
    for path in (first, link):
        for bad in ("", "password1234"):
            answer = client.submit(path, {"password": bad}, form=path)
            assert answer.status_code == 422
            assert "Zarin Steel" in answer.text
    assert client.submit(link, {"password": GOOD_PASSWORD}, form=link).location == "/sign-in"
    client.sign_in_at_the_door(user_called("new@example.com"), GOOD_PASSWORD)


@pytest.mark.parametrize("path", ["/activate/x", "/reset/x", "/invitations/x", "/activate/" + "x" * 43])
def test_a_link_that_does_nothing_says_so_and_leaks_nothing(client: Visitor, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "does nothing any more" in answer.text
    assert answer.headers["Referrer-Policy"] == "strict-origin"
    assert client.post(path).status_code == 404


@pytest.mark.parametrize(
    "name", ['"><img src=x onerror=alert(1)>', "{% raw %}", "</script><script>alert(1)</script>"]
)
def test_what_was_typed_is_text_and_nothing_else(client: Visitor, name: str) -> None:
    register(client, organisation=name, name=name)
    page = client.page(f"/activate/{token_for('new@example.com')}")
    assert name in page.text
    assert not page.all("img")


def test_host_headers_choose_no_link(app: Flask, client: Visitor, cast: Cast) -> None:
    app.config["PUBLIC_URL"] = "https://kargah.example.edu"
    client.post(
        "/reset",
        data={"email": cast.booker.email},
        headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"},
    )
    for mail in letters(cast.booker.email):
        assert "evil.example" not in mail.text + (mail.html or "")


def unguessable(answer: TestResponse) -> tuple[object, ...]:
    """What a stranger sees of an answer: all but the random parts."""
    headers = {name for name, _ in answer.headers}
    return answer.status_code, answer.location, re.sub(r'value="[^"]*"', "", answer.text), headers


ASKS: list[Callable[[Visitor, str], TestResponse]] = [
    lambda client, email: client.post("/register", data={**TYPED, "email": email}),
    lambda client, email: client.post("/reset", data={"email": email}),
    lambda client, email: client.post("/activate", data={"email": email}),
    lambda client, email: client.post("/sign-in", data={"email": email, "password": "wrong"}),
]


@pytest.mark.parametrize("ask", ASKS, ids=["register", "reset", "activate", "sign-in"])
def test_a_stranger_does_not_learn_who_has_an_account(
    app: Flask, cast: Cast, ask: Callable[[Visitor, str], TestResponse]
) -> None:
    answers = [ask(app.test_client(), email) for email in (cast.booker.email, "nobody@example.com")]  # type: ignore[arg-type]
    assert unguessable(answers[0]) == unguessable(answers[1])


@pytest.mark.parametrize("ask", ASKS[:3], ids=["register", "reset", "activate"])
def test_only_the_answer_that_must_not_tell_keeps_its_sender_waiting(
    client: Visitor, cast: Cast, ask: Callable[[Visitor, str], TestResponse], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Forms that are refused are cheap to send: each would hold a thread of the server."""
    monkeypatch.setattr(steadily, "WHILE_SECONDS", WHILE_SECONDS)
    naps: list[float] = []
    monkeypatch.setattr(steadily.time, "sleep", naps.append)
    assert ask(client, "no address").status_code == 422
    used_up(LINK_EMAIL, cast.booker.email)
    assert ask(client, cast.booker.email).status_code == 429
    assert naps == []
    assert ask(client, cast.boss.email).location == "/mail-sent"
    (nap,) = naps
    assert 0 < nap <= WHILE_SECONDS


@pytest.mark.long
@pytest.mark.parametrize("ask", ASKS, ids=["register", "reset", "activate", "sign-in"])
def test_not_even_by_the_time_it_takes(
    app: Flask, cast: Cast, ask: Callable[[Visitor, str], TestResponse], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Alternately, so that whatever else the machine does falls on both alike."""
    monkeypatch.setattr(steadily, "WHILE_SECONDS", WHILE_SECONDS)
    monkeypatch.setattr(passwords, "hasher", PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1))
    monkeypatch.setattr(throttle, "_count_one", lambda *counted: 0)
    cast.booker.password_hash = passwords.hash_password(GOOD_PASSWORD)
    db.session.commit()
    client: Visitor = app.test_client()  # type: ignore[assignment]
    spent: dict[bool, list[float]] = {True: [], False: []}
    for number in range(25):
        for known in (True, False):
            email = cast.booker.email if known else f"nobody{number}@example.com"
            began = time.perf_counter()
            ask(client, email)
            spent[known].append(time.perf_counter() - began)
    known_median, unknown_median = (statistics.median(spent[known]) for known in (True, False))
    assert abs(known_median - unknown_median) < 0.1 * max(known_median, unknown_median)
