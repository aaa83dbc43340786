"""Every component in a real browser: both directions, light and dark, wide and on a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, PHONE, Tab

Visit = Callable[..., Tab]


@pytest.mark.parametrize("language", [pytest.param("en", marks=pytest.mark.long), "fa"])
def test_nothing_is_wrong_with_any_component(visit: Visit, language: str) -> None:
    for theme in ("light", "dark"):
        for size in (DESKTOP, PHONE):
            visit(language, size, color_scheme=theme).go("/admin/components")


def test_a_typed_day_is_said_in_both_calendars(visit: Visit) -> None:
    tab = visit("fa")
    tab.go("/admin/components")
    tab.page.fill("#day", "2026-12-21")

    echo = tab.page.locator("#day-echo")
    expect(echo.locator("span")).to_have_text(["دوشنبه ۳۰ آذر ۱۴۰۵", "Monday 21 December 2026"])
    tab.page.fill("#day", "1404/12/30")
    expect(echo).to_have_text("")


def test_a_day_is_chosen_by_keys_in_a_true_jalali_month(visit: Visit) -> None:
    tab = visit("fa")
    tab.go("/admin/components")
    tab.page.press("#day-open", "Enter")
    month = tab.page.locator(".picker b")

    expect(month).to_have_text("آذر ۱۴۰۵")
    tab.page.keyboard.press("PageDown")
    expect(month).to_have_text("دی ۱۴۰۵")
    # The week begins on Saturday, and the next day lies to the left.
    tab.page.keyboard.press("ArrowLeft")
    tab.page.keyboard.press("ArrowDown")
    tab.check()
    tab.page.keyboard.press("Enter")
    expect(tab.page.locator("#day")).to_have_value("۱۴۰۵/۱۰/۰۹")
    expect(tab.page.locator(".picker")).to_have_count(0)
    expect(tab.page.locator("#day-open")).to_be_focused()


def test_a_month_is_turned_by_touch_or_mouse_and_stays(visit: Visit) -> None:
    tab = visit("en")
    tab.go("/admin/components")
    tab.page.click("#day-open")
    month = tab.page.locator(".picker b")
    for turn, shown in (("1", "December 2026"), ("1", "January 2027"), ("-1", "December 2026")):
        tab.page.click(f".picker [data-turn='{turn}']")
        expect(month).to_have_text(shown)
        expect(tab.page.locator(f".picker [data-turn='{turn}']")).to_be_focused()
    tab.page.locator(".picker-day", has_text="21").click()

    expect(tab.page.locator("#day")).to_have_value("2026-12-21")
    tab.page.click("#day-open")
    tab.page.click("h1")
    expect(tab.page.locator(".picker")).to_have_count(0)


def test_a_form_is_sent_once_however_often_it_is_pressed(visit: Visit) -> None:
    tab = visit("en")
    tab.go("/admin/components")
    dropped = tab.page.evaluate(
        """async () => {
          const page = document.querySelector("script[src$='page.mjs']").src;
          const form = document.createElement("form");
          (await import(page.replace("page.mjs", "once.mjs"))).attach(form);
          const dropped = [];
          for (let press = 0; press < 4; press += 1) {
            dropped.push(!form.dispatchEvent(new Event("submit", { cancelable: true })));
            await new Promise((done) => setTimeout(done, 20));
          }
          return dropped;
        }"""
    )
    assert dropped == [False, True, True, True]


def test_escape_leaves_the_month_and_the_day_as_they_were(visit: Visit) -> None:
    tab = visit("en", PHONE)
    tab.go("/admin/components")
    tab.page.press("#day-open", "Enter")
    tab.page.keyboard.press("ArrowRight")
    tab.page.keyboard.press("Escape")

    expect(tab.page.locator("#day")).to_have_value("2026-11-22")
    expect(tab.page.locator(".picker")).to_have_count(0)


def test_a_list_is_narrowed_whatever_keyboard_the_word_was_typed_on(visit: Visit) -> None:
    tab = visit("fa")
    tab.go("/admin/components")
    tab.page.fill("#sample-rows-search", "كروماتوگراف lc-۴۰")  # an Arabic kaf, Persian digits

    expect(tab.page.locator("#sample-rows tr:visible")).to_have_count(1)
    tab.page.fill("#sample-rows-search", "نیست")
    expect(tab.page.locator("#sample-rows-none")).to_be_visible()


def test_the_theme_changes_at_a_press_and_is_remembered(visit: Visit) -> None:
    tab = visit("en", color_scheme="light")
    tab.go("/admin/components")
    with tab.page.expect_response("**/preferences/theme"):
        tab.page.click("[data-theme-form] button")

    expect(tab.page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    tab.check()
    tab.page.reload()
    expect(tab.page.locator("html")).to_have_attribute("data-bs-theme", "dark")


def test_what_cannot_be_taken_back_is_asked_first(visit: Visit) -> None:
    tab = visit("en")
    tab.go("/admin/components")
    asked: list[str] = []
    tab.page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    tab.page.click("form[data-confirm] button")

    assert asked == ["Cancel this booking?"]
    assert tab.page.url.endswith("/components?lang=en")


def test_on_a_phone_the_rest_of_the_menu_is_behind_more(visit: Visit) -> None:
    tab = visit("en", PHONE)
    tab.go("/")
    more = tab.page.locator(".tabbar .menu-list")

    expect(more).to_be_hidden()
    tab.page.click(".tabbar summary")
    expect(more).to_be_visible()
    tab.check()
    tab.page.keyboard.press("Escape")
    expect(more).to_be_hidden()
