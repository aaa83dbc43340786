"""python tools/og.py: draws app/web/static/og.png, the picture that shows when a page is sent to somebody.

The wordmark on plaster over a rule, at the size that messengers crop least. Drawn anew only when the mark
changes; the picture is kept in the repository, for the machine that serves it has no browser.
"""

import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

STATIC = Path(__file__).parents[1] / "app" / "web" / "static"
SIZE = {"width": 1200, "height": 630}
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
LANES = ((140, 260, "#07666c"), (430, 170, "#c9d2db"), (640, 300, "#f4b53d"))


def page() -> str:
    """The picture as one drawing: the mark, three spans of time, and the rule below them."""
    mark = (STATIC / "wordmark.svg").read_text(encoding="utf-8")
    spans = "".join(
        f'<rect x="{start}" y="400" width="{length}" height="64" rx="6" fill="{colour}"/>'
        for start, length, colour in LANES
    )
    ticks = "".join(
        f'<rect x="{140 + 23 * n}" y="490" width="2" height="{24 if n % 4 == 0 else 12}" fill="#b4bec8"/>'
        for n in range(41)
    )
    return (
        '<body style="margin:0;background:#f3f5f6"><div style="position:absolute;inset:150px 140px auto">'
        f'<div style="width:760px">{mark}</div></div>'
        f'<svg width="1200" height="630" style="position:absolute;inset:0">{spans}{ticks}</svg></body>'
    )


def main() -> None:
    path = next(filter(None, map(shutil.which, CHROMIUM)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        drawing = browser.new_page(viewport=SIZE)
        drawing.set_content(page())
        drawing.screenshot(path=STATIC / "og.png")
        browser.close()


if __name__ == "__main__":
    main()
