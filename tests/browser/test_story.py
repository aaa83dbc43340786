"""The main story, from finding a time to the calendar of a phone, as three people in three windows."""

import urllib.request
from collections.abc import Callable

import icalendar
import pytest

from tests.browser.conftest import DESKTOP, PHONE, Tab
from tests.cast import Cast

Visit = Callable[..., Tab]
PURPOSE = "Spectra of batch 12"


@pytest.mark.parametrize(
    ("language", "size"), [("en", DESKTOP), pytest.param("fa", PHONE, marks=pytest.mark.long)]
)
def test_found_asked_approved_followed_and_not_told_to_strangers(
    visit: Visit, cast: Cast, language: str, size: dict[str, int]
) -> None:
    company = visit(language, size)
    company.sign_in(cast.booker)
    reference = find_and_ask(company, cast)

    manager = visit(language, size)
    manager.sign_in(cast.manager)
    approve(manager, reference)

    company.go(f"/bookings/{reference}")
    assert company.page.locator(".state--ok").count() == 1
    assert_in_the_feed(company, reference)

    stranger = visit(language, size)
    stranger.sign_in(cast.rival)
    assert_only_busy(stranger, reference)


def find_and_ask(company: Tab, cast: Cast) -> str:
    """From the first page to a request that waits; its reference."""
    page = company.page
    company.go("/")
    page.fill(".hero [name=q]", "raman")
    page.press(".hero [name=q]", "Enter")
    page.wait_for_url("**/find?**")
    company.check()
    page.locator(".result--best .go a").click()
    page.wait_for_url("**/bookings/new?**")
    company.check()
    page.fill("[name=purpose]", PURPOSE)
    page.locator("button[name=do][value=ask]").click()
    page.wait_for_url("**/bookings/KG-*")
    company.check()
    assert page.locator(".state--wait").count() >= 1
    return page.url.rsplit("/", 1)[1].split("?", maxsplit=1)[0]


def approve(manager: Tab, reference: str) -> None:
    manager.go("/approvals")
    # Beside the list on a wide window, behind it on a phone.
    manager.page.locator(".inbox-list a").first.click()
    manager.page.wait_for_url("**/approvals/*")
    manager.check()
    assert manager.page.get_by_text(reference).count() >= 1
    assert manager.page.get_by_text(PURPOSE).count() >= 1
    manager.page.locator("button[form=approve]").click()
    manager.page.wait_for_load_state()
    manager.check()


def assert_in_the_feed(company: Tab, reference: str) -> None:
    company.go("/feeds")
    company.page.locator("form.panel button[type=submit]").click()
    company.page.wait_for_selector("#feed-address")
    company.check()
    with urllib.request.urlopen(company.page.input_value("#feed-address")) as answer:
        (event,) = icalendar.Calendar.from_ical(answer.read()).walk("VEVENT")
    assert event["STATUS"] == "CONFIRMED"
    assert reference in str(event.get("DESCRIPTION", "")) + str(event.get("URL", ""))


def assert_only_busy(stranger: Tab, reference: str) -> None:
    """On every view of the calendar that day is taken, and nothing says by whom or what for."""
    for view in ("day", "week", "list"):
        stranger.go(f"/calendar?view={view}&date=2026-11-22")
        text = stranger.page.inner_text("main")
        for secret in (reference, PURPOSE, "Arta", "آرتا"):
            assert secret not in text
    assert stranger.page.locator(".agenda li").count() == 1
    answer = stranger.page.goto(f"/bookings/{reference}")
    assert answer is not None
    assert answer.status == 404
