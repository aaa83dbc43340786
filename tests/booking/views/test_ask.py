import pytest

from app.booking.models import Booking
from app.extensions import db
from tests.cast import Cast
from tests.visitor import Visitor

NEW = "/bookings/new"
MONDAY_MORNING = {"date": "2026-11-23", "start": "09:00", "end": "11:00"}


def address(*equipment: int, **more: str) -> str:
    query = "&".join([f"equipment={id_}" for id_ in equipment] + [f"{k}={v}" for k, v in more.items()])
    return f"{NEW}?{query}"


def bookings() -> list[Booking]:
    return db.session.query(Booking).order_by(Booking.id).all()


@pytest.mark.parametrize("language", ["en"])
def test_anybody_may_look_whether_a_time_is_free(client: Visitor, cast: Cast, language: str) -> None:
    page = client.page(address(cast.raman.id, **MONDAY_MORNING, lang=language))
    findings = page.one("section", id="findings")
    assert {"en": "Free at this time.", "fa": "در این زمان آزاد است."}[language] in findings.text
    assert bookings() == []


def test_a_member_asks_and_reads_who_answers(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.booker)
    answer = client.submit(
        address(cast.raman.id, **MONDAY_MORNING),
        {"purpose": "Raman maps of batch 12", "people": "Sara Ahmadi, sara@example.com", "do": "ask"},
        form="ask",
    )
    (booking,) = bookings()
    assert answer.location == f"/bookings/{booking.reference}"
    assert [(p.name, p.email) for p in booking.people] == [("Sara Ahmadi", "sara@example.com")]
    assert booking.organisation == cast.arta
    page = client.page(answer.location)
    assert "Waiting for \u2068Materials characterisation\u2069; they answer until" in page.text
