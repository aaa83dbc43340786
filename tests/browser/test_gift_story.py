"""From three misses of three companies to what a gift served, as all who take part; no row made by hand."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from os import environ
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from app.accounts.models import User
from tests.browser.conftest import DESKTOP, Tab
from tests.cast import NOW, Cast
from tests.core.test_files import located
from tests.serving import serving

Open = Callable[[User], Tab]
GIFT = "LabRAM Soleil, 2019"
MONDAY, TUESDAY, WEDNESDAY = "2026-11-23", "2026-11-24", "2026-11-25"
TIMES = [("08:00", "10:00"), ("10:00", "12:00"), ("12:00", "14:00")]


@pytest.mark.long
def test_what_companies_missed_becomes_a_gift_that_serves_them(
    browser: Browser, database_url: str, cast: Cast, tmp_path: Path
) -> None:
    companies = (cast.booker, cast.rival, cast.newcomer)
    with windows(browser, database_url, tmp_path / "sunday", NOW) as opened:
        student, manager = opened(cast.student), opened(cast.manager)
        approve(manager, ask_for(student, cast.raman.id, MONDAY, "08:00", "16:00"))
        for company in companies:
            miss_it(opened(company))

    with windows(browser, database_url, tmp_path / "tuesday", NOW + timedelta(days=2)) as opened:
        manager, liaison, donor = opened(cast.manager), opened(cast.liaison), opened(cast.donor)
        need = publish_the_gap(manager)
        gift = offer_for(donor, need)
        accept_and_sign(liaison, gift)
        receive(manager, gift)
        inspect(opened(cast.technician), gift)
        equipment_id = put_into_service(manager, gift)
        for company, (start, end) in zip(companies, TIMES, strict=True):
            approve(manager, ask_for(opened(company), equipment_id, WEDNESDAY, start, end))

    later = NOW + timedelta(days=4)
    run_job(database_url, "complete-bookings", later)
    with windows(browser, database_url, tmp_path / "thursday", later) as opened:
        see_what_it_served(opened(cast.donor), gift)


@contextmanager
def windows(browser: Browser, database_url: str, folder: Path, at: datetime) -> Iterator[Open]:
    """A server at that instant, and windows of the people who come to it."""
    folder.mkdir()
    with ExitStack() as stack:
        server = stack.enter_context(
            serving(database_url, folder, KARGAH_NOW=at.isoformat(), UPLOADS=str(folder.parent / "uploads"))
        )

        def opened(user: User) -> Tab:
            context = browser.new_context(base_url=server.address, viewport=DESKTOP, locale="en")
            stack.callback(context.close)
            tab = Tab(context.new_page(), "en")
            tab.sign_in(user, checked=False)
            return tab

        yield opened


def run_job(database_url: str, name: str, at: datetime) -> None:
    """As the job runner does when its time has come."""
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "jobs", "run", name]
    subprocess.run(
        command, env=environ | {"DATABASE_URL": database_url, "KARGAH_NOW": at.isoformat()}, check=True
    )


def ask_for(tab: Tab, equipment_id: int, day: str, start: str, end: str) -> str:
    """Ask for the equipment; the reference."""
    tab.go(f"/bookings/new?equipment={equipment_id}&quantity=1&date={day}&start={start}&end={end}")
    tab.page.fill("[name=purpose]", "Spectra of the coating")
    tab.page.locator("button[name=do][value=ask]").click()
    tab.page.wait_for_url("**/bookings/KG-*")
    return re.split("[/?]", tab.page.url)[4]


def miss_it(tab: Tab) -> None:
    """Six hours until Monday evening are not to be had; Tuesday is too late."""
    tab.go(f"/find?q=raman&length=6:00&from={MONDAY}&until={TUESDAY}")
    tab.page.fill("[name=needed_on]", MONDAY)
    tab.page.fill("[name=needed_at]", "18:00")
    press(tab, "Tell the university")
    expect(tab.page.locator(".flashes")).to_contain_text("Remembered")


def publish_the_gap(manager: Tab) -> str:
    """What was missed becomes a need; the path of its page."""
    manager.go("/gaps")
    manager.page.get_by_role("link", name="Raman spectroscopy").first.click()
    manager.page.wait_for_url("**/gaps/raman-spectroscopy/**")
    manager.check()
    expect(manager.page.locator(".evidence")).to_contain_text("18 hours")
    expect(manager.page.locator(".evidence")).to_contain_text("3 companies")
    manager.page.get_by_role("link", name="Write a need from this").click()
    manager.page.fill("[name=title]", "A second Raman spectrometer")
    manager.page.fill("[name=justification]", "Three companies could not be served in one week.")
    press(manager, "Keep as a draft")
    press(manager, "Hand it in for review")
    manager.page.once("dialog", lambda dialog: dialog.accept())
    press(manager, "Publish it")
    return re.sub(r"^https?://[^/]+|\?.*", "", manager.page.url)


def offer_for(donor: Tab, need: str) -> str:
    """Find the need on the board, and offer something for it; the path of the offer."""
    donor.go("/needs")
    donor.page.get_by_role("link", name="A second Raman spectrometer").click()
    donor.page.wait_for_url(f"**{need}*")
    donor.check()
    expect(donor.page.locator("main")).to_contain_text("18")
    donor.page.get_by_role("link", name="Offer a unit").click()
    donor.page.wait_for_url("**/donate?**")
    donor.check()
    donor.page.fill("[name=description]", GIFT)
    donor.page.select_option("[name=condition]", "good")
    photo = {"name": "front.jpg", "mimeType": "image/jpeg", "buffer": located()}
    donor.page.set_input_files("[name=photos]", [photo])
    press(donor, "Send the offer")
    donor.page.wait_for_url("**/donations/*")
    expect(donor.page.locator("main")).to_contain_text("Liaison")
    assert donor.page.locator("#receive, #accept, #agree").count() == 0, "donors decide nothing"
    return re.sub(r"^https?://[^/]+|\?.*", "", donor.page.url)


def accept_and_sign(liaison: Tab, gift: str) -> None:
    liaison.go(gift)
    press(liaison, "Take it up")
    press(liaison, "Accept the offer")
    liaison.page.fill("[name=number]", "G-1405/7")
    liaison.page.fill("[name=signed_on]", "2026-11-22")
    press(liaison, "Record the agreement")


def receive(manager: Tab, gift: str) -> None:
    manager.go(gift)
    manager.page.locator("[name^=received]").fill("1")
    press(manager, "Enter the delivery")


def inspect(technician: Tab, gift: str) -> None:
    technician.go(gift)
    technician.page.fill("[name$=note]", "Laser and detector as promised.")
    press(technician, "It has passed")


def put_into_service(manager: Tab, gift: str) -> int:
    """As new equipment of the lab; its id."""
    manager.go(gift)
    place = manager.page.locator("[name$=place]")
    place.select_option(label=place.locator("option", has_text="ew equipment").first.inner_text().strip())
    manager.page.fill("[name$=responsible]", "Mina Akbari")
    press(manager, "Put it into service")
    link = manager.page.get_by_role("link", name="See its calendar").get_attribute("href")
    assert link is not None
    return int(link.rsplit("/", 1)[1])


def approve(manager: Tab, reference: str) -> None:
    manager.page.goto("/approvals")
    manager.page.locator(".inbox-list a").first.click()
    manager.page.wait_for_url("**/approvals/*")
    expect(manager.page.locator("main")).to_contain_text(reference)
    with manager.page.expect_navigation():
        manager.page.locator("button[form=approve]").click()


def see_what_it_served(donor: Tab, gift: str) -> None:
    donor.go(gift)
    donor.page.get_by_role("link", name="See what it has served").click()
    donor.page.wait_for_url("**/impact*")
    donor.check()
    expect(donor.page.locator(".evidence")).to_contain_text("6 hours")
    expect(donor.page.locator(".evidence")).to_contain_text("3")
    persian = f"{gift}/impact?lang=fa"
    donor.page.goto(persian)
    donor.check()


def press(tab: Tab, label: str) -> None:
    """Press the button, wait for what comes, and check that page."""
    with tab.page.expect_navigation():
        tab.page.get_by_role("button", name=label, exact=True).click()
    tab.check()
