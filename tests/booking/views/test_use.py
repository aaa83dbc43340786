"""Coming and leaving, by the pages."""

from app.booking.models import OccurrenceState
from app.core import clock
from app.core.text import isolated
from tests.booking.making import ask
from tests.booking.services.test_use import approved, in_use
from tests.booking.views.asking import bookings
from tests.cast import Cast
from tests.occupancy.making import at, span
from tests.visitor import Visitor


def test_one_checks_in_and_out_on_the_page_of_the_booking(client: Visitor, cast: Cast) -> None:
    path = f"/bookings/{approved(cast)}"
    client.sign_in(cast.boss)
    assert "Check in" not in client.page(path).text
    with clock.frozen(at(0)):
        client.sign_in(cast.boss)
        date_id = bookings()[0].occurrences[0].id
        answer = client.submit(path, form=f"check_in-{date_id}")
        assert answer.location == path
        page = client.page(path)
        assert "You are checked in." in page.text
        assert f"{isolated('Boss')} checked in" in page.text
    with clock.frozen(at(0.25)):
        client.submit(path, form=f"check_out-{date_id}")
        page = client.page(path)
        assert "What was left of the time is free." in page.text
        assert f"{isolated('Boss')} checked out" in page.text
        assert "It took place." in page.text
    assert bookings()[0].occurrences[0].span == span(0, 0.25)


def test_a_button_that_comes_too_late_says_so(client: Visitor, cast: Cast) -> None:
    reference = approved(cast)
    client.sign_in(cast.booker)
    for verb in ("check-in", "check-out"):
        answer = client.post(f"/bookings/{reference}/{verb}")
        assert answer.location == f"/bookings/{reference}"
    page = client.page(f"/bookings/{reference}")
    assert "This cannot be checked in to now." in page.text
    assert "This has ended already." in page.text
    assert bookings()[0].occurrences[0].state is OccurrenceState.APPROVED


def test_others_find_nothing(client: Visitor, cast: Cast) -> None:
    reference = in_use(cast)
    client.sign_in(cast.rival)
    assert client.post(f"/bookings/{reference}/check-out").status_code == 404
    assert bookings()[0].occurrences[0].state is OccurrenceState.IN_USE


def test_one_stays_longer_and_is_told_until_when(client: Visitor, cast: Cast) -> None:
    path = f"/bookings/{in_use(cast)}"
    ask(cast.rival, cast.raman, start=3)
    with clock.frozen(at(1)):
        client.sign_in(cast.booker)
        client.submit(path, {"minutes": 120}, form="extend")
        assert "You can stay until 11:30; nothing was changed." in client.page(path).text
        client.submit(path, {"minutes": 60}, form="extend")
        page = client.page(path)
        assert "It goes on until 11:30." in page.text
        assert f"{isolated('Booker')} extended it" in page.text
        client.submit(path, {"minutes": 15}, form="extend")
        assert "The time after it is taken" in client.page(path).text
        assert client.post(f"{path}/extend", data={"minutes": 17}).status_code == 400
    assert bookings()[0].occurrences[0].span in (span(0, 3), span(3, 2))
