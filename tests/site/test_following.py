"""From what one looks at to a calendar of it."""

from app.calendars.models import Feed, FeedScope
from app.extensions import db
from tests.cast import Cast
from tests.pages import Page
from tests.visitor import Visitor


def link(page: Page, text: str) -> str:
    (found,) = [link.attrs["href"] for link in page.all("a") if link.text == text]
    return found


def chosen(page: Page) -> str:
    """The calendar that the form begins with."""
    (about,) = page.typed(page.form("/feeds"))["about"]
    return about


def test_an_equipment_is_followed_from_its_page(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.rival)
    way = link(client.page(f"/equipment/{cast.raman.id}"), "Follow in my calendar")

    assert chosen(client.page(way)) == f"equipment:{cast.raman.id}"
    client.submit(way, form="/feeds")
    feed = db.session.query(Feed).one()
    assert (feed.scope, feed.scope_id) == (FeedScope.EQUIPMENT, cast.raman.id)


def test_who_signs_in_on_the_way_still_follows_it(client: Visitor, cast: Cast) -> None:
    asked = client.get(link(client.page(f"/equipment/{cast.raman.id}"), "Follow in my calendar"))
    answer = client.submit(asked.location, {"email": cast.rival.email, "password": "demo"}, form="/sign-in")

    assert chosen(client.page(answer.location)) == f"equipment:{cast.raman.id}"


def test_the_lab_that_the_calendar_shows_is_the_one_to_follow(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.rival)
    of_all, of_one = client.page("/calendar"), client.page("/calendar?lab=electronics")

    assert chosen(client.page(link(of_one, "Subscribe"))) == f"lab:{cast.electronics.id}"
    assert chosen(client.page(link(of_all, "Subscribe"))) == "mine"
