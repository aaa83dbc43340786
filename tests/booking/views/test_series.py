"""A series on the pages: asked for, looked at date by date, answered, called off and added to."""

from typing import Any

import pytest
from werkzeug.test import TestResponse

from app.booking.models import OccurrenceState
from app.booking.services.cancel import cancel_booking
from tests.booking.making import ask, weekly
from tests.booking.views.asking import MONDAY_MORNING, PURPOSE, address, bookings, send, shown, values
from tests.cast import Cast
from tests.visitor import Visitor

S = OccurrenceState
THREE_WEEKS = {"repeat": "weekly", "times": "3"}
A_WEEK = 7 * 24


def states() -> list[OccurrenceState]:
    return [date.state for date in bookings()[-1].occurrences]


def days() -> list[str]:
    return [f"{date.starts_at:%m-%d}" for date in bookings()[-1].occurrences]


def sent(client: Visitor, answer: TestResponse, **more: Any) -> TestResponse:
    """Send the form of this page again, with these changes."""
    return client.post("/bookings/new", data=values(shown(answer), "ask") | more)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({"repeat": "weekly", "times": "2"}, ["11-23", "11-30"]),
        ({"repeat": "weekly", "weekdays": ["0", "2"], "times": "3"}, ["11-23", "11-25", "11-30"]),
        ({"repeat": "weekly", "every": "2", "until": "۱۴۰۵/۹/۱۶"}, ["11-23", "12-07"]),
        ({"repeat": "weekday", "times": "2"}, ["11-23", "12-28"]),
    ],
)
def test_each_way_to_come_again(
    client: Visitor, cast: Cast, typed: dict[str, Any], expected: list[str]
) -> None:
    client.sign_in(cast.booker)
    assert send(client, cast.raman, **typed).location == f"/bookings/{bookings()[0].reference}"
    assert days() == expected


def test_an_end_is_needed_and_only_one(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.booker)
    for typed in ({"repeat": "weekly"}, {**THREE_WEEKS, "until": "2026-12-31"}):
        answer = send(client, cast.raman, **typed)
        assert answer.status_code == 422
        assert shown(answer).one("input", id="until").attrs["aria-invalid"] == "true"
    answer = send(client, cast.raman, repeat="weekly", until="2026-11-01")
    assert "No date is left" in shown(answer).text
    assert bookings() == []


@pytest.mark.parametrize("language", ["en", "fa"])
def test_every_date_is_looked_at_and_one_may_be_taken_out(client: Visitor, cast: Cast, language: str) -> None:
    ask(cast.rival, cast.raman, start=A_WEEK)
    client.sign_in(cast.booker)
    client.page(f"/?lang={language}")
    looked = send(client, cast.raman, do="check", **THREE_WEEKS)
    page = shown(looked)
    assert len(page.all("input", name="of")) == 3
    assert "Rival" not in page.text
    refused = sent(client, looked, do="ask")
    assert (refused.status_code, len(bookings())) == (409, 1)
    first, _second, third = values(shown(refused), "ask")["of"]
    again = sent(client, refused, do="check", take=[first, third])
    assert values(shown(again), "ask")["take"] == [first, third]
    assert sent(client, again, do="ask").status_code == 302
    assert days() == ["11-23", "12-07"]


def test_the_rest_is_asked_for_and_the_left_out_one_added_later(client: Visitor, cast: Cast) -> None:
    theirs = ask(cast.rival, cast.raman, start=A_WEEK).reference
    client.sign_in(cast.booker)
    refused = send(client, cast.raman, **THREE_WEEKS)
    path = sent(client, refused, do="rest").location
    assert days() == ["11-23", "12-07"]
    assert "Left out" in client.page(path).text
    skipped = bookings()[-1].skipped[0].id
    client.post(f"{path}/add", data={"skipped": skipped})
    assert len(states()) == 2
    cancel_booking(actor=cast.rival, reference=theirs)
    assert client.submit(path, form=f"add-{skipped}").location == path
    assert days() == ["11-23", "11-30", "12-07"]


def test_who_has_no_account_asks_for_one_date(client: Visitor, cast: Cast) -> None:
    page = client.page(address(cast.raman, **MONDAY_MORNING))
    assert not page.all("input", name="repeat")


def test_the_lab_answers_each_date_in_one_go(client: Visitor, cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman, recurrence=weekly(4), purpose=PURPOSE)
    _first, second, third, fourth = [date.id for date in booking.occurrences]
    client.sign_in(cast.manager)
    path = f"/bookings/{booking.reference}"
    answers = {
        f"answer-{second}": "decline",
        f"answer-{third}": "decline",
        f"reason-{third}": "No hood that day",
        f"answer-{fourth}": "later",
        "reason_code": "safety",
    }
    wordless = client.submit(path, answers, form="decide")
    assert wordless.status_code == 422
    assert values(shown(wordless), "decide")[f"reason-{third}"] == ["No hood that day"]
    client.submit(path, answers | {"reason": "Term time"}, form="decide")
    assert states() == [S.APPROVED, S.DECLINED, S.DECLINED, S.REQUESTED]
    assert [date.reason for date in bookings()[0].occurrences][1:3] == ["Term time", "No hood that day"]


@pytest.mark.parametrize("who", ["booker", "rival", "technician", "other_manager"])
def test_who_decides_nothing_answers_nothing(client: Visitor, cast: Cast, who: str) -> None:
    booking = ask(cast.booker, cast.raman, recurrence=weekly(2))
    client.sign_in(getattr(cast, who))
    answers = {f"answer-{booking.occurrences[0].id}": "approve"}
    assert client.post(f"/bookings/{booking.reference}/decide", data=answers).status_code == 404
    assert states() == [S.REQUESTED] * 2


@pytest.mark.parametrize(
    ("typed", "gone"),
    [
        ({"scope": "these"}, [1]),
        ({"scope": "following"}, [1, 2]),
        ({"scope": "all"}, [0, 1, 2]),
    ],
)
def test_one_the_rest_or_all_are_called_off(
    client: Visitor, cast: Cast, typed: dict[str, Any], gone: list[int]
) -> None:
    booking = ask(cast.booker, cast.raman, recurrence=weekly(3))
    client.sign_in(cast.booker)
    second = booking.occurrences[1].id
    client.submit(f"/bookings/{booking.reference}/cancel?occurrence={second}", typed, form="cancel")
    assert [n for n, state in enumerate(states()) if state is S.CANCELLED] == gone


def test_one_date_is_moved(client: Visitor, cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman, recurrence=weekly(3))
    client.sign_in(cast.booker)
    second = booking.occurrences[1].id
    page = client.page(f"/bookings/{booking.reference}?occurrence={second}")
    links = [link.attrs.get("href") for link in page.all("a")]
    move = f"/bookings/{booking.reference}/move?occurrence={second}"
    assert move in links
    typed = {"date": "2026-11-30", "start": "13:00", "end": "15:00", "do": "move"}
    client.submit(move, typed, form="move")
    assert [date.starts_at.hour for date in bookings()[0].occurrences] == [5, 9, 5]


def test_only_the_company_adds_dates(client: Visitor, cast: Cast) -> None:
    ask(cast.rival, cast.raman, start=A_WEEK)
    booking = ask(cast.booker, cast.raman, recurrence=weekly(2, skip_conflicts=True))
    skipped = booking.skipped[0].id
    client.sign_in(cast.rival)
    assert client.post(f"/bookings/{booking.reference}/add", data={"skipped": skipped}).status_code == 404
