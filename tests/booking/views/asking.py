"""Short ways to fill in the request page."""

from typing import Any

from werkzeug.test import TestResponse

from app.booking.models import Booking
from app.extensions import db
from app.inventory.models import Equipment
from tests.pages import Page
from tests.visitor import Visitor

MONDAY_MORNING = {"date": "2026-11-23", "start": "09:00", "end": "11:00"}
PURPOSE = "Raman maps of batch 12"


def address(*equipment: Equipment, **more: str) -> str:
    """The request page with this filled in."""
    query = [f"equipment={one.id}" for one in equipment] + [f"{name}={value}" for name, value in more.items()]
    return "/bookings/new?" + "&".join(query)


def send(client: Visitor, *equipment: Equipment, **typed: Any) -> TestResponse:
    """Open the page, fill it in and press 'Ask', unless `do` names another button."""
    return client.submit(
        address(*equipment, **MONDAY_MORNING), {"purpose": PURPOSE, "do": "ask"} | typed, form="ask"
    )


def bookings() -> list[Booking]:
    return db.session.query(Booking).order_by(Booking.id).all()


def shown(answer: TestResponse) -> Page:
    return Page(answer.text)


def values(page: Page, form: str) -> dict[str, list[str]]:
    """What stands in the form now."""
    return page.typed(page.form(form))
