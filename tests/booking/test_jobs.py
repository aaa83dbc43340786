"""What time does to bookings, made up whenever the jobs come to it."""

from sqlalchemy import func, select

from app.booking import jobs
from app.booking.models import Occurrence, OccurrenceState
from app.booking.services.decide import approve_booking
from app.core import clock
from app.extensions import db
from app.occupancy.models import Claim
from tests.booking.making import ask
from tests.cast import Cast
from tests.databases import both_databases
from tests.occupancy.making import at


def states() -> list[OccurrenceState]:
    return list(db.session.scalars(select(Occurrence.state).order_by(Occurrence.id)))


@both_databases
def test_a_request_nobody_answered_ends_when_it_would_have_begun(cast: Cast) -> None:
    ask(cast.booker, cast.raman)
    with clock.frozen(at(-0.1)):
        assert jobs.expire_requests() == 0
    with clock.frozen(at(0)):
        assert jobs.expire_requests() == 1
        assert jobs.expire_requests() == 0
    assert states() == [OccurrenceState.EXPIRED]
    assert db.session.scalar(select(func.count(Claim.id))) == 0


def test_an_unproved_address_gives_its_slot_back_after_an_hour(cast: Cast) -> None:
    cast.newcomer.activated_at = None
    db.session.commit()
    date = ask(cast.newcomer, cast.raman).occurrences[0]
    with clock.frozen(date.expires_at):
        assert jobs.expire_requests() == 1
        ask(cast.booker, cast.raman)


@both_databases
def test_what_took_place_is_completed_and_keeps_its_time(cast: Cast) -> None:
    reference = ask(cast.booker, cast.raman).reference
    (date,) = approve_booking(actor=cast.manager, reference=reference).occurrences
    said = date.sequence
    with clock.frozen(at(2)):
        assert jobs.complete_bookings() == 1
    assert states() == [OccurrenceState.COMPLETED]
    assert db.session.scalar(select(func.count(Claim.id))) == 1
    assert db.session.scalar(select(Occurrence.sequence)) == said
