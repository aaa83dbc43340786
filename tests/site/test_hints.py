"""What a page says of itself to who is new to it, until it is put away."""

import pytest

from app.site.hints import HINTS
from tests.cast import Cast
from tests.databases import both_databases
from tests.visitor import Visitor

pytestmark = both_databases

HEADING = "How this page works"


def is_shown(client: Visitor, path: str) -> bool:
    return bool(client.page(path).all("aside", **{"aria-label": HEADING}))


def put_away(client: Visitor, slug: str, back: str) -> None:
    answer = client.post(f"/hints/{slug}/read", data={"next": back})
    assert (answer.status_code, answer.location) == (302, back)


@pytest.mark.parametrize("path", ["/calendar", "/find", "/needs", "/my-day", "/approvals", "/reports"])
def test_the_main_pages_explain_themselves_once(client: Visitor, cast: Cast, path: str) -> None:
    client.sign_in(cast.manager)
    assert is_shown(client, path)
    (form,) = [
        form.attrs["action"]
        for form in client.page(path).all("form")
        if "/hints/" in str(form.attrs["action"])
    ]
    client.submit(path, {"next": path}, form=str(form))
    assert not is_shown(client, path)


def test_one_is_put_away_at_a_time_by_one_person(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.booker)
    put_away(client, "calendar", "/calendar")
    put_away(client, "calendar", "/calendar")
    assert is_shown(client, "/find")
    client.sign_in(cast.boss)
    assert is_shown(client, "/calendar")


def test_the_account_remembers_and_can_have_them_back(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.booker)
    again = "Let the pages explain themselves again"
    assert again not in client.page("/account").text
    put_away(client, "calendar", "/calendar")
    client.sign_in(cast.boss)
    client.sign_in(cast.booker)
    assert not is_shown(client, "/calendar")
    assert again in client.page("/account").text
    client.post("/hints/again")
    assert is_shown(client, "/calendar")


def test_a_visitor_s_browser_remembers(client: Visitor, cast: Cast) -> None:
    assert is_shown(client, "/calendar")
    put_away(client, "calendar", "/calendar?day=2026-11-23")
    assert not is_shown(client, "/calendar")
    assert is_shown(client, "/find")
    client.sign_in(cast.booker)
    assert is_shown(client, "/calendar")


def test_nothing_strange_is_remembered_and_nobody_is_sent_away(client: Visitor, cast: Cast) -> None:
    assert client.post("/hints/nonsense/read").status_code == 404
    answer = client.post("/hints/calendar/read", data={"next": "https://example.net/"})
    assert answer.location == "/"
    assert client.post("/hints/again").status_code in (302, 401)
    client.sign_in(cast.booker)
    assert is_shown(client, "/calendar")


def test_each_page_is_there_and_has_words_of_its_own(client: Visitor, cast: Cast) -> None:
    endpoints = {rule.endpoint for rule in client.application.url_map.iter_rules()}
    assert set(HINTS) <= endpoints
    assert len({hint.slug for hint in HINTS.values()}) == len(HINTS)
    assert all(1 <= len(hint.sentences) <= 3 for hint in HINTS.values())
