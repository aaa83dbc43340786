"""What fails meets people who book, answer and move at the same instant: real processes, both databases."""

from functools import partial

from flask import Flask
from sqlalchemy import select

from app.booking.models import Occurrence, OccurrenceState, Outage, OutageKind
from app.booking.services.decide import approve_booking
from app.booking.services.move import move_booking
from app.booking.services.outages.change import end_outage
from app.booking.services.outages.declare import declare_outage
from app.booking.services.outages.plan import Trouble
from app.booking.services.request import request_booking
from app.cli.doctor import findings
from app.extensions import db
from app.occupancy.models import Claim, ClaimKind
from tests.booking.making import a_request, ask
from tests.cast import Cast
from tests.concurrency.racing import race
from tests.databases import both_databases
from tests.occupancy.making import at, span

DAYS = (0, 1, 2, 5)
S = OccurrenceState


def approve(references: list[str], cast: Cast, number: int) -> str:
    return approve_booking(actor=cast.manager, reference=references[number]).occurrences[0].state.value


def move(references: list[str], cast: Cast, number: int) -> str:
    booking = move_booking(
        actor=cast.booker, reference=references[number], span=span(24 * DAYS[number] + 4, 2)
    )
    return booking.occurrences[0].state.value


@both_databases
def test_an_approval_never_counts_for_a_time_that_it_did_not_see(
    app: Flask, cast: Cast, database_url: str
) -> None:
    """Whichever comes first: a date that moved waits again, or is approved where it then stands."""
    references = [ask(cast.booker, cast.raman, start=24 * day).reference for day in DAYS]
    acts = [partial(approve, references), partial(move, references)]
    approvals, _moves = race(database_url, acts, rounds=len(DAYS))
    db.session.expire_all()
    for day, said, date in zip(
        DAYS, approvals, db.session.scalars(select(Occurrence).order_by(Occurrence.id)), strict=True
    ):
        assert date.span == span(24 * day + 4, 2), "the move is made in either order"
        assert said == "approved"
        assert date.state in (S.APPROVED, S.REQUESTED)
    assert list(findings()) == []


def ask_again(who: str, cast: Cast, number: int) -> str:
    request = a_request(cast.raman, start=24 * DAYS[number])
    return request_booking(actor=getattr(cast, who), request=request).reference


def fail(cast: Cast, number: int) -> str:
    day = at(24 * DAYS[number])
    trouble = Trouble(OutageKind.OUTAGE, day, at(24 * DAYS[number] + 8), equipment_id=cast.raman.id)
    return str(declare_outage(actor=cast.technician, trouble=trouble).id)


@both_databases
def test_who_books_what_fails_is_refused_or_displaced_and_never_both_have_it(
    app: Flask, cast: Cast, database_url: str
) -> None:
    acts = [partial(ask_again, "booker"), partial(ask_again, "rival"), fail]
    outcomes = race(database_url, acts, rounds=len(DAYS))
    assert all(outcome.isdecimal() for outcome in outcomes[-1]), "an outage is never refused"
    kinds = set(db.session.scalars(select(Claim.kind).where(Claim.starts_at < at(24 * 6))))
    assert ClaimKind.OUTAGE in kinds
    for booked in zip(*outcomes[:-1], strict=True):
        assert sum(outcome.startswith("KG-") for outcome in booked) <= 1
    assert list(findings()) == []


def close(cast: Cast, number: int) -> str:
    trouble = Trouble(
        OutageKind.CLOSURE, at(24 * DAYS[number]), at(24 * DAYS[number] + 8), lab_id=cast.materials.id
    )
    return str(declare_outage(actor=cast.manager, trouble=trouble).id)


@both_databases
def test_trouble_upon_trouble_at_one_instant_takes_each_unit_once(
    app: Flask, cast: Cast, database_url: str
) -> None:
    for day in DAYS:
        ask(cast.booker, (cast.stations, 2), start=24 * day)
    race(database_url, [fail, close, partial(fail_stations, 3)], rounds=len(DAYS))
    assert len(db.session.scalars(select(Outage)).all()) == 3 * len(DAYS)
    assert list(findings()) == []


def fail_stations(quantity: int, cast: Cast, number: int) -> str:
    day = 24 * DAYS[number]
    trouble = Trouble(
        OutageKind.OUTAGE, at(day), at(day + 6), equipment_id=cast.stations.id, quantity=quantity
    )
    return str(declare_outage(actor=cast.technician, trouble=trouble).id)


def end(ids: list[int], cast: Cast, number: int) -> str:
    return str(end_outage(actor=cast.manager, outage_id=ids[number]).id)


def book_what_comes_back(cast: Cast, number: int) -> str:
    return ask_again("rival", cast, number)


@both_databases
def test_what_comes_back_goes_to_who_had_it_or_to_who_asks_first(
    app: Flask, cast: Cast, database_url: str
) -> None:
    mine = [ask(cast.booker, cast.raman, start=24 * day).reference for day in DAYS]
    ids = [declare_outage(actor=cast.manager, trouble=_day(cast, day), repair=False).id for day in DAYS]
    race(database_url, [partial(end, ids), book_what_comes_back], rounds=len(DAYS))
    assert len(mine) == len(ids)
    held = db.session.scalars(select(Claim.starts_at).order_by(Claim.starts_at)).all()
    assert held == [at(24 * day) for day in DAYS], "one of the two has it, each day"
    assert list(findings()) == []


def _day(cast: Cast, day: int) -> Trouble:
    return Trouble(
        OutageKind.OUTAGE, at(24 * day), at(24 * day + 8), equipment_id=cast.raman.id, reason="Laser"
    )
