"""What is wrong with what comes along is found."""

from collections.abc import Callable

import pytest
from sqlalchemy import delete, update

from app.booking.models import HeldItem, OccurrenceItem
from app.cli.doctor import findings
from app.extensions import db
from app.inventory.models import Requirement
from tests.booking.making import ask
from tests.booking.services.test_waitlist import call_off, wait
from tests.cast import Cast
from tests.inventory.services.test_requirements import let_take


@pytest.fixture
def along(cast: Cast) -> Cast:
    """A booking with something that came along, and a held time with it."""
    let_take(cast.manager, cast.raman, cast.stations)
    ask(cast.booker, cast.raman)
    booking = ask(cast.rival, cast.raman, start=3)
    wait(cast.boss, cast.raman, start=3)
    call_off(booking)
    return cast


def test_it_is_healthy(along: Cast) -> None:
    assert list(findings()) == []


def a_circle(cast: Cast) -> None:
    db.session.add(Requirement(equipment_id=cast.stations.id, needs_id=cast.raman.id, quantity=1))


def asked_for_nothing(_cast: Cast) -> None:
    db.session.execute(update(OccurrenceItem).values(is_required=True))


def held_without_its_stations(_cast: Cast) -> None:
    db.session.execute(delete(HeldItem))


def held_with_more_than_is_claimed(_cast: Cast) -> None:
    db.session.execute(update(HeldItem).values(quantity=2))


@pytest.mark.parametrize(
    "plant",
    [a_circle, asked_for_nothing, held_without_its_stations, held_with_more_than_is_claimed],
    ids=lambda plant: plant.__name__,
)
def test_each_planted_corruption_is_found(along: Cast, plant: Callable[[Cast], None]) -> None:
    plant(along)
    db.session.commit()
    db.session.expire_all()
    assert len({name for name, _what in findings()}) == 1
