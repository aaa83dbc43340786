"""When a real browser has drawn a page, and how long it was busy without a pause."""

import shutil
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from flask import Flask
from playwright.sync_api import sync_playwright
from werkzeug.serving import make_server

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
WATCH = """
window.longest = 0;
new PerformanceObserver((list) => {
  for (const task of list.getEntries()) window.longest = Math.max(window.longest, task.duration);
}).observe({ type: "longtask", buffered: true });
"""
PAINTED = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN"
SETTLE_MS = 400


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The application on a port of this machine; its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()


def paint(
    app: Flask, pages: Mapping[str | None, Sequence[str]], cookies: Mapping[str | None, str]
) -> dict[tuple[str | None, str], tuple[float, float]]:
    """For each person and path: ms to the first paint, and the longest task. Empty without a browser."""
    path_of_browser = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if path_of_browser is None:
        return {}
    found = {}
    with served(app) as address, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path_of_browser, args=["--no-sandbox"])
        for who, paths in pages.items():
            context = chromium.new_context(viewport={"width": 1400, "height": 900})
            context.add_init_script(WATCH)
            if who is not None:
                context.add_cookies([{"name": "session", "value": cookies[who], "url": address}])
            page = context.new_page()
            for path in paths:
                page.goto(address + path)
                page.wait_for_timeout(SETTLE_MS)
                found[who, path] = (page.evaluate(PAINTED), page.evaluate("window.longest"))
            context.close()
        chromium.close()
    return found
