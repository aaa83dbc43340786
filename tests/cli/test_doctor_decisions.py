"""The doctor finds an answer that was taken back and is still told, or still counts."""

from collections.abc import Callable

import pytest
from sqlalchemy import select, update

from app.booking.models import Booking, Decision, OccurrenceItem
from app.booking.services.decide import approve_booking
from app.booking.services.undo import take_back
from app.cli.doctor import CHECKS, findings
from app.extensions import db
from app.notifications.models import Mail
from tests.booking.making import ask
from tests.cast import NOW, Cast


@pytest.fixture
def taken_back(cast: Cast) -> Booking:
    """A request that waits again; its first letters are about the request itself."""
    booking = ask(cast.booker, cast.raman)
    approve_booking(actor=cast.manager, reference=booking.reference)
    take_back(actor=cast.manager, decision_id=db.session.scalars(select(Decision.id)).one())
    return booking


def a_letter(_cast: Cast) -> None:
    bundle = db.session.scalars(select(Decision.bundle)).one()
    db.session.execute(update(Mail).values(bundle=bundle))


def a_yes(cast: Cast) -> None:
    db.session.execute(update(OccurrenceItem).values(agreed_at=NOW, agreed_by_id=cast.manager.id))


PLANTED: dict[Callable[[Cast], None], str] = {
    a_letter: "an answer that was taken back was told to nobody",
    a_yes: "what an answer was taken back of waits again",
}


@pytest.mark.parametrize("plant", PLANTED, ids=lambda plant: plant.__name__)
def test_what_is_planted_is_found(cast: Cast, taken_back: Booking, plant: Callable[[Cast], None]) -> None:
    assert list(findings()) == []
    plant(cast)
    db.session.commit()
    assert PLANTED[plant] in dict(CHECKS)
    assert {name for name, _sentence in findings()} == {PLANTED[plant]}
