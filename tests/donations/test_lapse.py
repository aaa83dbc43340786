"""An offer whose last day goes by without an agreement ends by itself, once."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.core import clock
from app.core.errors import InvalidInput, WrongState
from app.core.event_log import EventRecord
from app.donations.jobs import lapse_offers
from app.donations.models import Allocation, Offer
from app.donations.rules.states import AllocationState, OfferState
from app.donations.services.decide import accept_offer, decline_offer, review_offer, sign_agreement
from app.donations.services.offer import draft_offer, submit_offer, withdraw_offer
from app.extensions import db
from tests.cast import NOW, Cast
from tests.databases import both_databases
from tests.donations.making import a_line, offered, published_need

LAST = NOW.date() + timedelta(days=10)
# 20:30 UTC is midnight in Tehran: the day there is over while it lasts in London.
MIDNIGHT = NOW.replace(hour=20, minute=30) + timedelta(days=10)


def state_of(offer: Offer) -> OfferState:
    state = db.session.scalar(select(Offer.state).where(Offer.id == offer.id))
    assert state is not None
    return state


@both_databases
def test_it_lapses_at_the_universitys_midnight_and_frees_what_it_had_reserved(cast: Cast) -> None:
    need = published_need(cast)
    offer, decoy = offered(cast, need, valid_until=LAST), offered(cast)
    with clock.frozen(MIDNIGHT - timedelta(minutes=1)):
        assert lapse_offers() == 0
    with clock.frozen(MIDNIGHT):
        assert (lapse_offers(), lapse_offers()) == (1, 0)
    assert (state_of(offer), state_of(decoy)) == (OfferState.LAPSED, OfferState.SUBMITTED)
    assert db.session.scalars(select(Allocation.state)).all() == [AllocationState.RELEASED]
    said = db.session.scalars(select(EventRecord).where(EventRecord.name == "OfferLapsed")).one()
    assert (said.subject_id, said.actor_id) == (offer.id, None)


def test_a_reviewed_and_an_accepted_one_lapse_as_well(cast: Cast) -> None:
    reviewed, accepted = offered(cast, valid_until=LAST), offered(cast, valid_until=LAST)
    review_offer(actor=cast.liaison, offer_id=reviewed.id)
    accept_offer(actor=cast.liaison, offer_id=accepted.id)
    with clock.frozen(MIDNIGHT):
        assert lapse_offers() == 2


def test_what_is_decided_never_lapses(cast: Cast) -> None:
    offers = [offered(cast, valid_until=LAST) for _ in range(3)]
    decline_offer(actor=cast.liaison, offer_id=offers[0].id, reason="No room")
    withdraw_offer(actor=cast.donor, offer_id=offers[1].id)
    accept_offer(actor=cast.liaison, offer_id=offers[2].id)
    sign_agreement(actor=cast.liaison, offer_id=offers[2].id, number="G-1", signed_on=NOW.date())
    draft_offer(actor=cast.donor, lines=[a_line(cast)], valid_until=LAST)
    with clock.frozen(MIDNIGHT + timedelta(days=99)):
        assert lapse_offers() == 0


def test_what_was_answered_between_the_list_and_the_lock_is_left_alone(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer = offered(cast, valid_until=LAST)
    withdraw_offer(actor=cast.donor, offer_id=offer.id)
    monkeypatch.setattr("app.donations.services.lapse.list_lapsing", lambda *_a, **_k: [offer.id])
    with clock.frozen(MIDNIGHT):
        assert lapse_offers() == 0
    assert state_of(offer) is OfferState.WITHDRAWN


def test_a_lapsed_offer_can_only_be_read(cast: Cast) -> None:
    offer = offered(cast, valid_until=LAST)
    with clock.frozen(MIDNIGHT):
        lapse_offers()
        with pytest.raises(WrongState):
            accept_offer(actor=cast.liaison, offer_id=offer.id)
        with pytest.raises(WrongState):
            withdraw_offer(actor=cast.donor, offer_id=offer.id)


@pytest.mark.parametrize("day", [NOW.date() - timedelta(days=1), date(1999, 1, 1)])
def test_nobody_stands_by_an_offer_until_yesterday(cast: Cast, day: date) -> None:
    with pytest.raises(InvalidInput) as refused:
        draft_offer(actor=cast.donor, lines=[a_line(cast)], valid_until=day)
    assert refused.value.errors == (("valid_until", "in-the-past"),)


def test_a_draft_whose_day_went_by_is_not_handed_in(cast: Cast) -> None:
    draft = draft_offer(actor=cast.donor, lines=[a_line(cast)], valid_until=LAST)
    with clock.frozen(MIDNIGHT), pytest.raises(InvalidInput):
        submit_offer(actor=cast.donor, offer_id=draft.id)
    assert state_of(draft) is OfferState.DRAFT
