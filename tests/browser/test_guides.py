"""A guide on paper: one page of A4, in both directions of writing."""

import re
from collections.abc import Callable

import pytest

from app.site.guides import GUIDES
from tests.browser.conftest import Tab
from tests.cast import Cast


@pytest.mark.parametrize("language", ["en", "fa"])
def test_each_prints_on_one_page(visit: Callable[..., Tab], cast: Cast, language: str) -> None:
    tab = visit(language)
    for slug in GUIDES:
        tab.page.goto(f"/guide/{slug}?lang={language}")
        paper = tab.page.pdf(prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1, slug
        assert b"/MediaBox [0 0 594" in paper, "A4 is 595 × 842 points"
