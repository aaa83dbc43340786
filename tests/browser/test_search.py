"""The search by keyboard alone, from any page, also where the key writes another letter."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Tab
from tests.cast import Cast

Visit = Callable[..., Tab]


def test_a_slash_opens_it_and_the_arrows_choose(visit: Visit, cast: Cast) -> None:
    tab = visit()
    tab.go("/glossary")
    page = tab.page
    page.keyboard.press("/")
    page.keyboard.type("ramna")
    first = page.locator("dialog .found a").first
    expect(first).to_have_text("Raman spectrometer")
    expect(page.locator("dialog [role=status]")).to_contain_text("hit")
    tab.check()
    page.keyboard.press("ArrowDown")
    expect(first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator("dialog input")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/equipment/*")


def test_a_persian_keyboard_has_the_same_key(visit: Visit, cast: Cast) -> None:
    tab = visit("fa", PHONE)
    tab.go("/equipment")
    page = tab.page
    page.evaluate(
        "document.dispatchEvent(new KeyboardEvent('keydown', {code: 'Slash', key: '؟', bubbles: true}))"
    )
    page.keyboard.type("رامان")
    expect(page.locator("dialog .found a").first).to_contain_text("رامان")
    tab.check()
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=*")
    tab.check()


def test_escape_leads_back_and_a_slash_in_a_field_is_a_slash(visit: Visit, cast: Cast) -> None:
    tab = visit()
    tab.go("/equipment")
    page = tab.page
    page.keyboard.press("/")
    expect(page.locator("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_be_hidden()
    field = page.locator("main [name=q]")
    field.focus()
    page.keyboard.type("a/b")
    expect(field).to_have_value("a/b")
    expect(page.locator("dialog")).to_be_hidden()
