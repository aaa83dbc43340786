"""An outage and what comes along: people and rooms are not exchanged, machines only for their like."""

import pytest

from app.booking.models import OccurrenceState
from app.booking.services.outages.declare import declare_outage
from app.cli.doctor import findings
from app.inventory.models import Equipment, Mode
from app.inventory.services.equipment import create_equipment
from tests.booking.outages.test_declare import approved, fail, second_raman, trouble
from tests.cast import Cast
from tests.databases import both_databases
from tests.inventory.services.test_requirements import let_take

S = OccurrenceState


@pytest.fixture
def operator(cast: Cast) -> Equipment:
    return create_equipment(
        actor=cast.manager,
        lab_id=cast.materials.id,
        category_id=cast.soldering.id,
        name="Operator",
        modes=[Mode.OPERATOR.value],
        is_lent_alone=False,
    )


@both_databases
def test_who_falls_ill_is_not_replaced_by_a_soldering_station(cast: Cast, operator: Equipment) -> None:
    """Both are of one category, and a station is free: the company is offered another time instead."""
    let_take(cast.manager, cast.raman, operator)
    booking = approved(cast, cast.booker, cast.raman)
    fail(cast, operator)
    (date,) = booking.occurrences
    assert date.state is S.PROPOSED
    assert {item.equipment_id for item in date.items} == {cast.raman.id, operator.id}
    assert not list(findings())


@both_databases
def test_another_machine_stands_in_if_the_date_has_all_it_needs(cast: Cast, operator: Equipment) -> None:
    other = second_raman(cast)
    let_take(cast.manager, cast.raman, operator)
    let_take(cast.manager, other, operator)
    booking = approved(cast, cast.booker, cast.raman)
    fail(cast, cast.raman)
    (date,) = booking.occurrences
    assert date.state is S.APPROVED
    assert [(item.equipment_id, item.is_required) for item in date.items] == [
        (other.id, False),
        (operator.id, True),
    ]
    assert not list(findings())


def test_a_machine_that_needs_more_does_not_stand_in(cast: Cast, operator: Equipment) -> None:
    other = second_raman(cast)
    let_take(cast.manager, other, cast.stations)
    booking = approved(cast, cast.booker, cast.raman)
    declare_outage(actor=cast.manager, trouble=trouble(cast.raman))
    (date,) = booking.occurrences
    assert (date.state, date.items[0].equipment) == (S.PROPOSED, cast.raman)
