"""A booking makes up for what its organisation could not have before."""

from datetime import timedelta
from typing import Any

from sqlalchemy import func, select

from app.accounts.models import User
from app.booking.models import ServedMiss
from app.booking.queries.serving import served_minutes_by_miss
from app.booking.rules.states import DeclineReason
from app.booking.services.cancel import cancel_booking
from app.booking.services.decide import approve_booking, decline_booking
from app.booking.services.hand_over import hand_over_bookings
from app.booking.services.move import move_booking
from app.booking.services.wishes import wanted_of
from app.core import clock
from app.demand.models import Miss, MissReason
from app.demand.services import remember
from app.extensions import db
from tests.booking.making import ask
from tests.cast import NOW, Cast
from tests.occupancy.making import span


def missed(
    who: User, *, ago: timedelta = timedelta(days=1), reason: MissReason = MissReason.NONE_FREE, **more: Any
) -> int:
    """That somebody missed two hours of something, some time ago."""
    wish = {"minutes": 120, "quantity": 1, "window": span(0, 2)} | more
    (organisation_id,) = who.organisation_ids()
    with clock.frozen(NOW - ago):
        assert remember(
            user_id=who.id, organisation_id=organisation_id, wanted=wanted_of(**wish), reason=reason
        )
    db.session.commit()
    return db.session.scalars(select(func.max(Miss.id))).one()


def joined() -> dict[int, int]:
    rows = db.session.execute(
        select(ServedMiss.miss_id, func.sum(ServedMiss.minutes)).group_by(ServedMiss.miss_id)
    )
    return {miss_id: int(minutes) for miss_id, minutes in rows}


def test_a_booking_serves_what_its_organisation_missed_and_nothing_else(cast: Cast) -> None:
    missed(cast.rival, equipment=cast.stations)
    missed(cast.booker, equipment=cast.raman)
    missed(cast.booker, equipment=cast.stations, ago=timedelta(days=61), window=span(0, 3))
    missed(cast.booker, equipment=cast.stations, reason=MissReason.REFUSED_BY_RULE, window=span(24, 2))
    missed(cast.booker, query="soldering", window=span(48, 2))
    mine = missed(cast.boss, category=cast.soldering)

    ask(cast.booker, (cast.stations, 2))

    assert joined() == {mine: 120}
    assert served_minutes_by_miss([mine]) == {mine: 120}


def test_a_miss_is_served_at_most_once_over_all_bookings(cast: Cast) -> None:
    mine = missed(cast.booker, equipment=cast.stations, quantity=3)
    ask(cast.booker, (cast.stations, 2))
    ask(cast.boss, (cast.stations, 2), start=3)
    assert joined() == {mine: 360}


def test_what_waits_or_was_declined_or_withdrawn_has_served_nobody(cast: Cast) -> None:
    mine = missed(cast.booker, equipment=cast.raman)
    declined = ask(cast.booker, cast.raman)
    assert served_minutes_by_miss([mine]) == {}
    decline_booking(
        actor=cast.manager, reference=declined.reference, reason_code=DeclineReason.OTHER, reason="No"
    )
    later = ask(cast.booker, cast.raman, start=3)
    assert served_minutes_by_miss([mine]) == {}
    approve_booking(actor=cast.manager, reference=later.reference)
    assert served_minutes_by_miss([mine]) == {mine: 120}, "the declined one took nothing of it away"
    cancel_booking(actor=cast.booker, reference=later.reference)
    assert served_minutes_by_miss([mine]) == {}


def test_a_date_that_moves_serves_as_much_as_it_lasts_now(cast: Cast) -> None:
    mine = missed(cast.booker, equipment=cast.stations)
    booking = ask(cast.booker, cast.stations)
    move_booking(actor=cast.booker, reference=booking.reference, span=span(3, 1))
    assert joined() == {mine: 60}


def test_what_was_joined_survives_that_two_organisations_become_one(cast: Cast) -> None:
    double = missed(cast.rival, equipment=cast.stations)
    mine = missed(cast.booker, equipment=cast.stations)
    ask(cast.rival, cast.stations)
    ask(cast.booker, cast.stations)
    hand_over_bookings(from_id=cast.rival_company.id, to_id=cast.arta.id)
    assert double not in joined()
    assert joined() == {mine: 120}
