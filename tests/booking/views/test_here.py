"""The page behind the QR code at an instrument."""

from app.booking.models import OccurrenceState
from app.core import clock
from tests.booking.making import ask
from tests.booking.services.test_use import approved
from tests.booking.views.asking import bookings
from tests.cast import Cast
from tests.occupancy.making import at
from tests.visitor import Visitor


def test_who_comes_checks_in_at_the_instrument_and_comes_back_to_its_page(
    client: Visitor, cast: Cast
) -> None:
    approved(cast)
    ask(cast.rival, cast.oscilloscope)
    path = f"/units/{cast.raman.units[0].id}/here"
    with clock.frozen(at(-0.2)):
        client.sign_in(cast.booker)
        page = client.page(path)
        assert "Nobody has it now." in page.text
        assert "Arta Polymer" in page.text
        assert "Rival" not in page.text
        date_id = bookings()[0].occurrences[0].id
        answer = client.submit(path, form=f"check_in-{date_id}")
        assert answer.location == path
    with clock.frozen(at(0.1)):
        page = client.page(path)
        assert "Somebody has it now." in page.text
        client.submit(path, form=f"check_out-{date_id}")
    assert bookings()[0].occurrences[0].state is OccurrenceState.COMPLETED


def test_others_see_that_it_is_taken_and_not_by_whom(client: Visitor, cast: Cast) -> None:
    reference = approved(cast)
    path = f"/units/{cast.raman.units[0].id}/here"
    with clock.frozen(at(0)):
        for who in (cast.rival, cast.student):
            client.sign_in(who)
            page = client.page(path)
            assert "Taken" in page.text
            assert "Arta" not in page.text
            assert reference not in page.text
            assert "Check in" not in page.text
            client.post("/sign-out")


def test_a_request_that_waits_is_nobody_expected(client: Visitor, cast: Cast) -> None:
    ask(cast.booker, cast.raman)
    client.sign_in(cast.booker)
    assert "Nobody has it now." in client.page(f"/units/{cast.raman.units[0].id}/here").text
    client.page("/units/99999/here", status=404)


def test_the_lab_finds_the_sign_on_the_page_of_the_unit(client: Visitor, cast: Cast) -> None:
    unit_id = cast.raman.units[0].id
    client.sign_in(cast.technician)
    page = client.page(f"/admin/units/{unit_id}")
    (field,) = page.all("input", id="sign-address")
    assert field.attrs["value"] == f"http://127.0.0.1:5000/units/{unit_id}/here"
