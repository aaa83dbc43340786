"""A window of somebody, and addresses in a language."""

from typing import Any

from flask import Flask
from playwright.sync_api import Browser, BrowserContext

from tools.bench.pages.measure import visitor


def opened(app: Flask, browser: Browser, address: str, who: str | None, **options: Any) -> BrowserContext:
    """A window in which this person has signed in (None: nobody), where nothing moves."""
    context = browser.new_context(base_url=address, reduced_motion="reduce", **options)
    cookie = visitor(app, who).get_cookie("session") if who else None
    if cookie is not None:
        context.add_cookies([{"name": "session", "value": cookie.value, "url": address}])
    return context


def told_in(language: str, path: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}lang={language}"
