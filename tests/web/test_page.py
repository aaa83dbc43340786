"""The frame of a page: language, direction, theme, the way back, and where in the menu one is."""

import pytest
from flask import Flask

from app.web import navigation
from tests.visitor import Visitor


@pytest.mark.parametrize(
    ("language", "direction", "bootstrap"), [("en", "ltr", "ltr.css"), ("fa", "rtl", "rtl.css")]
)
def test_a_language_brings_its_direction_and_styles(
    client: Visitor, language: str, direction: str, bootstrap: str
) -> None:
    page = client.page(f"/?lang={language}")
    assert page.one("html").attrs["dir"] == direction
    assert page.one("link", rel="stylesheet").attrs["href"].endswith(bootstrap)


def test_a_language_asked_for_once_is_remembered(client: Visitor) -> None:
    client.get("/?lang=fa")
    assert client.page("/").one("html").attrs["lang"] == "fa"


@pytest.mark.parametrize("https", [True, False])
def test_the_language_is_remembered_as_safely_as_everything_else(
    app: Flask, client: Visitor, https: bool
) -> None:
    app.config["SESSION_COOKIE_SECURE"] = https
    (kept,) = [
        cookie for cookie in client.get("/?lang=fa").headers.getlist("Set-Cookie") if "lang=" in cookie
    ]
    assert ("Secure" in kept) == https


def test_a_language_that_is_not_spoken_changes_nothing(client: Visitor) -> None:
    assert client.page("/?lang=tlh").one("html").attrs["lang"] == "en"


def test_the_switch_keeps_the_page_and_what_it_was_asked(client: Visitor) -> None:
    page = client.page("/sign-in?next=%2Ffind%3Fq%3Draman&lang=en")
    hrefs = {link.attrs["href"] for link in page.all("a", hreflang="fa")}
    assert hrefs == {"/sign-in?next=%2Ffind%3Fq%3Draman&lang=fa"}


def test_the_system_decides_the_theme_until_somebody_does(client: Visitor) -> None:
    assert "data-bs-theme" not in client.page("/").one("html").attrs
    client.post("/preferences/theme", data={"theme": "dark"})
    page = client.page("/")
    assert page.one("html").attrs["data-bs-theme"] == "dark"
    assert page.one("button", name="theme").attrs["value"] == "light"


def test_a_theme_that_does_not_exist_is_not_taken(client: Visitor) -> None:
    client.post("/preferences/theme", data={"theme": '"><script>'})
    assert "data-bs-theme" not in client.page("/").one("html").attrs


@pytest.mark.parametrize(
    ("target", "followed"), [("/equipment?q=raman", "/equipment?q=raman"), ("//evil.example/", "/")]
)
def test_the_theme_is_changed_where_one_is(client: Visitor, target: str, followed: str) -> None:
    answer = client.post("/preferences/theme", data={"theme": "dark", "next": target})
    assert answer.headers["Location"] == followed


@pytest.mark.parametrize(
    ("path", "here"), [("/feeds", "page"), ("/feeds/3", "true"), ("/feedstuffs", None), ("/", None)]
)
def test_the_menu_knows_where_one_is(
    app: Flask, monkeypatch: pytest.MonkeyPatch, path: str, here: str | None
) -> None:
    entry = navigation.Entry(endpoint="calendars.index", label="Feeds", icon="cal")
    monkeypatch.setattr(navigation, "_menu", [lambda: [entry]])
    with app.test_request_context(path):
        assert [found.here for found in navigation.frame().menu] == [here]
