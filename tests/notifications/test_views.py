from flask import Flask

from app.accounts.models import User
from app.core.db import unit_of_work
from app.extensions import db
from app.notifications import queries
from app.notifications.models import Notice
from app.notifications.services.write import post_notice
from tests.cast import Cast
from tests.notifications.people import recipient
from tests.visitor import Visitor


@unit_of_work
def told(user: User, number: int = 1) -> None:
    for n in range(number):
        post_notice(to=recipient(user), text=f"News {n}", path="/account", dedup=f"news:{n}")


def badge(client: Visitor) -> str:
    """The number at the bell."""
    bell = next(a for a in client.page("/account").all("a") if a.attrs.get("href") == "/notices")
    return bell.text


def test_news_are_listed_newest_first_and_counted_at_the_bell(client: Visitor, cast: Cast) -> None:
    told(cast.booker, 2)
    told(cast.rival, 5)
    client.sign_in(cast.booker)
    assert badge(client).endswith("2")
    page = client.page("/notices")
    assert page.text.index("News 1") < page.text.index("News 0")
    assert "News 4" not in page.text


def test_opening_marks_as_read_and_leads_there(client: Visitor, cast: Cast) -> None:
    told(cast.booker, 2)
    client.sign_in(cast.booker)
    first = db.session.query(Notice).filter_by(text="News 0").one()
    answer = client.submit("/notices", form=f"/notices/{first.id}/read")
    assert answer.location == "/account"
    assert badge(client).endswith("1")
    assert f"/notices/{first.id}/read" not in client.get("/notices").text


def test_all_is_read_at_once(client: Visitor, cast: Cast) -> None:
    told(cast.booker, 3)
    told(cast.rival)
    client.sign_in(cast.booker)
    client.submit("/notices", form="/notices/read")
    assert queries.count_unread(cast.booker) == 0
    assert queries.count_unread(cast.rival) == 1


def test_anothers_news_do_not_exist(client: Visitor, cast: Cast) -> None:
    told(cast.rival)
    notice = db.session.query(Notice).one()
    client.sign_in(cast.booker)
    assert client.post(f"/notices/{notice.id}/read").status_code == 404
    db.session.refresh(notice)
    assert notice.read_at is None


def test_older_news_are_a_page_away(app: Flask, client: Visitor, cast: Cast) -> None:
    told(cast.booker, queries.PAGE + 1)
    client.sign_in(cast.booker)
    page = client.page("/notices")
    [older] = [a.attrs["href"] for a in page.all("a") if a.attrs.get("rel") == "next"]
    assert client.page(older).text.count("News ") >= 1
    assert "News 0" in client.page(older).text
    assert "News 50" not in client.page(older).text


def test_nothing_yet_says_what_comes_here(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.booker)
    assert "Nothing yet" in client.page("/notices").text
