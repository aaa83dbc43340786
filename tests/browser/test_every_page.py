"""Every page, as the people who open it: nothing that axe finds, nothing wider than the window, and not a
word in the console. The twelve main pages in all eight corners (direction, theme, width), the rest in two.
And once more with scripts off: still a page, and no button on it that does nothing.
"""

import re
from collections.abc import Callable
from itertools import product

import pytest
from flask import Flask

from tests.browser.conftest import DESKTOP, PHONE, Tab
from tests.browser.site_map import PATHS, furnished, pages, plain_pages
from tests.cast import Cast

MAIN = {
    "visitor": ["/", "/equipment", "/equipment/1", "/needs"],
    "booker": [
        "/calendar",
        "/find?q=raman",
        "/bookings/new?equipment=1&date=2026-11-23&start=11:00&end=12:00",
        "/bookings/{reference}",
    ],
    "manager": ["/my-day", "/approvals", "/labs/materials/day?day=2026-11-23", "/reports"],
}
DEAD_BUTTONS = """
[...document.querySelectorAll("button, [role=button]")]
  .filter(button => button.checkVisibility() && !button.popoverTargetElement)
  .filter(button => !(button.type === "submit" && button.form))
  .map(button => button.outerHTML.slice(0, 200))
"""
TWO = [("en", DESKTOP, "light"), ("fa", PHONE, "dark")]
OTHER_SIX = [one for one in product(("en", "fa"), (DESKTOP, PHONE), ("light", "dark")) if one not in TWO]


@pytest.mark.long
@pytest.mark.parametrize(("language", "size", "scheme"), OTHER_SIX)
def test_the_main_pages_in_the_other_corners(
    app: Flask, visit: Callable[..., Tab], cast: Cast, language: str, size: dict[str, int], scheme: str
) -> None:
    ids = furnished(app, cast)
    for who, paths in MAIN.items():
        tab = visit(language, size, color_scheme=scheme)
        if who != "visitor":
            tab.sign_in(getattr(cast, who), checked=False)
        for path in paths:
            look(tab, path.format(**ids))


@pytest.mark.long
@pytest.mark.parametrize(("language", "size", "scheme"), TWO)
@pytest.mark.parametrize("who", PATHS)
def test_every_page(
    app: Flask,
    visit: Callable[..., Tab],
    cast: Cast,
    who: str,
    language: str,
    size: dict[str, int],
    scheme: str,
) -> None:
    ids = furnished(app, cast)
    tab = visit(language, size, color_scheme=scheme)
    if who != "visitor":
        tab.sign_in(getattr(cast, who))
    for path in [*plain_pages(app), *PATHS[who]]:
        look(tab, path.format(**ids))


@pytest.mark.long
@pytest.mark.parametrize(("language", "size"), [("en", DESKTOP), ("fa", PHONE)])
@pytest.mark.parametrize("who", PATHS)
def test_every_page_without_scripts(
    app: Flask, visit: Callable[..., Tab], cast: Cast, who: str, language: str, size: dict[str, int]
) -> None:
    ids = furnished(app, cast)
    tab = visit(language, size, java_script_enabled=False)
    if who != "visitor":
        tab.sign_in(getattr(cast, who), checked=False)
    for path in [*plain_pages(app), *PATHS[who]]:
        open_(tab, path.format(**ids))
        assert tab.page.locator("main h1").count(), path
        assert tab.page.evaluate(DEAD_BUTTONS) == [], path
        assert tab.is_as_wide_as_its_window(), path


def test_no_page_is_forgotten(app: Flask) -> None:
    """Every address with parameters is opened above by somebody."""
    addresses = app.url_map.bind("localhost")
    opened = set()
    for path in (path for paths in PATHS.values() for path in paths if not path.startswith("{")):
        number = re.sub(r"{\w+}", "1", path.partition("?")[0])
        opened.add(addresses.match(number)[0])
    kept = {"admin_diary.check", "admin_imports.check", "admin_timetables.check"}
    mailed = {"booking.take_over", "donations.confirm"}
    assert {rule.endpoint for rule in pages(app) if rule.arguments} - opened == kept | mailed, (
        "add it to PATHS, or to FILES"
    )


def look(tab: Tab, path: str) -> None:
    """Open it; a refusal is a page too, of which the browser says that it is none."""
    open_(tab, path)
    tab.check()


def open_(tab: Tab, path: str) -> None:
    answer = tab.page.goto(f"{path}{'&' if '?' in path else '?'}lang={tab.language}")
    assert answer is not None
    assert answer.status in (200, 403, 404), f"{path}: {answer.status}"
    if answer.status != 200:
        tab.complaints = [said for said in tab.complaints if not said.startswith("Failed to load resource")]
