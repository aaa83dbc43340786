"""Somebody without an account, from the first page to a request: few clicks, one form."""

from collections.abc import Callable

from tests.browser.conftest import PHONE, Tab
from tests.cast import Cast

COUNT = """
addEventListener("click", () => {
  sessionStorage.setItem("clicks", +sessionStorage.getItem("clicks") + 1);
}, true);
addEventListener("submit", (event) => {
  if (event.target.method !== "post") return;
  sessionStorage.setItem("forms", +sessionStorage.getItem("forms") + 1);
}, true);
"""


def test_a_visitor_needs_at_most_six_clicks_and_one_form(visit: Callable[..., Tab], cast: Cast) -> None:
    tab = visit("en", PHONE)
    page = tab.page
    page.add_init_script(COUNT)
    tab.go("/")
    page.locator("a.query, .hero [type=submit], .hero a").locator("visible=true").first.click()
    page.wait_for_url("**/find**")
    page.locator(".result--best .go a").click()
    page.wait_for_url("**/bookings/new?**")
    filled = {
        "purpose": "Spectra of batch 12",
        "organisation": "Golnar Dyes",
        "name": "Sara Ahmadi",
        "email": "sara@golnar.example",
        "password": "four quiet words here",
    }
    for name, value in filled.items():
        page.fill(f"[name={name}]", value)
    page.click("button[name=do][value=ask]")
    page.wait_for_url("**/bookings/mail-sent")
    tab.check()
    clicks, forms = (int(page.evaluate(f"+sessionStorage.getItem('{name}')")) for name in ("clicks", "forms"))
    assert 0 < clicks <= 6
    assert forms == 1
