"""Waiting, by the pages: from the refusal to the booking."""

from app.accounts.models import User
from app.booking.models import Booking, WaitlistEntry, WaitState
from app.booking.services.cancel import cancel_booking
from app.extensions import db
from tests.booking.making import ask
from tests.booking.services.test_waitlist import wait
from tests.booking.views.asking import MONDAY_MORNING, address, bookings, shown
from tests.cast import Cast
from tests.visitor import Visitor

MONDAY = {"length": "1:00", "from": "2026-11-23", "start": "09:00", "until": "2026-11-23", "end": "10:00"}
"""Inside the two hours that `taken` holds."""


def taken(cast: Cast) -> Booking:
    return ask(cast.booker, cast.raman, start=0, length=3)


def wait_for(client: Visitor, cast: Cast, who: User, **typed: str) -> WaitlistEntry:
    client.sign_in(who)
    answer = client.submit(f"/waitlist/new?equipment={cast.raman.id}", MONDAY | typed, form="wait")
    assert answer.status_code == 302, answer.text
    return entries()[-1]


def entries() -> list[WaitlistEntry]:
    return db.session.query(WaitlistEntry).order_by(WaitlistEntry.id).all()


def test_the_refusal_leads_to_the_waitlist_with_everything_filled_in(client: Visitor, cast: Cast) -> None:
    taken(cast)
    client.sign_in(cast.rival)
    page = client.page(address(cast.raman, **MONDAY_MORNING))
    (link,) = [a for a in page.all("a") if "/waitlist/new" in (a.attrs.get("href") or "")]
    form = client.page(link.attrs["href"])
    typed = form.typed(form.form("wait"))
    assert (typed["length"], typed["start"], typed["end"]) == (["2:00"], ["09:00"], ["11:00"])
    answer = client.submit(link.attrs["href"], {"purpose": "Batch 4"}, form="wait")
    assert "You are the next" in client.page(answer.location).text
    assert entries()[0].purpose == "Batch 4"


def test_a_held_time_is_shown_and_taken(client: Visitor, cast: Cast) -> None:
    booking = taken(cast)
    entry = wait_for(client, cast, cast.rival)
    cancel_booking(actor=cast.booker, reference=booking.reference)
    assert "is held for you" in client.page("/bookings").text
    page = client.page(f"/waitlist/{entry.id}")
    assert "It is held until" in page.text
    bare = client.submit(f"/waitlist/{entry.id}", {}, form="take")
    assert (bare.status_code, "This is needed." in bare.text) == (422, True)
    answer = client.submit(f"/waitlist/{entry.id}", {"purpose": "Batch 4"}, form="take")
    assert answer.location == f"/bookings/{bookings()[-1].reference}"
    assert "To the booking" in client.page(f"/waitlist/{entry.id}").text


def test_it_can_be_let_go_and_left(client: Visitor, cast: Cast) -> None:
    booking = taken(cast)
    entry = wait_for(client, cast, cast.rival)
    cancel_booking(actor=cast.booker, reference=booking.reference)
    client.submit(f"/waitlist/{entry.id}", {}, form="pass")
    assert entries()[0].state is WaitState.WAITING
    client.submit(f"/waitlist/{entry.id}", {}, form="leave")
    assert entries()[0].state is WaitState.LEFT
    assert "Left" in client.page("/waitlist").text


def test_what_is_free_is_said_with_the_way_to_it(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.rival)
    answer = client.submit(f"/waitlist/new?equipment={cast.raman.id}", MONDAY, form="wait")
    page = shown(answer)
    assert answer.status_code == 422
    assert "There is free time" in page.text
    (link,) = [
        a
        for a in page.all("a")
        if "/bookings/new" in (a.attrs.get("href") or "") and "start=" in a.attrs["href"]
    ]
    assert "Free" in client.page(link.attrs["href"]).text


def test_what_is_typed_wrong_is_said_beside_it_and_nothing_is_lost(client: Visitor, cast: Cast) -> None:
    taken(cast)
    client.sign_in(cast.rival)
    path = f"/waitlist/new?equipment={cast.raman.id}"
    for typed, said in (
        ({"until": "2026-11-22"}, "The end must come after the start."),
        ({"length": "soon"}, "Write the length as hours and minutes"),
        ({"from": ""}, "This is needed."),
        ({"length": "0:10"}, "at least"),
        ({"until": "2027-11-23"}, "at most three months"),
    ):
        answer = client.submit(path, MONDAY | {"purpose": "Batch 4"} | typed, form="wait")
        assert (answer.status_code, said in answer.text, "Batch 4" in answer.text) == (422, True, True), typed
    assert entries() == []


def test_strangers_and_nothing_to_wait_for_are_not_there(client: Visitor, cast: Cast) -> None:
    taken(cast)
    entry = wait_for(client, cast, cast.rival)
    assert client.get("/waitlist/new").status_code == 404
    assert client.get("/waitlist/new?category=999999").status_code == 404
    client.post("/sign-out")
    client.sign_in(cast.booker)
    assert client.get(f"/waitlist/{entry.id}").status_code == 404
    client.post("/sign-out")
    client.sign_in(cast.manager)
    page = client.page(f"/waitlist/{entry.id}")
    assert not page.all("form", id="leave")
    assert "Rival Coatings" in client.page("/waitlist").text


def test_the_search_that_finds_nothing_leads_there_too(client: Visitor, cast: Cast) -> None:
    ask(cast.booker, cast.raman, start=0, length=8)
    client.sign_in(cast.rival)
    page = client.page("/find?q=raman&length=2:00&from=2026-11-23&until=2026-11-23")
    (link,) = [a for a in page.all("a") if "/waitlist/new" in (a.attrs.get("href") or "")]
    typed = client.page(link.attrs["href"])
    assert typed.typed(typed.form("wait"))["until"] == ["2026-11-23"]


def test_the_lab_takes_somebody_off_the_list(client: Visitor, cast: Cast) -> None:
    ask(cast.booker, cast.raman)
    entry = wait(cast.rival, cast.raman)
    path = f"/waitlist/{entry.id}"
    client.sign_in(cast.manager)
    assert client.submit(path, {"reason": ""}, form="remove").status_code == 422
    client.submit(path, {"reason": "The instrument goes to another lab"}, form="remove")
    assert "Take off the waitlist" not in client.page(path).text
    client.sign_in(cast.rival)
    assert client.post(f"{path}/remove", data={"reason": "No"}).status_code == 404
