"""The pictures in the guides: a part of a page, small enough to be kept with the program."""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from flask import Flask
from PIL import Image
from playwright.sync_api import Browser

from tools.screenshots.window import opened, told_in

SEEN = 720
"""How much of the page, in CSS pixels from side to side, where a scene does not say."""
WIDTH, HEIGHT = 960, 600
"""Of every picture: sharp in a column of A4."""
QUALITY = 72
BARE = ".topbar, .tabbar, .footer, .hint-note, .skip { display: none !important }"


@dataclass(frozen=True)
class Scene:
    """`who` opens `path`, and sees it `across` CSS pixels wide, from the first match of `part` on."""

    who: str | None
    path: str
    part: str = "main .page"
    across: int = SEEN


_ASKING = "/bookings/new?equipment=1&date=2026-11-24&start=11:30&end=13:30"
SCENES = {
    "find": Scene(None, "/find?q=spectro&length=2:00", ".results", 840),
    "calendar": Scene(None, "/calendar?lab=materials&date=2026-11-24", ".tl", 1080),
    "request": Scene("booker@example.com", _ASKING, ".panel:has(.verdicts)"),
    "company-day": Scene("booker@example.com", "/my-day"),
    "needs": Scene(None, "/needs", "main .page", 1000),
    "gift": Scene("donor@example.org", "/donations/1/impact", ".cols", 1000),
    "inbox": Scene("manager@example.edu", "/approvals", ".inbox", 1080),
    "reports": Scene("manager@example.edu", "/reports", "main .panel"),
    "lab-day": Scene("manager@example.edu", "/labs/materials/day", "main .rows"),
    "wall": Scene(None, "/labs/materials/wall", ".wall"),
    "start": Scene("admin@example.edu", "/admin/start"),
    "organisations": Scene("liaison@example.edu", "/admin/organisations", across=840),
}
"""By the names the guides know them by."""


def take_guides(app: Flask, browser: Browser, address: str, folder: Path) -> None:
    """Each scene in each language, over what was there."""
    for language in ("en", "fa"):
        (folder / language).mkdir(parents=True, exist_ok=True)
        for name, scene in SCENES.items():
            shot = Image.open(BytesIO(_seen(app, browser, address, scene, language)))
            file = folder / language / f"{name}.webp"
            shot.resize((WIDTH, HEIGHT)).save(file, quality=QUALITY, method=6)


def _seen(app: Flask, browser: Browser, address: str, scene: Scene, language: str) -> bytes:
    context = opened(
        app,
        browser,
        address,
        scene.who,
        viewport={"width": scene.across, "height": scene.across * HEIGHT // WIDTH},
        device_scale_factor=WIDTH / scene.across,
        bypass_csp=True,  # for the style that leaves out what stands around the page
    )
    page = context.new_page()
    page.goto(told_in(language, scene.path))
    page.add_style_tag(content=BARE)
    page.locator(scene.part).first.evaluate("part => scrollTo(0, part.getBoundingClientRect().top - 20)")
    shot = page.screenshot()
    context.close()
    return shot
