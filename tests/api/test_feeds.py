"""Addresses for calendar programs, made and ended through the API."""

import pytest

from tests.api.caller import Caller, problem, wrong_fields
from tests.api.conftest import As
from tests.api.wishes import wish
from tests.cast import Cast


@pytest.fixture
def booker(as_: As, cast: Cast) -> Caller:
    return as_(cast.booker)


def fetch(caller: Caller, url: str) -> tuple[int, str]:
    answer = caller.app.test_client().get(url.removeprefix("http://127.0.0.1:5000"))
    return answer.status_code, answer.text


def test_an_address_leads_to_the_calendar(booker: Caller, cast: Cast) -> None:
    booker.post("/bookings", wish(cast.raman))

    answer = booker.post("/feeds", {"scope": "mine", "detail": "full"})

    assert answer.status_code == 201
    status, text = fetch(booker, answer.json["url"])
    assert status == 200
    assert text.startswith("BEGIN:VCALENDAR")
    assert text.count("BEGIN:VEVENT") == 1


def test_the_list_tells_no_secret(booker: Caller, as_: As, cast: Cast) -> None:
    made = booker.post("/feeds", {"scope": "equipment", "id": cast.raman.id, "detail": "busy"}).json

    answer = booker.get("/feeds")

    (feed,) = answer.json["items"]
    assert (feed["id"], feed["scope"], feed["scope_id"], feed["detail"]) == (
        made["id"],
        "equipment",
        cast.raman.id,
        "busy",
    )
    assert made["url"].rpartition("/")[2].removesuffix(".ics") not in answer.text
    assert as_(cast.boss).get("/feeds").json["items"] == []


def test_a_replaced_link_leads_nowhere(booker: Caller) -> None:
    old = booker.post("/feeds", {"scope": "mine"}).json

    new = booker.post(f"/feeds/{old['id']}/rotate").json

    assert new["id"] == old["id"]
    assert fetch(booker, old["url"])[0] == 404
    assert fetch(booker, new["url"])[0] == 200


def test_an_ended_address_leads_nowhere(booker: Caller) -> None:
    feed = booker.post("/feeds", {"scope": "mine"}).json

    answer = booker.delete(f"/feeds/{feed['id']}")

    assert (answer.status_code, answer.data) == (204, b"")
    assert fetch(booker, feed["url"])[0] == 404
    problem(booker.delete(f"/feeds/{feed['id']}"), 404, "not-found")
    assert booker.get("/feeds").json["items"] == []


def test_feeds_of_others_are_not_there(booker: Caller, as_: As, cast: Cast) -> None:
    feed = booker.post("/feeds", {"scope": "mine"}).json
    for other in (as_(cast.boss), as_(cast.rival), as_(cast.admin)):
        problem(other.post(f"/feeds/{feed['id']}/rotate", {"nonsense": 1}), 404, "not-found")
        problem(other.delete(f"/feeds/{feed['id']}"), 404, "not-found")
    problem(as_(cast.rival).post("/feeds", {"scope": "organisation", "id": cast.arta.id}), 404, "not-found")

    assert fetch(booker, feed["url"])[0] == 200


def test_what_a_feed_cannot_be(booker: Caller, cast: Cast) -> None:
    assert wrong_fields(booker.post("/feeds", {})) == {"scope": "required"}
    assert wrong_fields(booker.post("/feeds", {"scope": "lab"})) == {"id": "required"}
    assert wrong_fields(booker.post("/feeds", {"scope": "mine", "id": 1})) == {"id": "not_allowed"}
    assert wrong_fields(booker.post("/feeds", {"scope": "all", "detail": "every"})) == {
        "scope": "not_a_choice",
        "detail": "not_a_choice",
    }
    assert wrong_fields(booker.post("/feeds", {"scope": "mine", "user": 1})) == {"user": "unknown"}
    problem(booker.post("/feeds", {"scope": "equipment", "id": 999_999}), 404, "not-found")


def test_a_rotation_takes_no_body(booker: Caller) -> None:
    feed = booker.post("/feeds", {"scope": "mine"}).json

    assert wrong_fields(booker.post(f"/feeds/{feed['id']}/rotate", {"token": "mine"})) == {"token": "unknown"}
    assert booker.post(f"/feeds/{feed['id']}/rotate", {}).status_code == 200
