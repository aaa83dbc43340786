"""The guides: there for everybody in both languages, each with its pictures."""

import pytest

from app.site.guides import GUIDES
from tests.cast import Cast
from tests.house.reading import ROOT
from tests.visitor import Visitor
from tools.screenshots.guides import SCENES

STATIC = ROOT / "app" / "web" / "static"
LARGEST = 60_000
"""Bytes of one picture: they are kept with the program, and sent over a phone's line."""


@pytest.mark.parametrize("language", ["en", "fa"])
@pytest.mark.parametrize("slug", GUIDES)
def test_a_guide_says_how_it_goes_and_where_to_begin(
    client: Visitor, cast: Cast, slug: str, language: str
) -> None:
    page = client.page(f"/guide/{slug}?lang={language}")
    steps = page.one("ol", class_="guide-steps").all("li")
    assert len(steps) == 6
    assert all(len(step.one("p").text) > 40 for step in steps)
    pictures = [one.attrs["src"] for one in page.one("div", class_="guide-pictures").all("img")]
    assert len(pictures) == 2
    for address in pictures:
        assert f"/guides/{language}/" in address
        with client.get(address) as picture:
            assert picture.content_type == "image/webp"


@pytest.mark.parametrize("slug", GUIDES)
def test_where_to_begin_is_a_page_for_who_has_signed_in(client: Visitor, cast: Cast, slug: str) -> None:
    start = client.page(f"/guide/{slug}").one("div", class_="guide-foot").one("a").attrs["href"]
    client.sign_in(cast.admin)
    assert client.get(start).status_code in (200, 302)


def test_all_of_them_are_offered_and_every_page_leads_there(client: Visitor, cast: Cast) -> None:
    offered = {one.attrs["href"] for one in client.page("/guide").one("main").all("a")}
    assert {f"/guide/{slug}" for slug in GUIDES} <= offered
    assert "/guide" in [one.attrs["href"] for one in client.page("/").one("footer").all("a")]


def test_a_guide_that_there_is_not(client: Visitor, cast: Cast) -> None:
    assert client.get("/guide/nobody").status_code == 404


def test_every_picture_is_taken_by_the_command_and_no_other_is_kept() -> None:
    shown = {picture.name for guide in GUIDES.values() for picture in guide.pictures}
    assert shown == set(SCENES)
    for language in ("en", "fa"):
        kept = list((STATIC / "guides" / language).iterdir())
        assert {file.stem for file in kept} == shown
        assert max(file.stat().st_size for file in kept) < LARGEST
