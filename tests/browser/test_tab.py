"""The checks of a tab can fail: each fault is planted once in a page that has no other."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import PHONE, Tab

GOOD = """<!doctype html><html lang="fa" dir="rtl"><head><title>Bookings</title></head>
<body><main><h1>Bookings</h1><label>Note <input name="note"></label></main></body></html>"""


@pytest.fixture
def show(browser: Browser) -> Callable[[str], Tab]:
    """show(html) is a tab of a phone with this page in it."""

    def show(html: str) -> Tab:
        tab = Tab(browser.new_page(viewport=PHONE), "fa")
        tab.page.set_content(html)
        return tab

    return show


def test_a_page_without_faults_passes(show: Callable[[str], Tab]) -> None:
    show(GOOD).check()


@pytest.mark.parametrize(
    ("good", "bad", "fault"),
    [
        ("<label>Note <input name", "<input name", "label"),
        ('<input name="note">', '<p style="color: #999; background: #fff">pale</p>', "color-contrast"),
        ("</main>", "<div style='width: 999px'>wide</div></main>", "wider than its window"),
        ("</main>", "<script>console.error('planted')</script></main>", "planted"),
        ("</main>", "<script>nobody.knows</script></main>", "nobody"),
    ],
)
def test_a_planted_fault_is_found(show: Callable[[str], Tab], good: str, bad: str, fault: str) -> None:
    assert good in GOOD

    with pytest.raises(AssertionError, match=fault):
        show(GOOD.replace(good, bad)).check()
