"""Calling off late: always possible, told beforehand, and remembered for the lab."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.booking.models import Booking
from app.booking.services.cancel import cancel_booking
from app.booking.services.policies import set_equipment_policy
from app.core import clock
from app.core.event_log import EventRecord
from app.extensions import db
from tests.booking.making import ask
from tests.cast import Cast
from tests.databases import both_databases
from tests.occupancy.making import at
from tests.visitor import Visitor


def asked(cast: Cast, hours: int = 12) -> Booking:
    set_equipment_policy(actor=cast.manager, equipment_id=cast.raman.id, cancel_notice_minutes=hours * 60)
    return ask(cast.booker, cast.raman)


@both_databases
def test_the_last_minute_in_time_is_no_late_one(cast: Cast) -> None:
    reference = asked(cast).reference
    with clock.frozen(at(-12)):
        (date,) = cancel_booking(actor=cast.booker, reference=reference).occurrences
    assert (date.state, date.is_late_cancel) == ("cancelled", False)


@both_databases
def test_later_is_possible_and_remembered(cast: Cast) -> None:
    reference = asked(cast).reference
    with clock.frozen(at(-12) + timedelta(minutes=1)):
        (date,) = cancel_booking(actor=cast.boss, reference=reference).occurrences
    assert (date.state, date.is_late_cancel) == ("cancelled", True)
    told = db.session.scalars(select(EventRecord).where(EventRecord.name == "BookingCancelled")).one()
    assert told.data["is_late"] is True


@pytest.mark.parametrize("who", ["manager", "technician", "admin"])
def test_the_lab_is_never_late(cast: Cast, who: str) -> None:
    reference = asked(cast).reference
    with clock.frozen(at(-1)):
        (date,) = cancel_booking(actor=getattr(cast, who), reference=reference).occurrences
    assert not date.is_late_cancel


def test_where_no_notice_is_asked_nobody_is_late(cast: Cast) -> None:
    reference = ask(cast.booker, cast.raman).reference
    with clock.frozen(at(-0.1)):
        (date,) = cancel_booking(actor=cast.booker, reference=reference).occurrences
    assert not date.is_late_cancel


def test_it_is_said_beforehand_and_shown_to_the_lab(client: Visitor, cast: Cast) -> None:
    reference = asked(cast, hours=48).reference
    client.sign_in(cast.booker)
    assert "asks to be told until" in client.page(f"/bookings/{reference}").text
    assert "This is late" in client.page(f"/bookings/{reference}/cancel").text
    client.submit(f"/bookings/{reference}/cancel", {"reason": "Broken furnace"}, form="cancel")
    assert "It was called off late" not in client.page(f"/bookings/{reference}").text
    client.post("/sign-out")
    client.sign_in(cast.manager)
    assert "It was called off late" in client.page(f"/bookings/{reference}").text


def test_in_time_nothing_is_said_of_being_late(client: Visitor, cast: Cast) -> None:
    reference = asked(cast).reference
    client.sign_in(cast.booker)
    assert "This is late" not in client.page(f"/bookings/{reference}/cancel").text
