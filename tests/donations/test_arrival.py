"""From the door to the list: nothing can be booked before it is inspected and commissioned."""

import pytest
from flask import Flask
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DatabaseError

from app.booking.services.request import request_booking
from app.core.errors import Forbidden, InvalidInput, NotFound, WrongState
from app.donations.models import DonatedUnit, Inspection, Offer
from app.donations.queries.deliveries import spoken_for
from app.donations.rules.states import OfferState, Result
from app.donations.services.deliver import Arrived, commission, inspect, receive
from app.extensions import db
from app.inventory.models import Acquisition, AcquisitionKind, Unit, UnitStatus
from app.needs.rules.coverage import Spoken
from app.occupancy.errors import SlotTaken
from app.occupancy.queries import capacities
from tests.booking.making import a_request, ask
from tests.cast import Cast
from tests.databases import both_databases
from tests.donations.making import agreed, arrived, in_service, offered, published_need


def take(cast: Cast, offer: Offer, received: int, **more: int) -> list[Unit]:
    line = Arrived(line_id=offer.lines[0].id, received=received, **more)
    return receive(actor=cast.manager, offer_id=offer.id, lines=[line])


def test_what_came_whole_awaits_inspection_with_its_one_acquisition(app: Flask, cast: Cast) -> None:
    need = published_need(cast, quantity=2)
    offer = agreed(cast, need, quantity=3)

    units = take(cast, offer, 2, damaged=1, refused=1)

    assert [unit.status for unit in units] == [UnitStatus.AWAITING_INSPECTION] * 2
    assert {unit.equipment_id for unit in units} == {None}
    origins = {(u.acquisition.kind, u.acquisition.source_organisation_id) for u in units}
    assert origins == {(AcquisitionKind.GIFT, cast.foundation.id)}
    links = db.session.scalars(select(DonatedUnit.allocation_id)).all()
    assert links == [offer.lines[0].allocations[0].id] * 2
    assert spoken_for([need.id]) == {need.id: Spoken(delivered=2)}
    assert offer.state is OfferState.DELIVERING


def test_a_delivery_is_never_more_than_was_offered(app: Flask, cast: Cast) -> None:
    offer = agreed(cast, published_need(cast, quantity=2), quantity=2)
    take(cast, offer, 1)

    with pytest.raises(InvalidInput) as refused:
        take(cast, offer, 2)
    assert refused.value.errors == (("lines.0.received", "more-than-offered"),)
    for counts in ((0, 0), (-1, 2)):
        with pytest.raises(InvalidInput):
            take(cast, offer, counts[0], damaged=counts[1] - 1)
    with pytest.raises(InvalidInput):
        receive(actor=cast.manager, offer_id=offer.id, lines=[])
    other = offered(cast)
    with pytest.raises(NotFound):
        receive(actor=cast.manager, offer_id=offer.id, lines=[Arrived(line_id=other.lines[0].id, received=1)])


def test_nothing_arrives_without_an_agreement(app: Flask, cast: Cast) -> None:
    with pytest.raises(WrongState):
        take(cast, offered(cast, published_need(cast)), 1)


@both_databases
def test_nothing_is_bookable_before_it_is_commissioned(app: Flask, cast: Cast) -> None:
    ask(cast.booker, cast.raman)
    offer = agreed(cast, published_need(cast))
    (unit,) = arrived(cast, offer)
    for step in (
        None,
        lambda: inspect(actor=cast.manager, offer_id=offer.id, unit_id=unit.id, result=Result.PASS),
    ):
        if step:
            step()
        assert capacities([cast.raman.id]) == {cast.raman.id: 1}
        with pytest.raises(SlotTaken):
            request_booking(actor=cast.rival, request=a_request(cast.raman))

    commission(
        actor=cast.manager,
        offer_id=offer.id,
        unit_id=unit.id,
        lab_id=cast.materials.id,
        responsible="Mina Akbari",
        equipment_id=cast.raman.id,
    )

    assert (unit.number, unit.status) == (2, UnitStatus.IN_SERVICE)
    assert request_booking(actor=cast.rival, request=a_request(cast.raman)).reference
    assert offer.state is OfferState.IN_SERVICE


@both_databases
def test_the_database_itself_keeps_a_unit_of_no_equipment_out_of_service(app: Flask, cast: Cast) -> None:
    (unit,) = arrived(cast, agreed(cast, published_need(cast)))
    with pytest.raises(DatabaseError, match="in_service_as_equipment"):
        db.session.execute(update(Unit).where(Unit.id == unit.id).values(status=UnitStatus.IN_SERVICE))


@both_databases
@pytest.mark.parametrize("table", [Acquisition, DonatedUnit, Inspection])
def test_provenance_is_written_once(app: Flask, cast: Cast, table: type) -> None:
    offer = agreed(cast, published_need(cast))
    (unit,) = arrived(cast, offer)
    inspect(actor=cast.technician, offer_id=offer.id, unit_id=unit.id, result=Result.FAIL)

    for statement in (update(table).values(unit_id=cast.raman.units[0].id), delete(table)):
        with pytest.raises(DatabaseError, match="append_only"):
            db.session.execute(statement)
        db.session.rollback()


def test_a_unit_that_failed_awaits_another_look_and_every_look_is_kept(app: Flask, cast: Cast) -> None:
    offer = agreed(cast, published_need(cast))
    (unit,) = arrived(cast, offer)

    inspect(actor=cast.technician, offer_id=offer.id, unit_id=unit.id, result=Result.FAIL, note="No beam")
    assert unit.status is UnitStatus.AWAITING_INSPECTION
    with pytest.raises(WrongState):
        in_service_now(cast, offer, unit)
    inspect(actor=cast.technician, offer_id=offer.id, unit_id=unit.id, result=Result.PASS)

    assert unit.status is UnitStatus.INSPECTED
    looks = db.session.scalars(select(Inspection.result).order_by(Inspection.id)).all()
    assert looks == [Result.FAIL, Result.PASS]
    with pytest.raises(WrongState):
        inspect(actor=cast.technician, offer_id=offer.id, unit_id=unit.id, result=Result.PASS)


def in_service_now(cast: Cast, offer: Offer, unit: Unit) -> None:
    commission(
        actor=cast.manager,
        offer_id=offer.id,
        unit_id=unit.id,
        lab_id=cast.materials.id,
        responsible="Mina Akbari",
    )


def test_it_may_become_new_equipment_of_the_lab(app: Flask, cast: Cast) -> None:
    offer = agreed(cast, published_need(cast))
    (unit,) = arrived(cast, offer)

    equipment_id = in_service(cast, offer, unit)

    assert equipment_id != cast.raman.id
    assert capacities([equipment_id]) == {equipment_id: 1}
    assert unit.equipment is not None
    assert unit.equipment.name == "Raman spectrometer, 785 nm"


def test_each_step_has_its_people(app: Flask, cast: Cast) -> None:
    offer = agreed(cast, published_need(cast))
    line = Arrived(line_id=offer.lines[0].id, received=1)
    for actor, refusal in ((cast.donor, Forbidden), (cast.rival, NotFound), (cast.other_manager, Forbidden)):
        with pytest.raises(refusal):
            receive(actor=actor, offer_id=offer.id, lines=[line])
    (unit,) = arrived(cast, offer)
    for actor, refusal in ((cast.donor, Forbidden), (cast.rival, NotFound), (cast.other_manager, Forbidden)):
        with pytest.raises(refusal):
            inspect(actor=actor, offer_id=offer.id, unit_id=unit.id, result=Result.PASS)
    inspect(actor=cast.technician, offer_id=offer.id, unit_id=unit.id, result=Result.PASS)
    for actor in (cast.technician, cast.liaison, cast.other_manager):
        with pytest.raises(Forbidden):
            commission(
                actor=actor,
                offer_id=offer.id,
                unit_id=unit.id,
                lab_id=cast.materials.id,
                responsible="Somebody",
            )
    with pytest.raises(NotFound):  # equipment of another lab
        commission(
            actor=cast.manager,
            offer_id=offer.id,
            unit_id=unit.id,
            lab_id=cast.materials.id,
            responsible="Somebody",
            equipment_id=cast.oscilloscope.id,
        )


def test_a_unit_of_another_offer_is_not_found(app: Flask, cast: Cast) -> None:
    mine, other = agreed(cast, published_need(cast)), agreed(cast, published_need(cast))
    (unit,) = arrived(cast, other)
    with pytest.raises(NotFound):
        inspect(actor=cast.manager, offer_id=mine.id, unit_id=unit.id, result=Result.PASS)
    with pytest.raises(NotFound):
        inspect(actor=cast.manager, offer_id=mine.id, unit_id=cast.raman.units[0].id, result=Result.PASS)
