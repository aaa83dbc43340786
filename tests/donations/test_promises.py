"""Never more is promised than a need asks for or a line holds."""

from datetime import date

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from app.core import clock
from app.core.errors import Forbidden, InvalidInput, NotFound, WrongState
from app.donations.errors import OverPromised
from app.donations.models import Allocation, Offer
from app.donations.queries.deliveries import spoken_for
from app.donations.queries.offers import list_standing_by
from app.donations.rules.promising import room, split, spread
from app.donations.rules.states import AllocationState
from app.donations.services.decide import accept_offer, allocate, decline_offer, sign_agreement
from app.donations.services.offer import draft_offer, submit_offer, withdraw_offer
from app.needs.models import Need, NeedState
from tests.cast import NOW, Cast
from tests.donations.making import a_line, agreed, offered, published_need

COUNTS = st.integers(0, 20)


@given(COUNTS, COUNTS, COUNTS, COUNTS, COUNTS)
def test_what_is_reserved_fits_both_sides(
    required: int, promised: int, held: int, used: int, wish: int
) -> None:
    left = room(required=required, promised_to_need=promised, offered=held, promised_of_line=used).left
    reserved, beyond = split(wish, left)
    assert reserved + beyond == wish
    assert reserved == 0 or (promised + reserved <= required and used + reserved <= held)


@given(
    COUNTS, st.lists(st.tuples(st.integers(1, 99), st.integers(0, 5)), max_size=5, unique_by=lambda p: p[0])
)
def test_each_copy_keeps_one_promise_and_no_promise_is_kept_twice(
    arrived: int, promises: list[tuple[int, int]]
) -> None:
    served = spread(arrived, promises)
    assert len(served) == arrived
    for allocation_id, missing in promises:
        assert served.count(allocation_id) <= missing
    kept = sum(one is not None for one in served)
    assert kept == min(arrived, sum(missing for _, missing in promises))


def states(offer: Offer) -> list[tuple[AllocationState, int]]:
    return [(one.state, one.quantity) for line in offer.lines for one in line.allocations]


def test_a_submitted_offer_reserves_what_its_need_has_room_for(app: Flask, cast: Cast) -> None:
    need = published_need(cast, quantity=3)
    offered(cast, need, quantity=2)

    late = offered(cast, need, quantity=2, actor=cast.rival)

    assert states(late) == [(AllocationState.RESERVED, 1), (AllocationState.STANDBY, 1)]
    assert spoken_for([need.id])[need.id].reserved == 3


def test_it_is_answered_by_somebody_with_a_name_and_by_a_day(app: Flask, cast: Cast) -> None:
    offer = offered(cast, published_need(cast))
    assert offer.contact == cast.liaison
    assert offer.answer_by is not None


def test_a_draft_keeps_nobody_else_from_giving(app: Flask, cast: Cast) -> None:
    need = published_need(cast)
    draft = draft_offer(actor=cast.donor, lines=[a_line(cast, need)])

    rival = offered(cast, need, actor=cast.rival)

    assert states(rival) == [(AllocationState.RESERVED, 1)]
    assert states(submit_offer(actor=cast.donor, offer_id=draft.id)) == [(AllocationState.STANDBY, 1)]


def promise(cast: Cast, offer: Offer, need: Need, quantity: int, *, standby: bool = False) -> Allocation:
    line_id = offer.lines[0].id
    return allocate(
        actor=cast.liaison,
        offer_id=offer.id,
        line_id=line_id,
        need_id=need.id,
        quantity=quantity,
        standby=standby,
    )


def test_more_than_there_is_is_refused_with_what_is_left(app: Flask, cast: Cast) -> None:
    need, offer = published_need(cast, quantity=2), offered(cast, quantity=5)

    with pytest.raises(OverPromised) as refused:
        promise(cast, offer, need, 3)
    assert refused.value.params["left"] == 2
    assert states(offer) == []


def test_who_stands_by_is_next_in_turn_when_somebody_withdraws(app: Flask, cast: Cast) -> None:
    need = published_need(cast)
    first = offered(cast, need)
    waiting = promise(cast, offered(cast, actor=cast.rival), need, 1, standby=True)
    assert waiting.state is AllocationState.STANDBY

    withdraw_offer(actor=cast.donor, offer_id=first.id)

    assert spoken_for([need.id]) == {}
    assert list(list_standing_by([need.id])) == [waiting]


def test_a_declined_offer_gives_back_what_it_had_reserved(app: Flask, cast: Cast) -> None:
    need = published_need(cast)
    other = offered(cast, published_need(cast), actor=cast.rival)
    offer = offered(cast, need)

    decline_offer(actor=cast.manager, offer_id=offer.id, reason="The room has no extraction.")

    assert states(offer) == [(AllocationState.RELEASED, 1)]
    assert offer.decline_reason == "The room has no extraction."
    assert states(other) == [(AllocationState.RESERVED, 1)]


def test_only_published_needs_can_be_promised_to(app: Flask, cast: Cast) -> None:
    draft = published_need(cast, state=NeedState.PROPOSED, published_at=None)

    with pytest.raises(NotFound):
        draft_offer(actor=cast.donor, lines=[a_line(cast, draft)])
    with pytest.raises(OverPromised):
        promise(cast, offered(cast), draft, 1)


def test_others_do_not_know_of_an_offer_and_donors_do_not_decide(app: Flask, cast: Cast) -> None:
    need = published_need(cast)
    offer = offered(cast, need)
    line_id = offer.lines[0].id

    for actor, refusal in ((cast.rival, NotFound), (cast.donor, Forbidden), (cast.other_manager, Forbidden)):
        with pytest.raises(refusal):
            allocate(actor=actor, offer_id=offer.id, line_id=line_id, need_id=need.id, quantity=1)
        with pytest.raises(refusal):
            decline_offer(actor=actor, offer_id=offer.id, reason="No")
    for actor, refusal in ((cast.rival, NotFound), (cast.liaison, Forbidden)):
        with pytest.raises(refusal):
            withdraw_offer(actor=actor, offer_id=offer.id)


def test_what_is_agreed_is_not_promised_or_withdrawn_any_more(app: Flask, cast: Cast) -> None:
    need = published_need(cast, quantity=2)
    offer = agreed(cast, need)

    with pytest.raises(WrongState):
        promise(cast, offer, need, 1)
    with pytest.raises(WrongState):
        withdraw_offer(actor=cast.donor, offer_id=offer.id)


def test_what_was_signed_today_at_home_may_be_recorded_after_midnight_there(app: Flask, cast: Cast) -> None:
    """At one in the night in Tehran it is still yesterday in UTC."""
    offer = offered(cast)
    accept_offer(actor=cast.liaison, offer_id=offer.id)
    night = NOW.replace(hour=21, minute=30)

    with clock.frozen(night):
        with pytest.raises(InvalidInput):
            sign_agreement(actor=cast.liaison, offer_id=offer.id, number="G-1", signed_on=date(2026, 11, 24))
        signed = sign_agreement(
            actor=cast.liaison, offer_id=offer.id, number="G-1", signed_on=date(2026, 11, 23)
        )

    assert signed.agreement is not None
