"""The words of the program are all there, and each can be linked to."""

import pytest

from app.site.glossary import CHAPTERS
from tests.cast import Cast
from tests.visitor import Visitor


@pytest.mark.parametrize("language", ["en", "fa"])
def test_every_word_has_a_place_of_its_own(client: Visitor, cast: Cast, language: str) -> None:
    page = client.page(f"/glossary?lang={language}")
    slugs = [term.slug for chapter in CHAPTERS for term in chapter.terms]
    assert len(set(slugs)) == len(slugs)
    for slug in slugs:
        place = page.one("div", id=slug)
        assert place.one("dt").text != ""
        assert len(place.one("dd").text) > 20


def test_every_page_leads_to_them(client: Visitor, cast: Cast) -> None:
    assert [one.attrs["href"] for one in client.page("/").all("a") if one.text == "Words used here"] == [
        "/glossary"
    ]
