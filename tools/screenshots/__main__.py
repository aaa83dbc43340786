"""python -m tools.screenshots FOLDER [PATH …]: the pages of each kind of person in all eight corners.

Language (so the direction), theme and width; with demo data, at one fixed instant, so that two runs show the
same but for what was changed. FOLDER/index.html shows all of them side by side. With paths only those.
Without paths the pictures in the guides (app/web/static/guides) are taken anew, too.
"""

import logging
import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from itertools import product
from pathlib import Path

os.environ.update(
    KARGAH_ENV="testing", SECRET_KEY="for pictures only, and long enough for it"
)  # before the app

from flask import Flask
from flask_migrate import upgrade
from playwright.sync_api import Browser, sync_playwright

from app import create_app
from tools.bench.pages.paint import CHROMIUM, served
from tools.screenshots.guides import take_guides
from tools.screenshots.sheet import sheet
from tools.screenshots.window import opened, told_in

NOW = "2026-11-22T10:10+03:30"
"""The middle of a working morning."""
WIDTHS = {"wide": {"width": 1400, "height": 900}, "phone": {"width": 390, "height": 844}}
CORNERS = tuple(product(("en", "fa"), ("light", "dark"), WIDTHS))
PAGES: dict[str | None, tuple[str, ...]] = {
    None: ("/", "/equipment", "/equipment/1", "/find?q=raman", "/needs", "/donate", "/calendar", "/glossary"),
    "booker@example.com": (
        "/my-day",
        "/bookings",
        "/calendar?bookable=1",
        "/bookings/new?equipment=1&date=2026-11-24&start=10:00&end=12:00",
        "/search?q=raman",
    ),
    "donor@example.org": ("/my-day", "/donations"),
    "manager@example.edu": (
        "/my-day",
        "/approvals",
        "/labs/materials/day",
        "/reports",
        "/calendar?view=week",
    ),
    "admin@example.edu": ("/admin", "/admin/start", "/admin/people", "/admin/health"),
}


def main(folder: Path, only: Sequence[str]) -> int:
    browser_path = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if browser_path is None:
        sys.stderr.write("kargah: no browser: install Chromium\n")
        return 1
    logging.getLogger("werkzeug").setLevel(logging.ERROR)  # a line for every picture would hide what matters
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="kargah-pictures-") as data:
        app = _demo(Path(data))
        with served(app) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
            for who, paths in PAGES.items():
                wanted = [path for path in paths if not only or path in only]
                _take(app, browser, address, who, wanted, folder)
            if not only:
                take_guides(app, browser, address, Path(app.static_folder or ".") / "guides")
            browser.close()
    (folder / "index.html").write_text(sheet(folder), encoding="utf-8")
    sys.stdout.write(f"kargah: {folder / 'index.html'}\n")
    return 0


def _demo(data: Path) -> Flask:
    app = create_app(
        {
            "SQLALCHEMY_DATABASE_URI": f"sqlite:///{data / 'demo.db'}",
            "UPLOADS": str(data / "uploads"),
            "MAIL_URL": f"file://{data / 'mail'}",
            "KARGAH_NOW": NOW,
            "RATELIMIT_ENABLED": False,
        }
    )
    with app.app_context():
        upgrade()
    done = app.test_cli_runner().invoke(args=["demo"])
    if done.exit_code:
        raise RuntimeError(done.output)
    return app


def _take(
    app: Flask, browser: Browser, address: str, who: str | None, paths: Sequence[str], folder: Path
) -> None:
    """One window for each corner; the file says who, where and how."""
    for language, theme, width in CORNERS if paths else ():
        context = opened(app, browser, address, who, viewport=WIDTHS[width], color_scheme=theme)
        page = context.new_page()
        for path in paths:
            page.goto(told_in(language, path))
            name = f"{_named(path)}.{(who or 'visitor').partition('@')[0]}.{language}.{theme}.{width}.png"
            page.screenshot(path=folder / name)
        context.close()


def _named(path: str) -> str:
    """The path as the beginning of a file's name."""
    return "".join(letter if letter.isalnum() else "-" for letter in path.strip("/")) or "home"


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
