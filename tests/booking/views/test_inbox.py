"""The inbox as a place of work: one line a request, several approved at once, and an answer taken back."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from app.agreements.models import Paper, PaperKind
from app.booking.models import Booking
from app.booking.models import OccurrenceState as S
from app.booking.services.cancel import cancel_booking
from app.booking.services.decide import approve_booking
from app.booking.services.policies import set_equipment_policy
from app.core import clock
from tests.booking.making import ask, weekly
from tests.booking.views.asking import bookings, values
from tests.cast import NOW, Cast
from tests.databases import both_databases
from tests.occupancy.making import at
from tests.pages import Page
from tests.statements import statements
from tests.visitor import Visitor

pytestmark = both_databases

MANY = 6
MOST_QUERIES = 42
"""For the whole page: who asks, the list, every rule about one case, its day, its company, and the menu."""


def states() -> list[S]:
    return [date.state for booking in bookings() for date in booking.occurrences]


def lines(page: Page) -> list[str]:
    return [item.text for item in page.one("ul", class_="inbox-list").all("li")]


def menu_count(page: Page) -> str:
    (requests,) = [link for link in page.all("a") if link.has(href="/approvals") and link.within("nav")][:1]
    return requests.one("span", class_="count").text


def ticked(client: Visitor, *chosen: Booking) -> str:
    sent = values(client.page("/approvals"), "batch") | {"reference": [one.reference for one in chosen]}
    return str(client.post("/approvals/approve", data=sent).location)


def test_menu_list_and_title_count_requests_and_not_their_dates(client: Visitor, cast: Cast) -> None:
    ask(cast.booker, cast.raman, recurrence=weekly(3))
    ask(cast.rival, cast.raman, start=4)
    ask(cast.booker, cast.oscilloscope)
    client.sign_in(cast.manager)
    page = client.page("/approvals")
    first, second = lines(page)
    assert "3 dates from" in first
    assert "series" in first
    assert "series" not in second
    assert menu_count(page) == "2"
    assert "(2)" in page.one("title").text
    assert page.one("div", class_="inbox-head").one("span", class_="count").text == "2"


def test_the_list_says_what_to_look_at_first(client: Visitor, cast: Cast) -> None:
    set_equipment_policy(actor=cast.manager, equipment_id=cast.raman.id, requests_compete=True)
    ask(cast.booker, cast.raman, start=4)
    ask(cast.newcomer, cast.raman, start=4)
    ask(cast.rival, cast.raman, start=26)
    client.sign_in(cast.manager)
    mine, newcomers, alone = lines(client.page("/approvals"))
    assert "2 compete" in mine
    assert "2 compete" in newcomers
    assert "not verified" in newcomers
    assert "compete" not in alone
    with clock.frozen(at(-2)):
        client.sign_in(cast.manager)
        assert "today" in lines(client.page("/approvals"))[0]


def test_more_requests_ask_the_database_no_more(client: Visitor, cast: Cast) -> None:
    ask(cast.booker, cast.raman)
    client.sign_in(cast.manager)
    client.page("/approvals")
    with statements() as few:
        client.page("/approvals")
    for number in range(1, MANY):
        ask(cast.booker, cast.raman, start=24 * number if number < 3 else 24 * (number + 2))
    with statements() as many:
        client.page("/approvals")
    assert len(many) == len(few), (len(many), len(few))
    assert len(few) <= MOST_QUERIES


def test_the_case_tells_who_asks_and_how_it_went(
    client: Visitor, cast: Cast, save: Callable[..., None]
) -> None:
    for number, day in ((0, 30), (1, -3)):
        kind = (PaperKind.INSURANCE, PaperKind.LIABILITY)[number]
        save(
            Paper(
                organisation_id=cast.arta.id,
                kind=kind,
                valid_from=date(2026, 1, 1),
                valid_until=NOW.date() + timedelta(days=day),
                checked_at=NOW,
            )
        )
    earlier = ask(cast.booker, cast.raman, start=26)
    approve_booking(actor=cast.manager, reference=earlier.reference)
    decoy = ask(cast.rival, cast.raman, start=50)
    approve_booking(actor=cast.manager, reference=decoy.reference)
    cancel_booking(actor=cast.rival, reference=decoy.reference)
    asked = ask(cast.booker, cast.raman)
    client.sign_in(cast.manager)
    page = client.page(f"/approvals/{asked.occurrences[0].id}")
    text = page.one("section", aria_labelledby="company-h").text
    assert "With us since" in text
    assert "Bookings in your labs1" in text.replace(" 1", "1")
    assert "Insurance, until" in text
    assert "Letter of liability, ended on" in text


def test_several_are_approved_at_once_and_what_is_refused_says_why(
    client: Visitor, cast: Cast, save: Callable[..., None]
) -> None:
    good, late, series, other = (
        ask(cast.booker, cast.raman),
        ask(cast.booker, cast.raman, start=24),
        ask(cast.rival, cast.raman, start=4, recurrence=weekly(2)),
        ask(cast.rival, cast.raman, start=48),
    )
    client.sign_in(cast.manager)
    client.page("/approvals")
    for hours in cast.materials.hours[:]:
        if hours.weekday == 1:  # the lab closes on Tuesdays now
            cast.materials.hours.remove(hours)
    save()
    path = ticked(client, good, late, series)
    page = client.page(path)
    assert states() == [S.APPROVED, S.REQUESTED, S.APPROVED, S.APPROVED, S.REQUESTED]
    said = page.one("div", class_="flashes").text
    assert "2 requests are approved" in said
    assert f"{late.reference} waits on" in said.replace("\u2068", "").replace("\u2069", "")
    assert other.reference in page.text


def test_a_double_press_approves_once_and_says_that_it_was_answered(client: Visitor, cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)
    client.sign_in(cast.manager)
    for _ in range(2):
        path = ticked_by_hand(client, booking)
    assert states() == [S.APPROVED]
    assert "It has been answered meanwhile" in client.page(path).text


def ticked_by_hand(client: Visitor, booking: Booking) -> str:
    return str(client.post("/approvals/approve", data={"reference": booking.reference}).location)


def test_nothing_ticked_says_so(client: Visitor, cast: Cast) -> None:
    ask(cast.booker, cast.raman)
    client.sign_in(cast.manager)
    assert "Tick the requests" in client.page(ticked(client)).text


@pytest.mark.parametrize("who", ["booker", "liaison", "technician"])
def test_who_decides_nothing_approves_and_takes_back_nothing(client: Visitor, cast: Cast, who: str) -> None:
    booking = ask(cast.booker, cast.raman)
    client.sign_in(getattr(cast, who))
    for path, data in (("approve", {"reference": booking.reference}), ("undo", {"decision": 1})):
        assert client.post(f"/approvals/{path}", data=data).status_code == 404
    assert states() == [S.REQUESTED]


def test_the_manager_of_another_lab_approves_nothing_here(client: Visitor, cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)
    client.sign_in(cast.other_manager)
    ticked_by_hand(client, booking)
    assert states() == [S.REQUESTED]


def test_a_yes_is_taken_back_with_the_button_that_follows_it(client: Visitor, cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)
    client.sign_in(cast.manager)
    sent = values(client.page(f"/approvals/{booking.occurrences[0].id}"), "approve")
    path = str(client.post(f"/bookings/{booking.reference}/approve", data=sent).location)
    flashed = values(client.page(path), "/approvals/undo")
    assert states() == [S.APPROVED]
    back = client.post("/approvals/undo", data=flashed)
    assert states() == [S.REQUESTED]
    assert back.location == f"/approvals/{booking.occurrences[0].id}"
    page = client.page(back.location)
    assert "Nobody was told of it" in page.text
    client.sign_in(cast.booker)
    story = client.page(f"/bookings/{booking.reference}").text
    assert "took the answer back" in story


def test_what_was_approved_together_is_taken_back_together(client: Visitor, cast: Cast) -> None:
    first, second = ask(cast.booker, cast.raman), ask(cast.rival, cast.raman, start=4)
    client.sign_in(cast.manager)
    page = client.page(ticked(client, first, second))
    assert states() == [S.APPROVED] * 2
    client.post("/approvals/undo", data=values(page, "/approvals/undo"))
    assert states() == [S.REQUESTED] * 2


def test_what_turned_others_down_has_no_button_and_says_why(client: Visitor, cast: Cast) -> None:
    set_equipment_policy(actor=cast.manager, equipment_id=cast.raman.id, requests_compete=True)
    won, _lost = ask(cast.booker, cast.raman), ask(cast.rival, cast.raman)
    client.sign_in(cast.manager)
    page = client.page(ticked(client, won))
    assert not page.all("form", action="/approvals/undo")
    assert "Others were turned down" in page.text


def test_too_late_says_so_and_changes_nothing(client: Visitor, cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)
    client.sign_in(cast.manager)
    sent = values(client.page(ticked(client, booking)), "/approvals/undo")
    with clock.frozen(NOW + timedelta(minutes=1)):
        page = client.page(str(client.post("/approvals/undo", data=sent).location))
    assert "older than half a minute" in page.text
    assert states() == [S.APPROVED]


def test_a_series_is_answered_date_by_date_in_the_inbox(client: Visitor, cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman, recurrence=weekly(3))
    first, second, third = (one.id for one in booking.occurrences)
    client.sign_in(cast.manager)
    page = client.page(f"/approvals/{second}")
    sent = values(page, "decide")
    assert sent[f"answer-{first}"] == ["approve"]
    more = {f"answer-{second}": "decline", f"answer-{third}": "later", "reason": "Term time"}
    path = str(client.post(f"/bookings/{booking.reference}/decide", data=sent | more).location)
    assert path == "/approvals?at=0"
    assert states() == [S.APPROVED, S.DECLINED, S.REQUESTED]


def test_a_question_is_asked_from_inside_the_case(client: Visitor, cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)
    client.sign_in(cast.manager)
    path = f"/approvals/{booking.occurrences[0].id}"
    sent = values(client.page(path), "comment") | {"text": "How warm does it get?"}
    assert client.post(f"/bookings/{booking.reference}/comments", data=sent).location == path
    assert "How warm does it get?" in client.page(path).text
