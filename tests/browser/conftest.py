"""A real Chromium before a real server. Every page that a journey visits is checked by axe as well."""

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from app.accounts.models import User
from tests.cast import NOW, Cast
from tests.conftest import build_with_cast
from tests.databases import SqliteFiles
from tests.house.reading import ROOT
from tests.serving import Server, serving
from tests.visitor import PASSWORD

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Without these it speaks to its maker's hosts at every start, which a closed network refuses.
QUIET = ["--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update"]
DESKTOP = {"width": 1400, "height": 900}
PHONE = {"width": 390, "height": 844}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever lies in this folder needs a browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if path is None:
        pytest.skip("no browser: Chromium is not installed")
    with sync_playwright() as playwright:
        # The sandbox of Chromium cannot be set up by root, which is who runs CI.
        chromium = playwright.chromium.launch(executable_path=path, args=[*QUIET, "--no-sandbox"])
        yield chromium
        chromium.close()


@dataclass(frozen=True)
class Hall:
    """One server for every journey: to start one takes longer than most of them."""

    url: str
    folder: Path
    server: Server


@pytest.fixture(scope="session")
def hall(sqlite_files: SqliteFiles, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """At the instant of every test."""
    folder = tmp_path_factory.mktemp("browser")
    url = sqlite_files.copy("cast", build_with_cast, name="browser")
    with serving(url, folder, KARGAH_NOW=NOW.isoformat()) as running:
        yield Hall(url, folder, running)


@pytest.fixture
def database_url(request: pytest.FixtureRequest, database_url: str, sqlite_files: SqliteFiles) -> str:
    """That of the server where one is visited: filled anew for each test, with the cast in it."""
    if "visit" not in request.fixturenames:
        return database_url
    its: Hall = request.getfixturevalue("hall")
    sqlite_files.refill(its.url, "cast")
    return its.url


@pytest.fixture
def files(request: pytest.FixtureRequest, files: dict[str, str]) -> dict[str, str]:
    """Those of the server, likewise."""
    if "visit" not in request.fixturenames:
        return files
    folder = request.getfixturevalue("hall").folder
    return {"MAIL_URL": f"file://{folder / 'mail'}", "UPLOADS": str(folder / "uploads")}


@pytest.fixture
def server(hall: Hall, cast: Cast) -> Server:
    return hall.server


@pytest.fixture
def visit(browser: Browser, server: Server) -> Iterator[Callable[..., "Tab"]]:
    """visit(language="fa", …) opens a window of somebody who has not been here before."""
    contexts = []

    def open_window(language: str = "en", size: dict[str, int] = DESKTOP, **options: Any) -> "Tab":
        # Without transitions: a colour that is half-way to another one has no contrast to speak of.
        settled = {"reduced_motion": "reduce"} | options
        context = browser.new_context(base_url=server.address, viewport=size, locale=language, **settled)
        contexts.append(context)
        return Tab(context.new_page(), language)

    yield open_window
    for context in contexts:
        context.close()


class Tab:
    """A tab that complains: about accessibility, a page wider than its window, and errors in the console."""

    def __init__(self, page: Page, language: str) -> None:
        self.page = page
        self.language = language
        self.complaints: list[str] = []
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _hear(self, said: ConsoleMessage) -> None:
        if said.type in ("error", "warning"):
            self.complaints.append(said.text)

    def go(self, path: str) -> None:
        """Open the page in the language of this tab and check it."""
        joint = "&" if "?" in path else "?"
        self.page.goto(f"{path}{joint}lang={self.language}")
        self.check()

    def sign_in(self, user: User, password: str = PASSWORD, *, checked: bool = True) -> None:
        """Sign in. Not `checked` where many do so: axe takes longer than all the rest."""
        self.page.goto(f"/sign-in?lang={self.language}")
        if checked:
            self.check()
        self.page.fill("form[action='/sign-in'] [name=email]", user.email)
        self.page.fill("form[action='/sign-in'] [name=password]", password)
        self.page.press("form[action='/sign-in'] [name=password]", "Enter")
        self.page.wait_for_url(lambda url: "/sign-in" not in url)
        if checked:
            self.check()

    def check(self) -> None:
        """What stands before the person now has no fault."""
        assert self.complaints == [], self.page.url
        assert violations(self.page) == [], self.page.url
        assert self.is_as_wide_as_its_window(), f"{self.page.url} is wider than its window"

    def is_as_wide_as_its_window(self) -> bool:
        root = "document.documentElement"
        return bool(self.page.evaluate(f"{root}.scrollWidth <= {root}.clientWidth"))


def violations(page: Page) -> list[str]:
    """What axe finds wrong with the page, with all its rules."""
    # Through the debugging protocol: the page's own policy would not let a script in.
    page.evaluate(_axe())
    found = page.evaluate("axe.run()")["violations"]
    return [
        f"{rule['id']} ({rule['impact']}): {json.dumps([node['html'][:200] for node in rule['nodes'][:3]])}"
        for rule in found
    ]


@cache
def _axe() -> str:
    return (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text()
