"""What hangs at a lab's door: the screen and the sign."""

from app.core import clock
from tests.booking.making import ask
from tests.booking.outages.test_declare import fail
from tests.booking.services.test_use import approved
from tests.cast import Cast
from tests.occupancy.making import at
from tests.visitor import Visitor


def test_the_screen_says_what_is_taken_and_never_by_whom(client: Visitor, cast: Cast) -> None:
    approved(cast)
    ask(cast.rival, cast.oscilloscope)
    with clock.frozen(at(0.5)):
        for who in (None, cast.manager):
            if who:
                client.sign_in(who)
            page = client.page("/labs/materials/wall")
            assert "In use" in page.text
            assert "4 of 4 free" in page.text
            assert "Arta" not in page.text
            assert "Oscilloscope" not in page.text


def test_the_screen_says_what_cannot_be_used(client: Visitor, cast: Cast) -> None:
    fail(cast, cast.microscope)
    with clock.frozen(at(0.5)):
        assert "Out of service" in client.page("/labs/materials/wall?theme=dark").text


def test_the_screen_refreshes_itself_and_shows_the_theme_asked_for(client: Visitor, cast: Cast) -> None:
    text = client.get("/labs/materials/wall?theme=dark").text
    assert 'data-bs-theme="dark"' in text
    assert 'http-equiv="refresh" content="60"' in text
    assert "data-bs-theme" not in client.get("/labs/materials/wall?theme=pink").text
    client.page("/labs/nowhere/wall", status=404)


def test_the_sign_names_the_lab_and_leads_to_it(client: Visitor, cast: Cast) -> None:
    page = client.page("/labs/materials/sign")
    assert "/labs/materials" in page.text
    paper = client.get("/labs/materials/sign.pdf")
    assert paper.mimetype == "application/pdf"
    assert paper.data.startswith(b"%PDF")
    client.page("/labs/nowhere/sign", status=404)
    client.sign_in(cast.manager)
    assert "Door sign" in client.page(f"/admin/labs/{cast.materials.id}").text
