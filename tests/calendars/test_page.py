"""The page where subscription addresses are made."""

import re
from typing import Any

import pytest
from sqlalchemy import event, select

from app.calendars.models import Feed, FeedDetail, FeedScope
from app.calendars.services.addresses import create_feed
from app.extensions import db
from tests.booking.making import ask
from tests.calendars.making import address, only_event
from tests.cast import Cast
from tests.pages import Page
from tests.visitor import Visitor

FORM = "/feeds"


def made(page: Page) -> str:
    """The path of the address that the page shows."""
    (field,) = page.all("input", id="feed-address")
    return field.attrs["value"].removeprefix("http://127.0.0.1:5000")


def options(page: Page) -> dict[str, str]:
    return {option.attrs["value"]: option.text for option in page.all("option")}


def test_who_is_not_signed_in_is_asked_to(client: Visitor, cast: Cast) -> None:
    answer = client.get("/feeds")
    assert answer.status_code == 302
    assert answer.location.startswith("/sign-in")


def test_somebody_makes_an_address_and_sees_it_once(client: Visitor, cast: Cast) -> None:
    ask(cast.booker, cast.raman)
    client.sign_in(cast.booker)
    answer = client.submit("/feeds", {"about": "mine", "detail": "title"}, form=FORM)
    path = made(Page(answer.text))

    assert re.fullmatch(r"/calendars/[\w-]{43}\.ics", path)
    assert answer.headers["Cache-Control"] == "no-store"
    assert only_event(client, path)["SUMMARY"] == "Raman spectrometer"
    page = client.page("/feeds")
    assert "My bookings" in page.text
    assert "Titles and places" in page.text
    assert path not in str(client.get("/feeds").text)


def test_the_address_is_offered_in_each_program_s_way(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.booker)
    page = Page(client.submit("/feeds", {"about": "mine"}, form=FORM).text)
    path = made(page)
    links = [link.attrs["href"] for link in page.all("a")]

    assert f"webcal://127.0.0.1:5000{path}" in links
    google = "https://calendar.google.com/calendar/r?cid=webcal%3A%2F%2F127.0.0.1%3A5000"
    assert any(link.startswith(google) for link in links)
    assert len(page.all("path")) > 0
    assert "4 to 24 hours" in page.text


def test_it_offers_what_one_may_have(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.booker)
    offered = options(client.page("/feeds"))
    labs = {f"lab:{cast.materials.id}", f"lab:{cast.electronics.id}"}
    assert set(offered) == {"mine", f"organisation:{cast.arta.id}"} | labs

    client.post("/sign-out")
    client.sign_in(cast.manager)
    assert "approvals" in options(client.page("/feeds"))


def test_one_comes_from_the_page_of_an_equipment(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.rival)
    page = client.page(f"/feeds?about=equipment:{cast.raman.id}")
    assert next(iter(options(page).values())) == "Raman spectrometer"

    answer = client.submit(f"/feeds?about=unit:{cast.raman.units[0].id}", {"detail": "busy"}, form=FORM)
    assert "Raman spectrometer, unit 1" in answer.text
    feed = db.session.scalars(select(Feed)).one()
    assert (feed.scope, feed.scope_id) == (FeedScope.UNIT, cast.raman.units[0].id)


@pytest.mark.parametrize(
    "about", ["organisation:99", "approvals", "equipment:x", "equipment:-1", "nothing", ""]
)
def test_what_one_may_not_have_cannot_be_asked_for(client: Visitor, cast: Cast, about: str) -> None:
    client.sign_in(cast.booker)
    client.page(f"/feeds?about={about}")
    answer = client.post("/feeds", data={"about": about, "detail": "full"})

    assert answer.status_code == 422
    assert db.session.scalars(select(Feed)).all() == []


def test_a_link_is_replaced_and_an_address_ended(client: Visitor, cast: Cast) -> None:
    old = address(cast.booker)
    feed = db.session.scalars(select(Feed)).one()
    client.sign_in(cast.booker)
    new = made(Page(client.submit("/feeds", form=f"/feeds/{feed.id}/replace").text))
    assert (client.get(old).status_code, client.get(new).status_code) == (404, 200)

    answer = client.submit("/feeds", form=f"/feeds/{feed.id}/end")
    assert answer.location == "/feeds"
    assert client.get(new).status_code == 404
    assert "My bookings" not in [node.text for node in client.page("/feeds").all("p")]


def test_the_list_costs_the_same_however_many_addresses(client: Visitor, cast: Cast) -> None:
    def statements_for(*abouts: Any) -> int:
        for about in abouts:
            address(cast.booker, about)
        asked.clear()
        assert "Raman spectrometer, unit 1" in client.page("/feeds").text
        return len([one for one in asked if one.startswith("SELECT")])

    asked: list[str] = []
    client.sign_in(cast.booker)
    event.listen(db.engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    kinds = (cast.raman, cast.raman.units[0], cast.materials, cast.arta, FeedScope.MINE)
    few = statements_for(*kinds)
    assert statements_for(*kinds, cast.oscilloscope, cast.stations, cast.electronics) == few


def test_another_one_s_address_cannot_be_touched(client: Visitor, cast: Cast) -> None:
    path = address(cast.booker)
    feed = db.session.scalars(select(Feed)).one()
    client.sign_in(cast.boss)

    assert client.post(f"/feeds/{feed.id}/replace").status_code == 404
    assert client.post(f"/feeds/{feed.id}/end").status_code == 404
    assert client.get(path).status_code == 200
    assert "End" not in [button.text for button in client.page("/feeds").all("button")]


def test_the_page_speaks_persian(client: Visitor, cast: Cast) -> None:
    create_feed(
        actor=cast.booker,
        scope=FeedScope.EQUIPMENT,
        scope_id=cast.raman.id,
        detail=FeedDetail.FULL,
        language="fa",
    )
    client.sign_in(cast.booker)
    page = client.page("/feeds?lang=fa")
    assert "طیف‌سنج رامان" in page.text
