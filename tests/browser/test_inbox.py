"""The inbox without a mouse, on an English and on a Persian keyboard."""

from collections.abc import Callable

import pytest

from tests.booking.making import ask, weekly
from tests.browser.conftest import DESKTOP, PHONE, Tab
from tests.cast import Cast

Visit = Callable[..., Tab]
LETTERS = {"A": "ش", "D": "ی", "J": "ت", "Q": "ض", "Z": "ظ"}
"""What these keys write on a Persian layout."""


def press(tab: Tab, letter: str, *, persian: bool) -> None:
    """Press the key at the place of this letter."""
    key = LETTERS[letter] if persian else letter.lower()
    tab.page.evaluate(
        """([code, key]) => (document.activeElement ?? document.body).dispatchEvent(
             new KeyboardEvent("keydown", {code, key, bubbles: true, cancelable: true}))""",
        [f"Key{letter}", key],
    )


@pytest.mark.parametrize(("language", "persian"), [("en", False), ("fa", True)])
def test_read_approved_and_taken_back_by_keyboard_alone(
    visit: Visit, cast: Cast, language: str, persian: bool
) -> None:
    first, second = ask(cast.booker, cast.raman), ask(cast.rival, cast.raman, start=4)
    tab = visit(language, DESKTOP)
    tab.sign_in(cast.manager, checked=False)
    tab.go(f"/approvals/{first.occurrences[0].id}")
    page = tab.page

    press(tab, "J", persian=persian)
    page.wait_for_url(f"**/approvals/{second.occurrences[0].id}")
    page.wait_for_load_state("networkidle")

    press(tab, "Q", persian=persian)
    assert page.evaluate("document.activeElement.name") == "text"
    press(tab, "A", persian=persian)  # a letter of the question
    assert page.url.endswith(f"/approvals/{second.occurrences[0].id}")
    page.evaluate("document.activeElement.blur()")

    press(tab, "D", persian=persian)
    assert page.evaluate("document.querySelector('#refusal').open")
    assert page.evaluate("document.activeElement.closest('#decline') !== null")
    page.evaluate("document.activeElement.blur()")

    press(tab, "A", persian=persian)
    page.wait_for_url("**/approvals?at=1")
    page.wait_for_load_state("networkidle")
    tab.check()
    assert page.locator(".inbox-list li").count() == 1

    press(tab, "Z", persian=persian)
    page.wait_for_url(f"**/approvals/{second.occurrences[0].id}")
    tab.check()
    assert page.locator(".inbox-list li").count() == 2


def test_several_are_ticked_and_the_button_says_how_many(visit: Visit, cast: Cast) -> None:
    for start in (0, 4):
        ask(cast.booker, cast.raman, start=start)
    tab = visit("en", PHONE)
    tab.sign_in(cast.manager, checked=False)
    tab.go("/approvals")
    page, button = tab.page, tab.page.locator("#batch button")
    assert not button.is_visible()
    for box in page.locator("#batch input[type=checkbox]").all():
        box.check()
    assert button.inner_text().strip() == "Approve 2"
    tab.check()
    button.click()
    page.wait_for_load_state("networkidle")
    assert page.locator(".flashes").inner_text().count("KG-") == 2


def test_the_button_says_what_each_date_of_a_series_will_be_told(visit: Visit, cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman, recurrence=weekly(3))
    tab = visit("en", DESKTOP)
    tab.sign_in(cast.manager, checked=False)
    tab.go(f"/approvals/{booking.occurrences[0].id}")
    page, said = tab.page, tab.page.locator("#send")
    assert said.inner_text() == "Approve 3"
    page.locator("[type=radio][value=decline]").last.check()
    assert said.inner_text() == "Approve 2, decline 1"
    page.locator("h2").first.click()
    page.keyboard.press("d")
    page.locator("#refusal textarea").fill("Term time")
    page.locator("h2").first.click()
    page.keyboard.press("a")
    page.wait_for_url("**/approvals?at=0")
    assert page.locator(".flashes button").count() == 1


def test_all_keys_are_shown_on_asking(visit: Visit, cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)
    tab = visit("en", DESKTOP)
    tab.sign_in(cast.manager, checked=False)
    tab.go(f"/approvals/{booking.occurrences[0].id}")
    tab.page.keyboard.press("Shift+Slash")
    assert tab.page.locator(".decide .menu-list").is_visible()
    tab.check()
