"""Addresses of our own files: each carries its content's hash, so a browser may keep it for a year."""

import hashlib
from functools import cache
from pathlib import Path

from flask import Flask, current_app, url_for

ONE_YEAR = 365 * 24 * 60 * 60

SHEETS = (
    "vendor/vazirmatn/index.css",
    "vendor/instrument-sans/index.css",
    "vendor/bootstrap/bootstrap{rtl}.min.css",
    *(
        f"css/{name}.css"
        for name in [
            "tokens",
            "base",
            "shell",
            "controls",
            "states",
            "panels",
            "verdicts",
            "timeline",
            "grid",
            "strips",
            "inbox",
            "charts",
            "story",
            "home",
            "pages",
            "narrow",
            "print",
        ]
    ),
)


def sheets(direction: str) -> list[str]:
    """The style sheets of a page, in the order in which they build on each other."""
    rtl = ".rtl" if direction == "rtl" else ""
    return [sheet.format(rtl=rtl) for sheet in SHEETS]


def asset(name: str) -> str:
    """The address of a file under static/."""
    return url_for("static", filename=name, v=_version(Path(str(current_app.static_folder)) / name))


@cache
def _version(path: Path) -> str:
    # A missing file (vendor files before `make setup`) is a 404 later, not a broken page now.
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12] if path.exists() else "missing"


def register(app: Flask) -> None:
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = ONE_YEAR
    app.jinja_env.globals["asset"] = asset
