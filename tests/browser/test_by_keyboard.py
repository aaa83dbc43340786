"""Finding a time and offering a gift with the keyboard alone. (Booking, moving: test_calendar; approving:
test_inbox; searching: test_search.)"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect
from sqlalchemy import select

from app.donations.models import Offer
from app.donations.rules.states import OfferState
from app.extensions import db
from tests.browser.conftest import PHONE, Tab
from tests.cast import Cast
from tests.donations.making import published_need

Visit = Callable[..., Tab]
MOST_TABS = 60


def reach(tab: Tab, wanted: Locator) -> None:
    """Go there as somebody without a mouse does; what is reached can be seen."""
    for _ in range(MOST_TABS):
        tab.page.keyboard.press("Tab")
        if wanted.evaluate("it => it === document.activeElement"):
            break
    expect(wanted).to_be_focused()
    expect(wanted).to_be_in_viewport()


def write(tab: Tab, name: str, text: str) -> None:
    reach(tab, tab.page.locator(f"main [name={name}]"))
    tab.page.keyboard.type(text)


def test_a_time_is_found_by_keys_alone(visit: Visit, cast: Cast) -> None:
    tab = visit()
    tab.go("/")
    page = tab.page
    write(tab, "q", "raman")
    page.keyboard.press("Enter")
    page.wait_for_url("**/find?q=raman*")
    tab.check()
    reach(tab, page.get_by_role("link", name="Ask for this slot"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/bookings/new?*")
    tab.check()


@pytest.mark.parametrize("who", ["donor", "guest"])
def test_a_gift_is_offered_by_keys_alone(visit: Visit, cast: Cast, who: str) -> None:
    published_need(cast)
    tab = visit(size=PHONE if who == "guest" else {"width": 1400, "height": 900})
    if who == "donor":
        tab.sign_in(cast.donor, checked=False)
    page = tab.page
    tab.go("/needs")
    reach(tab, page.get_by_role("link", name="A second Raman spectrometer").first)
    page.keyboard.press("Enter")
    page.wait_for_url("**/needs/*")
    reach(tab, page.locator("main a[href*='/donate?need=']").first)
    page.keyboard.press("Enter")
    page.wait_for_url("**/donate?need=*")
    write(tab, "description", "Raman spectrometer, 785 nm")
    reach(tab, page.locator("[name=condition]"))
    page.keyboard.press("ArrowDown")
    if who == "guest":
        write(tab, "organisation", "Sohrabi Foundation")
        write(tab, "name", "Parvin Sohrabi")
        write(tab, "email", "parvin@example.org")
    reach(tab, page.locator("#give button[type=submit]"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/donate/mail-sent" if who == "guest" else "**/donations/*")
    tab.check()
    db.session.rollback()
    (offer,) = db.session.scalars(select(Offer)).all() if who == "donor" else (None,)
    assert offer is None or offer.state is OfferState.SUBMITTED
