"""Saying what comes along: who may, and what is refused."""

import pytest

from app.accounts.models import User
from app.core.errors import Forbidden, InvalidInput, NotFound
from app.core.event_log import EventRecord
from app.extensions import db
from app.inventory.models import Equipment, EquipmentStatus, Mode
from app.inventory.queries.requirements import ids_needing, list_both_ways, list_links, list_requirements
from app.inventory.rules.requirements import Link
from app.inventory.services.equipment import change_status
from app.inventory.services.requirements import set_requirements
from tests.cast import Cast
from tests.databases import both_databases


def let_take(actor: User, thing: Equipment, *others: Equipment | Link) -> None:
    links = [one if isinstance(one, Link) else Link(thing.id, one.id) for one in others]
    set_requirements(actor=actor, equipment_id=thing.id, links=links)


def codes(refused: pytest.ExceptionInfo[InvalidInput]) -> list[str]:
    return [code for _field, code in refused.value.errors]


@both_databases
def test_a_list_takes_the_place_of_the_one_before(cast: Cast) -> None:
    let_take(cast.manager, cast.raman, cast.stations, cast.oscilloscope)
    link = Link(cast.raman.id, cast.stations.id, None, is_shared=True, modes=frozenset({"operator"}))
    let_take(cast.manager, cast.raman, link)
    (one,) = list_requirements(cast.raman.id)
    assert (one.needs, one.quantity, one.is_shared, one.modes) == (cast.stations, None, True, ["operator"])
    assert [one.equipment for one in list_both_ways(cast.stations.id)[1]] == [cast.raman]
    assert list_both_ways(cast.oscilloscope.id) == ([], [])


@both_databases
def test_what_comes_along_is_read_however_deep(cast: Cast) -> None:
    let_take(cast.manager, cast.raman, cast.microscope)
    let_take(cast.manager, cast.microscope, cast.stations)
    let_take(cast.manager, cast.stations, cast.oscilloscope)
    pairs = {(link.equipment_id, link.needs_id) for link in list_links([cast.raman.id])}
    assert pairs == {
        (cast.raman.id, cast.microscope.id),
        (cast.microscope.id, cast.stations.id),
        (cast.stations.id, cast.oscilloscope.id),
    }
    assert not list_links([cast.oscilloscope.id])
    assert not list_links([])
    assert ids_needing([cast.stations.id]) == {cast.raman.id, cast.microscope.id, cast.stations.id}


def test_a_circle_is_refused(cast: Cast) -> None:
    let_take(cast.manager, cast.raman, cast.microscope)
    let_take(cast.manager, cast.microscope, cast.stations)
    with pytest.raises(InvalidInput) as refused:
        let_take(cast.manager, cast.stations, cast.raman)
    assert codes(refused) == ["circle"]
    assert not list_requirements(cast.stations.id)


def test_what_makes_no_sense_is_refused(cast: Cast) -> None:
    change_status(actor=cast.admin, equipment_id=cast.oscilloscope.id, status=EquipmentStatus.RETIRED)
    for links, code in (
        ([Link(cast.raman.id, cast.raman.id)], "itself"),
        ([Link(cast.raman.id, cast.stations.id)] * 2, "twice"),
        ([Link(cast.raman.id, 999_999)], "unknown"),
        ([Link(cast.raman.id, cast.oscilloscope.id)], "unknown"),
        ([Link(cast.raman.id, cast.stations.id, 0)], "out-of-range"),
        ([Link(cast.raman.id, id_) for id_ in range(1, 60)], "too_many"),
    ):
        with pytest.raises(InvalidInput) as refused:
            set_requirements(actor=cast.manager, equipment_id=cast.raman.id, links=links)
        assert codes(refused) == [code]


def test_only_who_manages_the_lab_says_it(cast: Cast) -> None:
    for person in (cast.technician, cast.safety, cast.other_manager, cast.booker, cast.liaison):
        with pytest.raises(Forbidden):
            let_take(person, cast.raman, cast.stations)
    with pytest.raises(NotFound):
        set_requirements(actor=cast.manager, equipment_id=999_999, links=[])
    let_take(
        cast.other_manager, cast.oscilloscope, cast.stations
    )  # of another lab, which decides for its own
    assert not list_requirements(cast.raman.id)


def test_it_is_written_down_once(cast: Cast) -> None:
    for _again in range(2):
        let_take(
            cast.manager, cast.raman, Link(cast.raman.id, cast.stations.id, 2, modes=frozenset({"self"}))
        )
    told = db.session.query(EventRecord).filter_by(name="RequirementsChanged").all()
    assert [one.data["needs"] for one in told] == [
        [{"equipment": cast.stations.id, "quantity": 2, "shared": False, "modes": [Mode.SELF.value]}]
    ]
