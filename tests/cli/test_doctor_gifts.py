"""The chain from the need to the hours: whole in a healthy database, and each broken link is found."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, insert, select, text, update

from app.agreements.models import Agreement
from app.booking.services.decide import approve_booking
from app.cli.doctor import findings
from app.core import append_only, clock
from app.core.event_log import EventRecord
from app.donations.models import (
    Allocation,
    Commissioning,
    ConsignmentLine,
    DonatedUnit,
    Inspection,
    Offer,
    OfferLine,
)
from app.donations.services.decide import allocate
from app.donations.services.lapse import lapse_offers
from app.extensions import db
from app.inventory.models import Acquisition, Unit, UnitStatus
from app.needs.models import Need, NeedEvidence
from tests.booking.making import ask
from tests.cast import NOW, Cast
from tests.databases import both_databases
from tests.donations.making import agreed, arrived, in_service, offered, published_need


@pytest.fixture
def giving(cast: Cast) -> Cast:
    """One gift works and was used; another awaits inspection; two are promised, one of them beyond."""
    need = published_need(cast, quantity=4)
    working, waiting = agreed(cast, need), agreed(cast, need)
    in_service(cast, working, arrived(cast, working)[0], equipment_id=cast.raman.id)
    arrived(cast, waiting)
    for who in (cast.booker, cast.rival):
        approve_booking(actor=cast.manager, reference=ask(who, cast.raman).reference)
    offered(cast, need, quantity=2)
    late = offered(cast, actor=cast.rival)
    line_id = late.lines[0].id
    allocate(actor=cast.liaison, offer_id=late.id, line_id=line_id, need_id=need.id, quantity=1, standby=True)
    with clock.frozen(NOW - timedelta(days=9)):
        offered(cast, need, valid_until=NOW.date() - timedelta(days=2))
    assert lapse_offers() == 1
    return cast


@both_databases
def test_a_healthy_chain_has_no_findings(app: Flask, giving: Cast) -> None:
    assert list(findings()) == []


def rewrite(table: Any, **values: Any) -> None:
    """Change what is written once."""
    unlock(table)
    db.session.execute(update(table).values(**values))


def unlock(table: Any) -> None:
    for statement in append_only.drop_statements("sqlite", table.__tablename__):
        db.session.execute(text(statement))


def smaller_need(_cast: Cast) -> None:
    db.session.execute(update(Need).values(quantity=1))


def longer_promise(_cast: Cast) -> None:
    db.session.execute(update(Need).values(quantity=99))
    db.session.execute(update(Allocation).values(quantity=3))


def promise_of_a_declined_offer(_cast: Cast) -> None:
    state = {"state": "declined", "decline_reason": "No"}
    db.session.execute(update(Offer).where(Offer.state == "submitted").values(**state))


def promise_of_a_lapsed_offer(_cast: Cast) -> None:
    lapsed = select(OfferLine.id).join(OfferLine.offer).where(Offer.state == "lapsed")
    db.session.execute(update(Need).values(quantity=9))
    db.session.execute(
        update(Allocation).where(Allocation.line_id.in_(lapsed)).values(state="reserved", quantity=1)
    )


def lapsed_too_early(_cast: Cast) -> None:
    """On its last day itself, when the donor stood by it still."""
    db.session.execute(update(Offer).where(Offer.state == "lapsed").values(valid_until=NOW.date()))


def lapsed_without_a_day(_cast: Cast) -> None:
    db.session.execute(update(Offer).where(Offer.state == "lapsed").values(valid_until=None))


def lapsed_by_somebody(cast: Cast) -> None:
    unlock(EventRecord)
    named = update(EventRecord).where(EventRecord.name == "OfferLapsed")
    db.session.execute(named.values(actor_id=cast.liaison.id))


def agreement_lost(_cast: Cast) -> None:
    db.session.execute(update(Offer).values(agreement_id=None))


def agreement_with_another(cast: Cast) -> None:
    db.session.execute(update(Agreement).values(organisation_id=cast.arta.id))


def another_giver(cast: Cast) -> None:
    rewrite(Acquisition, source_organisation_id=cast.arta.id)


def bought_not_given(_cast: Cast) -> None:
    rewrite(Acquisition, kind="purchase")


def unit_unlinked(_cast: Cast) -> None:
    unlock(DonatedUnit)
    db.session.execute(delete(DonatedUnit))


def more_received(_cast: Cast) -> None:
    db.session.execute(update(ConsignmentLine).values(received=9))


def promise_swapped(_cast: Cast) -> None:
    rewrite(DonatedUnit, allocation_id=1)


def inspection_lost(_cast: Cast) -> None:
    unlock(Inspection)
    db.session.execute(delete(Inspection))


def never_commissioned(_cast: Cast) -> None:
    unlock(Commissioning)
    db.session.execute(delete(Commissioning))


def slipped_in(cast: Cast) -> None:
    """The one that awaits inspection is made bookable by hand."""
    slipped = {"equipment_id": cast.raman.id, "number": 9, "status": UnitStatus.IN_SERVICE}
    db.session.execute(update(Unit).where(Unit.equipment_id.is_(None)).values(**slipped))


def used_before(_cast: Cast) -> None:
    rewrite(Commissioning, at=NOW + timedelta(days=900))
    rewrite(Inspection, at=NOW)


def evidence_lost(_cast: Cast) -> None:
    unlock(NeedEvidence)
    db.session.execute(delete(NeedEvidence))


def silent_state(_cast: Cast) -> None:
    db.session.execute(update(Offer).where(Offer.state == "delivering").values(state="in_service"))


def unit_from_nowhere(cast: Cast) -> None:
    db.session.execute(insert(Unit).values(status=UnitStatus.AWAITING_INSPECTION))


PLANTED = {
    smaller_need: "no need is promised too much",
    longer_promise: "no line of an offer is promised too often",
    promise_of_a_declined_offer: "promises fit the state of their offer",
    promise_of_a_lapsed_offer: "promises fit the state of their offer",
    lapsed_too_early: "offers lapse when their last day is over",
    lapsed_without_a_day: "offers lapse when their last day is over",
    lapsed_by_somebody: "offers lapse when their last day is over",
    agreement_lost: "signed offers have their agreement",
    agreement_with_another: "signed offers have their agreement",
    another_giver: "gifts come from who gave them",
    bought_not_given: "gifts come from who gave them",
    unit_unlinked: "deliveries are whole",
    more_received: "deliveries are whole",
    promise_swapped: "units keep the promises they were given for",
    inspection_lost: "units are inspected, then commissioned",
    never_commissioned: "units are inspected, then commissioned",
    slipped_in: "units are inspected, then commissioned",
    used_before: "gifts serve after they are in service",
    evidence_lost: "published needs have their evidence",
    silent_state: "the last event of an offer is its state",
    unit_from_nowhere: "units are inspected, then commissioned",
}


@pytest.mark.parametrize("plant", PLANTED, ids=lambda plant: plant.__name__)
def test_each_broken_link_is_found(app: Flask, giving: Cast, plant: Callable[[Cast], None]) -> None:
    plant(giving)
    db.session.commit()
    assert PLANTED[plant] in {name for name, _ in findings()}
