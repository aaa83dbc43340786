"""Rivals at the same instant, in real processes, on both databases."""

import random
from collections import Counter
from functools import partial
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.booking.models import DeclineReason, WaitlistEntry, WaitState
from app.booking.services.cancel import cancel_booking
from app.booking.services.decide import approve_booking, decline_booking
from app.booking.services.move import move_booking
from app.booking.services.request import request_booking
from app.booking.services.waitlist.answer import accept_held
from app.booking.services.waitlist.join import leave_waitlist
from app.cli.doctor import findings
from app.core.event_log import EventRecord
from app.donations.queries.deliveries import spoken_for
from app.donations.services.decide import allocate
from app.extensions import db
from app.occupancy.models import Claim
from app.occupancy.rules.peaks import Taken, fits, peak
from tests.booking.making import a_request, ask
from tests.booking.services.test_waitlist import wait
from tests.cast import Cast
from tests.concurrency.racing import race
from tests.databases import both_databases
from tests.donations.making import offered, published_need
from tests.occupancy.making import span

ROUNDS = 8


def ask_for_the_same(who: str, cast: Cast, number: int) -> str:
    day, slot = divmod(number, 4)
    request = a_request(cast.raman, start=24 * day + 2 * slot)
    return request_booking(actor=getattr(cast, who), request=request).reference


@both_databases
def test_of_many_who_want_one_slot_exactly_one_gets_it(app: Flask, cast: Cast, database_url: str) -> None:
    acts = [partial(ask_for_the_same, who) for who in ("booker", "rival", "boss", "student") * 2]
    for outcomes in zip(*race(database_url, acts, rounds=ROUNDS), strict=True):
        winners = [outcome for outcome in outcomes if outcome.startswith("KG-")]
        assert len(winners) == 1
        assert Counter(outcomes)["SlotTaken"] == len(acts) - 1


def ask_for_some_stations(seed: int, cast: Cast, number: int) -> Any:
    chance = random.Random(seed * 1000 + number)
    wants = (cast.stations, chance.randint(1, 3))
    start, length = chance.randint(0, 12) / 2, chance.randint(1, 4) / 2
    booking = request_booking(
        actor=(cast.booker, cast.rival)[seed % 2], request=a_request(wants, start=start, length=length)
    )
    return wants[1], booking.occurrences[0].span, booking.occurrences[0].id


@both_databases
def test_a_pool_is_filled_to_the_brim_and_never_beyond(app: Flask, cast: Cast, database_url: str) -> None:
    outcomes = race(database_url, [partial(ask_for_some_stations, seed) for seed in range(4)], rounds=10)
    won = [o for runner in outcomes for o in runner if o != "SlotTaken"]
    taken = [Taken(when, quantity) for quantity, when, _ in won]
    assert peak(span(0, 24), taken) <= 4
    # What was refused did not fit beside all that was given in the end, so nothing fitting was lost.
    for seed, runner in enumerate(outcomes):
        for number, outcome in enumerate(runner):
            if outcome == "SlotTaken":
                chance = random.Random(seed * 1000 + number)
                quantity = chance.randint(1, 3)
                start, length = chance.randint(0, 12) / 2, chance.randint(1, 4) / 2
                assert not fits(Taken(span(start, length), quantity), taken, 4)


def approve(reference: str, cast: Cast, _number: int) -> str:
    return approve_booking(actor=cast.manager, reference=reference).occurrences[0].state.value


def decline(reference: str, cast: Cast, _number: int) -> str:
    reason = DeclineReason.OTHER
    booking = decline_booking(actor=cast.safety, reference=reference, reason_code=reason, reason="No")
    return booking.occurrences[0].state.value


def cancel(reference: str, cast: Cast, _number: int) -> str:
    return cancel_booking(actor=cast.boss, reference=reference).occurrences[0].state.value


def move(reference: str, start: float, cast: Cast, _number: int) -> str:
    return move_booking(actor=cast.booker, reference=reference, span=span(start, 2)).reference


@both_databases
def test_of_two_answers_one_counts(app: Flask, cast: Cast, database_url: str) -> None:
    reference = ask(cast.booker, cast.raman).reference
    outcomes = [o for (o,) in race(database_url, [partial(approve, reference), partial(decline, reference)])]
    assert sorted(outcomes, key=str) in (["WrongState", "approved"], ["WrongState", "declined"])
    names = db.session.scalars(select(EventRecord.name)).all()
    assert len(names) == 2


@both_databases
def test_approve_against_cancel_ends_in_a_state_that_both_understand(
    app: Flask, cast: Cast, database_url: str
) -> None:
    reference = ask(cast.booker, cast.raman).reference
    outcomes = [o for (o,) in race(database_url, [partial(approve, reference), partial(cancel, reference)])]
    # An approved booking can still be called off; a cancelled one cannot be approved.
    assert outcomes in (["approved", "cancelled"], ["WrongState", "cancelled"])
    assert db.session.scalars(select(Claim)).all() == []


@both_databases
def test_two_bookings_that_change_places_do_not_block_each_other_for_ever(
    app: Flask, cast: Cast, database_url: str
) -> None:
    first = ask(cast.booker, cast.raman, cast.oscilloscope).reference
    second = ask(cast.booker, cast.raman, cast.oscilloscope, start=2).reference
    outcomes = race(database_url, [partial(move, first, 2), partial(move, second, 0)])
    assert outcomes == [["SlotTaken"], ["SlotTaken"]]  # each finds the other's place taken
    assert len(db.session.scalars(select(Claim)).all()) == 4


def ask_for_several(seed: int, cast: Cast, number: int) -> str:
    chance = random.Random(seed * 100 + number)
    things = [cast.raman, cast.oscilloscope, (cast.stations, 1)]
    chance.shuffle(things)
    return request_booking(
        actor=cast.booker, request=a_request(*things, start=chance.randint(0, 6), length=1)
    ).reference


@both_databases
def test_kits_asked_in_any_order_never_deadlock(app: Flask, cast: Cast, database_url: str) -> None:
    outcomes = race(database_url, [partial(ask_for_several, seed) for seed in range(6)], rounds=5)
    kinds = {o if o in ("SlotTaken", "Busy") else "won" for runner in outcomes for o in runner}
    assert kinds <= {"won", "SlotTaken"}
    assert len(db.session.scalars(select(Claim)).all()) % 3 == 0


def promise_the_last(of: tuple[int, int, int], standby: bool, cast: Cast, _number: int) -> str:
    offer_id, line_id, need_id = of
    promised = allocate(
        actor=cast.liaison, offer_id=offer_id, line_id=line_id, need_id=need_id, quantity=1, standby=standby
    )
    return promised.state.value


@both_databases
@pytest.mark.parametrize("standby", [False, True], ids=["refused", "standing by"])
def test_of_two_who_give_the_last_one_needed_one_is_promised(
    app: Flask, cast: Cast, database_url: str, standby: bool
) -> None:
    need = published_need(cast)
    offers = [offered(cast, actor=who) for who in (cast.donor, cast.rival)]
    acts = [partial(promise_the_last, (offer.id, offer.lines[0].id, need.id), standby) for offer in offers]

    outcomes = [runner[0] for runner in race(database_url, acts)]

    assert sorted(outcomes) == sorted(["reserved", "standby" if standby else "OverPromised"])
    assert spoken_for([need.id])[need.id].reserved == 1


def call_off(references: list[str], cast: Cast, number: int) -> str:
    return cancel_booking(actor=cast.booker, reference=references[number]).reference


def snatch(cast: Cast, number: int) -> str:
    return request_booking(actor=cast.boss, request=a_request(cast.raman, start=24 * number)).reference


@both_databases
def test_what_is_freed_is_held_for_who_waits_and_nobody_steps_between(
    app: Flask, cast: Cast, database_url: str
) -> None:
    references = [ask(cast.booker, cast.raman, start=24 * day).reference for day in range(4)]
    entries = [wait(cast.rival, cast.raman, 24 * day, 2).id for day in range(4)]
    race(database_url, [partial(call_off, references), snatch, snatch], rounds=4)
    db.session.rollback()
    for entry_id in entries:
        entry = db.session.get_one(WaitlistEntry, entry_id)
        assert entry.state is WaitState.OFFERED
    assert list(findings()) == []


def take_it(entry_id: int, cast: Cast, _number: int) -> str:
    return accept_held(actor=cast.rival, entry_id=entry_id).reference


def leave_it(entry_id: int, cast: Cast, _number: int) -> str:
    return leave_waitlist(actor=cast.rival, entry_id=entry_id).state.value


@both_databases
def test_a_held_time_is_taken_or_left_and_never_both(app: Flask, cast: Cast, database_url: str) -> None:
    reference = ask(cast.booker, cast.raman).reference
    first, second = wait(cast.rival, cast.raman), wait(cast.boss, cast.raman)
    cancel_booking(actor=cast.booker, reference=reference)
    acts = [partial(take_it, first.id), partial(leave_it, first.id), partial(take_it, first.id)]
    outcomes = [one for runner in race(database_url, acts, rounds=1) for one in runner]
    assert Counter(outcomes)["WrongState"] == 2
    db.session.rollback()
    left = db.session.get_one(WaitlistEntry, first.id).state is WaitState.LEFT
    assert (db.session.get_one(WaitlistEntry, second.id).state is WaitState.OFFERED) == left
    assert list(findings()) == []
