"""A list is brought in whole, again without change, or not at all."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import event, func, select

from app.accounts.operator import OPERATOR
from app.core import clock
from app.core.db import unit_of_work
from app.core.spans import Span
from app.extensions import db
from app.inventory.errors import ImportRefused
from app.inventory.models import Category, Equipment, EquipmentStatus, Unit, UnitStatus
from app.inventory.problems import Problem
from app.inventory.queries.equipment import imported_of
from app.inventory.queries.search import search_equipment
from app.inventory.rules.importing.mapping import Field, Settings
from app.inventory.rules.importing.plan import Outcome, Plan
from app.inventory.rules.importing.sheet import read_sheet
from app.inventory.services.categories import create_category
from app.inventory.services.importing import import_equipment, plan_import
from app.inventory.services.units import change_unit_status
from app.occupancy.models import ClaimKind, Source
from app.occupancy.queries import capacities
from app.occupancy.services import claims
from app.occupancy.services.claims import Wanted
from tests.cast import Cast
from tests.databases import both_databases
from tests.inventory.lists import csv, instruments
from tests.inventory.told import Told

HEAD = "id,name,category,status,quantity,serial,asset tag,room"
FURNACE = "K-1,Muffle furnace,Furnaces,active,2,S1;S2,A1;A2,112"
KILN = "K-2,Kiln,furnaces,,,,,"
MATERIALS = Settings("id", constants={Field.LAB: "materials"})


def bring_in(actor: object, *lines: str, told: Settings = MATERIALS) -> Plan:
    return import_equipment(actor=actor, sheet=read_sheet(csv(HEAD, *lines)), told=told)  # type: ignore[arg-type]


def problems_of(actor: object, *lines: str, told: Settings = MATERIALS) -> list[Problem]:
    """Why it is refused; that nothing has changed is checked here for every refusal."""
    before = _everything()
    with pytest.raises(ImportRefused) as refused:
        bring_in(actor, *lines, told=told)
    assert _everything() == before
    return list(refused.value.problems)


def _everything() -> list[int]:
    kinds = (Equipment, Category)
    return [db.session.scalar(select(func.count()).select_from(kind)) or 0 for kind in kinds]


def outcomes(plan: Plan) -> list[tuple[str, Outcome, tuple[str, ...]]]:
    return [(line.key, line.outcome, line.changes) for line in plan.lines]


@both_databases
def test_new_lines_become_equipment_with_units_and_one_new_category(app: Flask, cast: Cast) -> None:
    told = Told()

    plan = bring_in(cast.manager, FURNACE, KILN)

    assert outcomes(plan) == [("K-1", Outcome.CREATED, ()), ("K-2", Outcome.CREATED, ())]
    assert plan.new_categories == ["Furnaces"]
    furnace = imported_of([cast.materials.id])[cast.materials.id, "K-1"]
    assert [(unit.serial, unit.asset_tag) for unit in furnace.units] == [("S1", "A1"), ("S2", "A2")]
    assert (furnace.category.name, furnace.location) == ("Furnaces", "112")
    assert capacities([furnace.id]) == {furnace.id: 2}
    assert told.names().count("EquipmentCreated") == 2
    assert [equipment.id for equipment in search_equipment(None, q="muffle a2").items] == [furnace.id]


@both_databases
def test_the_same_list_again_changes_nothing(app: Flask, cast: Cast) -> None:
    bring_in(cast.manager, FURNACE, KILN)
    told = Told()

    plan = bring_in(cast.manager, FURNACE, KILN)

    assert outcomes(plan) == [("K-1", Outcome.UNCHANGED, ()), ("K-2", Outcome.UNCHANGED, ())]
    assert told.names() == []


def test_what_differs_is_changed_and_named(app: Flask, cast: Cast) -> None:
    bring_in(cast.manager, FURNACE, KILN)

    plan = bring_in(cast.manager, "K-1,Muffle furnace 1200,Kilns,offline,3,S1;S2;S3,A1;A9,", KILN)

    assert outcomes(plan)[0] == (
        "K-1",
        Outcome.UPDATED,
        ("name", "location", "category", "status", "quantity", "serial", "asset_tag"),
    )
    furnace = imported_of([cast.materials.id])[cast.materials.id, "K-1"]
    assert furnace.name == "Muffle furnace 1200"
    assert furnace.location is None
    assert furnace.category.name == "Kilns"
    assert furnace.status is EquipmentStatus.OUT_OF_SERVICE
    assert [(u.serial, u.asset_tag) for u in furnace.units] == [("S1", "A1"), ("S2", "A9"), ("S3", None)]
    assert capacities([furnace.id]) == {furnace.id: 0}


@pytest.mark.parametrize("version", ["new", "changed"])
def test_a_line_costs_few_statements(app: Flask, cast: Cast, version: str) -> None:
    """Everybody else who wants to write waits until the last line is in."""

    def statements_for(size: int, offset: int) -> int:
        seen: list[str] = []
        lines = [
            f"K-{n},{version} {n},Soldering,,2,{version}-{n};,T-{n};U-{n},"
            for n in range(offset, offset + size)
        ]
        if version == "changed":
            bring_in(cast.manager, *(line.replace("changed", "new") for line in lines))

        def listener(*args: object) -> None:
            seen.append(str(args[2]))

        event.listen(db.engine, "before_cursor_execute", listener)
        assert bring_in(cast.manager, *lines).count(Outcome.UNCHANGED) == 0
        event.remove(db.engine, "before_cursor_execute", listener)
        return len(seen)

    few, many = statements_for(10, 100), statements_for(60, 200)
    # One of them asks whether the place is closed: what is new there cannot be booked either.
    assert (many - few) / 50 <= 10


def test_what_the_list_no_longer_has_stays(app: Flask, cast: Cast) -> None:
    bring_in(cast.manager, FURNACE, KILN)
    bring_in(cast.manager, KILN)

    assert (cast.materials.id, "K-1") in imported_of([cast.materials.id])


def test_a_dry_run_says_the_same_and_does_nothing(app: Flask, cast: Cast) -> None:
    told, before = Told(), _everything()

    plan = plan_import(actor=cast.manager, sheet=read_sheet(csv(HEAD, FURNACE, KILN)), told=MATERIALS)

    assert outcomes(plan) == [("K-1", Outcome.CREATED, ()), ("K-2", Outcome.CREATED, ())]
    assert plan.new_categories == ["Furnaces"]
    assert _everything() == before
    assert told.names() == []


def test_a_category_is_known_in_either_language(app: Flask, cast: Cast) -> None:
    bring_in(cast.manager, "K-1,Station,لحيم كاري,,,,,", "K-2,Iron,SOLDERING,,,,,")

    found = imported_of([cast.materials.id])
    assert {equipment.category_id for equipment in found.values()} == {cast.soldering.id}


def test_a_category_that_may_be_either_of_two_is_asked_about(app: Flask, cast: Cast) -> None:
    other = create_category(actor=cast.admin, name="Soldering", parent_id=cast.spectroscopy.id)

    assert problems_of(cast.manager, "K-1,A,Soldering,,,,,", "K-2,B,Soldering,,,,,") == [
        Problem(
            "which-category", 2, "category", {"category": "Soldering", "slugs": f"soldering, {other.slug}"}
        )
    ]
    bring_in(cast.manager, f"K-1,A,{other.slug},,,,,")
    assert imported_of([cast.materials.id])[cast.materials.id, "K-1"].category_id == other.id


def test_one_mistake_stops_the_whole_list(app: Flask, cast: Cast) -> None:
    assert problems_of(cast.manager, FURNACE, "K-2,Kiln,Furnaces,PrepHPLC,,,,") == [
        Problem("unknown-status", 3, "status", {"field": Field.STATUS, "cell": "PrepHPLC"})
    ]


def test_only_those_who_manage_the_lab_fill_it(app: Flask, cast: Cast) -> None:
    for actor in (cast.other_manager, cast.technician, cast.liaison, cast.booker):
        assert [problem.code for problem in problems_of(actor, FURNACE)] == ["not-your-lab"]
    for actor in (cast.admin, OPERATOR):
        bring_in(actor, FURNACE)


def test_a_list_may_name_several_labs_but_none_that_is_not_there(app: Flask, cast: Cast) -> None:
    told = Settings("id", {Field.LAB: "room"})
    lines = ["a,A,Soldering,,,,,Materials", "b,B,Soldering,,,,,كارگاه الكترونيك", "c,C,Soldering,,,,,Attic"]

    assert problems_of(cast.admin, *lines, told=told) == [Problem("unknown-lab", 4, "room", {"lab": "Attic"})]
    assert [(p.line, p.code) for p in problems_of(cast.manager, *lines[:2], told=told)] == [
        (3, "not-your-lab")
    ]
    assert bring_in(cast.admin, *lines[:2], told=told).count(Outcome.CREATED) == 2


def test_a_key_stands_once_in_a_lab_by_whatever_name_it_goes(app: Flask, cast: Cast) -> None:
    told = Settings("id", {Field.LAB: "room"})
    lines = ["a,A,Soldering,,,,,materials", "a,B,Soldering,,,,,Materials characterisation"]

    problems = problems_of(cast.admin, *lines, told=told)

    assert [(p.line, p.column, p.code, p.params["first"]) for p in problems] == [(3, "id", "key-twice", 2)]
    both = ["a,A,Soldering,,,,,materials", "a,B,Soldering,,,,,electronics"]
    assert bring_in(cast.admin, *both, told=told).count(Outcome.CREATED) == 2


def test_a_tag_that_other_equipment_wears_is_refused(app: Flask, cast: Cast) -> None:
    tag = cast.oscilloscope.units[0].asset_tag

    assert problems_of(cast.manager, f"K-1,A,Soldering,,,,{tag},") == [
        Problem("tag-taken", 2, "asset tag", {"tag": tag})
    ]


def test_units_are_not_taken_away_by_a_number(app: Flask, cast: Cast) -> None:
    bring_in(cast.manager, FURNACE)

    assert problems_of(cast.manager, "K-1,Muffle furnace,Furnaces,active,1,,,112") == [
        Problem("fewer-units", 2, "quantity", {"there": 2})
    ]
    furnace = imported_of([cast.materials.id])[cast.materials.id, "K-1"]
    change_unit_status(actor=cast.manager, unit_id=furnace.units[1].id, status=UnitStatus.RETIRED)
    bring_in(cast.manager, "K-1,Muffle furnace,Furnaces,active,1,,,112")


@pytest.fixture
def furnace(app: Flask, cast: Cast) -> Equipment:
    """Two units, with the tags A1 and A2."""
    bring_in(cast.manager, FURNACE)
    return imported_of([cast.materials.id])[cast.materials.id, "K-1"]


def tags_of(furnace: Equipment) -> list[str | None]:
    db.session.expire_all()
    return [unit.asset_tag for unit in furnace.units]


def retire(cast: Cast, *units: Unit) -> None:
    for unit in units:
        change_unit_status(actor=cast.manager, unit_id=unit.id, status=UnitStatus.RETIRED)


def test_a_tag_on_a_retired_unit_is_taken_and_the_dry_run_says_so(cast: Cast, furnace: Equipment) -> None:
    retire(cast, *furnace.units)
    line = "K-1,Muffle furnace,Furnaces,active,1,S1,A1,112"
    wrong = [Problem("tag-taken", 2, "asset tag", {"tag": "A1"})]

    assert (
        plan_import(actor=cast.manager, sheet=read_sheet(csv(HEAD, line)), told=MATERIALS).problems == wrong
    )
    assert problems_of(cast.manager, line) == wrong
    assert problems_of(cast.manager, line.replace(",1,", ",,")) == wrong
    assert bring_in(cast.manager, line.replace("A1", "A3")).count(Outcome.UPDATED) == 1
    assert tags_of(furnace) == ["A1", "A2", "A3"]


def test_what_is_said_of_units_that_are_all_retired_is_passed_over_aloud(
    cast: Cast, furnace: Equipment
) -> None:
    retire(cast, *furnace.units)

    plan = bring_in(cast.manager, "K-1,Muffle furnace,Furnaces,active,,S9,,112")

    assert plan.count(Outcome.UNCHANGED) == 1
    assert [warning.code for warning in plan.lines[0].warnings] == ["no-units"]


@both_databases
def test_tags_change_places(app: Flask, cast: Cast, furnace: Equipment) -> None:
    bring_in(cast.manager, "K-2,Kiln,Furnaces,,,,B1,")

    bring_in(cast.manager, FURNACE.replace("A1;A2", "A2;A1"))
    assert tags_of(furnace) == ["A2", "A1"]
    bring_in(cast.manager, FURNACE.replace("A1;A2", "B1;A2"), "K-2,Kiln,Furnaces,,,,A1,")
    assert tags_of(furnace) == ["B1", "A2"]
    assert tags_of(imported_of([cast.materials.id])[cast.materials.id, "K-2"]) == ["A1"]


def test_a_tag_that_the_unit_beside_it_keeps_is_taken(cast: Cast, furnace: Equipment) -> None:
    assert problems_of(cast.manager, FURNACE.replace("A1;A2", "A2")) == [
        Problem("tag-taken", 2, "asset tag", {"tag": "A2"})
    ]
    assert tags_of(furnace) == ["A1", "A2"]


def test_what_is_booked_ahead_is_not_taken_out_of_service_by_a_list(app: Flask, cast: Cast) -> None:
    bring_in(cast.manager, FURNACE, KILN)
    furnace = imported_of([cast.materials.id])[cast.materials.id, "K-1"]
    soon = Span(clock.now() + timedelta(days=1), clock.now() + timedelta(days=1, hours=2))
    unit_of_work(claims.replace)({Source(ClaimKind.TIMETABLE, 1): [Wanted(furnace.id, soon, 2)]})

    problems = problems_of(
        cast.manager, "K-2,Oven,Furnaces,,,,,", "K-1,Muffle furnace,Furnaces,broken,2,S1;S2,A1;A2,112"
    )

    assert problems == [Problem("refused", 3, params={"why": "capacity-in-use"})]
    assert imported_of([cast.materials.id])[cast.materials.id, "K-2"].name == "Kiln", "nor is line 2 kept"


def test_names_that_collide_are_pointed_out_and_not_refused(app: Flask, cast: Cast) -> None:
    plan = bring_in(
        cast.manager, "a,Raman Spectrometer,Spectroscopy,,,,,", "b,Oven,Furnaces,,,,,", "c,OVEN,Furnaces,,,,,"
    )

    assert [[warning.code for warning in line.warnings] for line in plan.lines] == [
        ["name-there"],
        [],
        ["name-twice"],
    ]
    again = bring_in(cast.manager, "a,Raman Spectrometer,Spectroscopy,,,,,", "b,Oven,Furnaces,,,,,")
    assert [line.warnings for line in again.lines] == [(), ()], "each name is its own by now"


INSTRUMENTS = Settings(
    "Instrument",
    {Field.CATEGORY: "Instrument class", Field.LOCATION: "Room", Field.STATUS: "Status"},
    {Field.LAB: "materials"},
)


def test_the_real_list_says_which_lines_have_a_class_for_a_status(app: Flask, cast: Cast) -> None:
    sheet = read_sheet(instruments().read_bytes())

    plan = plan_import(actor=cast.manager, sheet=sheet, told=INSTRUMENTS)

    assert {(p.code, p.column, p.params["cell"]) for p in plan.problems} == {
        ("unknown-status", "Status", "PrepHPLC")
    }
    assert len(plan.problems) == 6


@both_databases
def test_the_real_list_is_taken_as_it_stands_and_a_second_time_changes_nothing(
    app: Flask, cast: Cast
) -> None:
    sheet = read_sheet(instruments().read_bytes())
    meanings = {Field.STATUS: {"PrepHPLC": "in_service"}}
    told = Settings("Instrument", INSTRUMENTS.columns, INSTRUMENTS.constants, meanings)

    first = import_equipment(actor=cast.manager, sheet=sheet, told=told)
    second = import_equipment(actor=cast.manager, sheet=sheet, told=told)

    assert (first.count(Outcome.CREATED), second.count(Outcome.UNCHANGED)) == (263, 263)
    found = imported_of([cast.materials.id])
    assert len(found) == 263
    fticr = found[cast.materials.id, "12T_FTICR"]
    assert (fticr.category.name, fticr.location) == ("BrukerFTMS", "EMSL 1621")
    assert fticr.status is EquipmentStatus.OUT_OF_SERVICE
    assert search_equipment(None, q="fticr 12t", lab=cast.materials).total >= 5
