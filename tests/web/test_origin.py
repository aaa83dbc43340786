"""A form with a good token is taken unless the browser itself says that another site sent it."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from tests.visitor import Visitor
from tests.web.browsers import BROWSERS, ON_HTTPS, told

THEME = "/preferences/theme"


@pytest.fixture
def visitor(make_app: Callable[..., Flask]) -> Iterator[Visitor]:
    app = make_app(**ON_HTTPS)
    with app.app_context():
        yield app.test_client()  # type: ignore[misc]


def sent(visitor: Visitor, **headers: str) -> int:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return visitor.post(THEME, data={"theme": "dark"}, headers=named).status_code


@pytest.mark.parametrize("browser", BROWSERS)
def test_every_browser_may_send_the_forms_of_ordinary_pages(visitor: Visitor, browser: str) -> None:
    page = visitor.get("/labs")
    assert sent(visitor, **told(page, browser)) == 302


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "null"},
        {"Sec_Fetch_Site": "none"},
        {"Origin": "https://labs.example.edu"},
        {"Origin": "https://localhost"},
        {"Sec_Fetch_Site": "same-origin", "Origin": "null"},
    ],
    ids=str,
)
def test_who_says_nothing_against_it_has_the_token(visitor: Visitor, headers: dict[str, str]) -> None:
    assert sent(visitor, **headers) == 302


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site", "Origin": "https://labs.example.edu"},
        {"Origin": "https://evil.example"},
        {"Origin": "https://labs.example.edu.evil.example"},
        {"Origin": "http://labs.example.edu"},
        {"Origin": "https://labs.example.edu:8443"},
    ],
    ids=str,
)
def test_a_form_of_another_site_is_refused_whatever_its_token(
    visitor: Visitor, headers: dict[str, str]
) -> None:
    assert sent(visitor, **headers) == 403
    assert visitor.post(THEME, data={"theme": "dark"}, csrf=False).status_code == 403


def test_a_caller_with_a_bearer_token_may_call_from_anywhere(visitor: Visitor) -> None:
    answer = visitor.post("/api/v1/bookings/check", json={}, headers={"Origin": "https://elsewhere.example"})
    assert answer.status_code == 401
