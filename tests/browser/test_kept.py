"""Nothing that was typed into a request is lost."""

from collections.abc import Callable

from tests.browser.conftest import Tab
from tests.cast import Cast

Visit = Callable[..., Tab]
ASK = "/bookings/new?equipment=1&date=2026-11-23&start=09:00&end=11:00"
PURPOSE = "Spectra of batch 12"


def test_what_was_typed_is_back_after_signing_in_and_gone_once_it_was_taken(visit: Visit, cast: Cast) -> None:
    tab = visit()
    page = tab.page
    tab.go(ASK)
    page.fill("[name=purpose]", PURPOSE)
    tab.sign_in(cast.booker, checked=False)
    tab.go(ASK)
    page.wait_for_selector("[data-keep-note]:not([hidden])")
    assert page.input_value("[name=purpose]") == PURPOSE
    tab.check()
    page.click("button[name=do][value=ask]")
    page.wait_for_url("**/bookings/KG-*")
    page.wait_for_function("sessionStorage.getItem('kept:ask') === null")
    page.goto(ASK)
    assert page.input_value("[name=purpose]") == ""


def test_who_starts_afresh_is_asked_nothing_more(visit: Visit, cast: Cast) -> None:
    tab = visit()
    tab.sign_in(cast.booker, checked=False)
    page = tab.page
    tab.go(ASK)
    page.fill("[name=purpose]", PURPOSE)
    page.reload()
    page.click("[data-keep-forget]")
    assert page.input_value("[name=purpose]") == ""
    page.reload()
    assert page.input_value("[name=purpose]") == ""


def test_without_a_connection_nothing_is_sent_and_it_is_said(visit: Visit, cast: Cast) -> None:
    tab = visit()
    tab.sign_in(cast.booker, checked=False)
    page = tab.page
    tab.go(ASK)
    page.fill("[name=purpose]", PURPOSE)
    page.context.set_offline(True)
    page.click("button[name=do][value=ask]")
    page.wait_for_selector("[data-keep-offline]:not([hidden])")
    assert page.input_value("[name=purpose]") == PURPOSE
    page.context.set_offline(False)
    page.click("button[name=do][value=ask]")
    page.wait_for_url("**/bookings/KG-*")
