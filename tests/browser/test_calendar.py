"""The calendar under the hand and by keys alone: time chosen, a booking moved, changes seen."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page

from app.booking.services.decide import approve_booking
from tests.booking.making import ask
from tests.browser.conftest import DESKTOP, PHONE, Tab
from tests.cast import Cast

Visit = Callable[..., Tab]
TOMORROW = "/calendar?date=2026-11-23"


@pytest.fixture
def booker(visit: Visit, cast: Cast) -> Tab:
    tab = visit()
    tab.sign_in(cast.booker, checked=False)
    return tab


def pull(page: Page, selector: str, first: float, last: float) -> None:
    """Press at a share of the element's width and let go at another."""
    page.locator(selector).scroll_into_view_if_needed()
    box = page.locator(selector).bounding_box()
    assert box is not None
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + first * box["width"], y)
    page.mouse.down()
    page.mouse.move(box["x"] + last * box["width"], y, steps=5)
    page.mouse.up()


def test_a_span_pulled_by_hand_is_judged_and_asked_for(booker: Tab, cast: Cast) -> None:
    page = booker.page
    booker.go(TOMORROW)
    pull(page, f"#e{cast.raman.id} .tl-pick", 0.4, 0.6)
    page.wait_for_selector(".beside [data-go]")
    chosen = page.locator(".pick b").inner_text()
    booker.check()
    page.keyboard.press("Enter")
    page.wait_for_url("**/bookings/new?**")
    start, end = (page.input_value(f"[name={name}]") for name in ("start", "end"))
    assert f"{start}–{end}" == chosen


def test_escape_and_a_press_elsewhere_drop_what_was_chosen(booker: Tab, cast: Cast) -> None:
    page = booker.page
    booker.go(TOMORROW)
    pull(page, f"#e{cast.raman.id} .tl-pick", 0.4, 0.5)
    page.wait_for_selector(".beside [data-go]")
    page.keyboard.press("Escape")
    page.wait_for_selector(".pick", state="detached")
    pull(page, f"#e{cast.raman.id} .tl-pick", 0.4, 0.5)
    page.wait_for_selector(".beside [data-go]")
    page.mouse.click(700, 20)
    page.wait_for_selector(".pick", state="detached")


@pytest.mark.parametrize(("language", "later"), [("en", "ArrowRight"), ("fa", "ArrowLeft")])
def test_time_is_booked_by_keys_alone(visit: Visit, cast: Cast, language: str, later: str) -> None:
    tab = visit(language)
    tab.sign_in(cast.booker, checked=False)
    page = tab.page
    tab.go(f"{TOMORROW}&rows=name&q=Raman")
    until(page, "Tab", ".tl-pick:focus")
    for key in (later, later, f"Shift+{later}"):
        page.keyboard.press(key)
    assert page.locator("#calendar-says").inner_text() != ""
    page.keyboard.press("Enter")
    page.wait_for_selector(".beside [data-go]:focus")
    page.keyboard.press("Enter")
    page.wait_for_url("**/bookings/new?**")
    until(page, "Tab", "[name=purpose]:focus")
    page.keyboard.type("Spectra of batch 12")
    until(page, "Tab", "button[name=do][value=ask]:focus")
    page.keyboard.press("Enter")
    page.wait_for_url("**/bookings/KG-*")


def test_a_booking_is_moved_by_keys_alone(booker: Tab, cast: Cast) -> None:
    reference = ask(cast.booker, cast.raman).reference
    page = booker.page
    booker.go(TOMORROW)
    until(page, "Tab", "[data-at]:focus")
    for key in ("m", "ArrowRight", "ArrowRight", "Shift+ArrowRight", "Enter"):
        page.keyboard.press(key)
    page.wait_for_selector(".beside [data-go]:focus")
    booker.check()
    page.keyboard.press("Enter")
    page.wait_for_url("**/calendar**")
    page.wait_for_selector(".flash, .note, [role=status]")
    page.goto(f"/bookings/{reference}?lang=en")
    assert "09:00–11:15" in page.inner_text("main")


def test_a_booking_is_pulled_to_another_time_and_left_there(booker: Tab, cast: Cast) -> None:
    ask(cast.booker, cast.raman)
    page = booker.page
    booker.go(TOMORROW)
    before = page.locator("[data-at]").bounding_box()
    pull(page, "[data-at]", 0.5, 1.5)
    page.wait_for_selector(".beside [data-go]")
    page.keyboard.press("Escape")
    page.wait_for_selector(".pick", state="detached")
    assert page.locator("[data-at]").bounding_box() == before


def test_a_finger_pulls_what_it_has_held_and_scrolls_otherwise(visit: Visit, cast: Cast) -> None:
    ask(cast.booker, cast.raman)
    tab = visit("fa", PHONE, has_touch=True)
    tab.sign_in(cast.booker, checked=False)
    tab.go(f"{TOMORROW}&rows=name&q=Raman")
    page, bar = tab.page, tab.page.locator("[data-at]")
    bar.scroll_into_view_if_needed()
    swipe(page, bar, -60, held=0)
    assert page.locator(".pick").count() == 0
    bar.scroll_into_view_if_needed()
    swipe(page, bar, -60, held=600)
    page.wait_for_selector(".beside [data-go]")
    tab.check()
    page.locator(".beside [data-drop]").tap()
    page.wait_for_selector(".pick", state="detached")


def swipe(page: Page, start: Locator, by: int, *, held: int) -> None:
    """A finger rests for so many milliseconds, then moves to the side."""
    box = start.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    hand = page.context.new_cdp_session(page)
    hand.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    page.wait_for_timeout(held)
    for step in range(1, 7):
        point = {"x": x + by * step / 6, "y": y}
        hand.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
        page.wait_for_timeout(20)
    hand.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_somebody_elses_change_appears_without_a_reload(booker: Tab, cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)
    page = booker.page
    page.clock.install()
    booker.go(TOMORROW)
    assert page.locator(".claim--wait").count() == 2  # and the one of the legend
    approve_booking(actor=cast.manager, reference=booking.reference)
    page.clock.run_for(16_000)
    page.wait_for_selector("#calendar .claim--mine")
    assert page.locator("#calendar .claim--wait").count() == 0


@pytest.mark.parametrize(("size", "language"), [(DESKTOP, "fa"), (PHONE, "en")])
@pytest.mark.parametrize("view", ["day", "week", "month", "list"])
def test_every_view_on_every_window(
    visit: Visit, cast: Cast, size: dict[str, int], language: str, view: str
) -> None:
    ask(cast.booker, cast.raman)
    tab = visit(language, size)
    tab.go(f"{TOMORROW}&view={view}")


def test_a_tap_chooses_and_an_entry_opens_on_a_phone(visit: Visit, cast: Cast) -> None:
    ask(cast.booker, cast.raman)
    tab = visit("en", PHONE, has_touch=True)
    tab.sign_in(cast.booker, checked=False)
    tab.go(TOMORROW)
    tab.page.locator(f"#e{cast.microscope.id} .tl-pick").scroll_into_view_if_needed()
    tab.page.locator(f"#e{cast.microscope.id} .tl-pick").tap(position={"x": 150, "y": 20})
    tab.page.wait_for_selector(".beside [data-go]")
    tab.check()
    tab.page.keyboard.press("Escape")
    tab.page.locator(".agenda .entry").first.tap()
    tab.page.wait_for_selector(".beside h2")
    tab.check()


def test_without_a_script_a_row_and_an_entry_are_links(visit: Visit, cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)
    tab = visit("en", java_script_enabled=False)
    page = tab.page
    page.goto(f"{TOMORROW}&lang=en")
    page.locator(f"#e{cast.microscope.id} .tl-pick").click(position={"x": 300, "y": 20})
    page.wait_for_url("**/bookings/new?**")
    page.goto(TOMORROW)
    page.locator(f"#e{cast.raman.id} a.claim").click()
    page.wait_for_url("**/calendar/entries/*")
    assert booking.reference not in page.content()


def until(page: Page, key: str, selector: str, most: int = 60) -> None:
    """Press the key until the element has the focus."""
    for _ in range(most):
        page.keyboard.press(key)
        if page.locator(selector).count():
            return
    raise AssertionError(f"{key} never leads to {selector}")
