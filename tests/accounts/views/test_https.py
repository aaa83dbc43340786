"""Over https the forms about accounts work in every browser, and the secrets in addresses stay with us."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.accounts.making import GOOD_PASSWORD, letters, token_for
from tests.cast import Cast
from tests.visitor import PASSWORD, Visitor
from tests.web.browsers import BROWSERS, ON_HTTPS, told

COMPANY = {"organisation": "Zarin Steel", "name": "Sara", "email": "new@example.com"}


@pytest.fixture
def visitor(make_app: Callable[..., Flask], cast: Cast) -> Visitor:
    return make_app(**ON_HTTPS).test_client()  # type: ignore[return-value]


@pytest.fixture(params=BROWSERS)
def send(visitor: Visitor, request: pytest.FixtureRequest) -> Callable[..., TestResponse]:
    """send(path, fields): fill in the form of the page and send it as this browser would."""

    def send(path: str, fields: dict[str, str] | None = None) -> TestResponse:
        headers = told(visitor.get(path), request.param)
        return visitor.submit(path, fields, form=path, headers=headers)

    return send


def test_somebody_signs_in(send: Callable[..., TestResponse], cast: Cast) -> None:
    assert send("/sign-in", {"email": cast.booker.email, "password": PASSWORD}).location == "/"


def test_a_company_registers_and_confirms_its_address(
    app: Flask, visitor: Visitor, send: Callable[..., TestResponse]
) -> None:
    assert send("/register", COMPANY | {"password": GOOD_PASSWORD}).location == "/mail-sent"
    assert send("/activate", {"email": COMPANY["email"]}).location == "/mail-sent"
    assert len(letters(COMPANY["email"])) == 2
    link = f"/activate/{token_for(COMPANY['email'])}"
    assert send(link, {"password": GOOD_PASSWORD}).location == "/sign-in"


def test_a_forgotten_password_is_set_anew(app: Flask, send: Callable[..., TestResponse], cast: Cast) -> None:
    assert send("/reset", {"email": cast.booker.email}).location == "/mail-sent"
    path = f"/reset/{token_for(cast.booker.email)}"
    assert send(path, {"password": GOOD_PASSWORD}).location == "/sign-in"


@pytest.mark.parametrize("path", ["/reset/{}", "/activate/{}", "/invitations/{}"])
def test_no_browser_tells_the_secret_of_a_page_that_has_one(visitor: Visitor, path: str) -> None:
    secret = "x" * 43
    answer = visitor.get(path.format(secret))
    for browser in BROWSERS:
        said = told(answer, browser)
        assert secret not in str(said)
        assert said.get("Origin") == "{0.scheme}://{0.netloc}".format(urlsplit(answer.request.url))
