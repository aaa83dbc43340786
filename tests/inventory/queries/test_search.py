"""Searching the catalogue, on both databases."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import event

from app.core.i18n import in_language
from app.extensions import db
from app.inventory.models import EquipmentStatus
from app.inventory.queries.search import Sort, search_equipment
from app.inventory.services.equipment import change_equipment, change_status, create_equipment
from tests.cast import Cast
from tests.databases import both_databases

Make = Callable[..., int]


@pytest.fixture
def make(cast: Cast) -> Make:
    """make(name, …): the id of new equipment in the materials lab."""

    def make_one(name: str, **details: object) -> int:
        equipment = create_equipment(
            actor=cast.admin,
            lab_id=cast.materials.id,
            category_id=cast.soldering.id,
            name=name,
            **details,  # type: ignore[arg-type]
        )
        return equipment.id

    return make_one


def ids(**wanted: object) -> list[int]:
    return [equipment.id for equipment in search_equipment(None, **wanted).items]  # type: ignore[arg-type]


@both_databases
def test_every_word_must_occur_in_whatever_spelling(app: Flask, cast: Cast, make: Make) -> None:
    furnace = make("Muffle furnace", name_fa="كورهٔ الكتریکی", model="L 9/12", aliases=["Nabertherm"])
    make("Tube furnace", name_fa="کوره لوله‌ای")

    assert ids(q="كوره الکتريكي") == [furnace]
    assert ids(q="L۹/۱۲ FURNACE") == [furnace]
    assert ids(q="nabertherm tube") == []
    assert len(ids(q="furnace")) == 2


@both_databases
def test_wildcards_are_letters(app: Flask, cast: Cast, make: Make) -> None:
    saline = make("Salt spray 5% NaCl")
    make("Salt spray 50 NaCl")
    slash = make("A\\B test")

    assert ids(q="5%") == [saline]
    assert ids(q="%") == [saline]
    assert ids(q="a\\b") == [slash]
    assert ids(q="r_man") == ids(q="rman") == []


@both_databases
def test_nothing_asked_is_everything_in_the_order_of_the_language(app: Flask, cast: Cast, make: Make) -> None:
    tenth, ninth = make("Station 10", name_fa="ایستگاه ۱۰"), make("Station 9", name_fa="ایستگاه ۹")

    english = ids(q=" - ")
    with in_language("fa"):
        persian = ids()

    assert english == [
        cast.oscilloscope.id,
        cast.raman.id,
        cast.microscope.id,
        cast.stations.id,
        ninth,
        tenth,
    ]
    assert persian == [
        ninth,
        tenth,
        cast.stations.id,
        cast.raman.id,
        cast.microscope.id,
        cast.oscilloscope.id,
    ]


@both_databases
def test_lab_category_and_status_narrow_it(app: Flask, cast: Cast) -> None:
    change_status(actor=cast.admin, equipment_id=cast.raman.id, status=EquipmentStatus.OUT_OF_SERVICE)

    assert ids(lab=cast.electronics) == [cast.oscilloscope.id]
    assert ids(category=cast.spectroscopy) == [cast.raman.id], "what is below a category belongs to it"
    assert ids(status=EquipmentStatus.OUT_OF_SERVICE) == [cast.raman.id]
    assert ids(status=EquipmentStatus.OUT_OF_SERVICE, lab=cast.electronics) == []


@both_databases
def test_pages_hold_everything_once_however_equal_the_names(app: Flask, cast: Cast, make: Make) -> None:
    same = [make("Centrifuge") for _ in range(7)]

    pages = [search_equipment(None, q="centrifuge", page=page, size=3) for page in (1, 2, 3)]

    assert [equipment.id for page in pages for equipment in page.items] == same
    assert {(page.total, page.pages) for page in pages} == {(7, 3)}


def test_a_page_that_is_not_there_is_the_nearest_one(app: Flask, cast: Cast) -> None:
    assert search_equipment(None, page=99, size=3).page == 2
    assert search_equipment(None, page=-1, size=3).page == 1
    empty = search_equipment(None, q="nothing like it", page=5)
    assert (empty.page, empty.pages, empty.total, list(empty.items)) == (1, 1, 0, [])


@both_databases
def test_sorting_by_lab_and_by_newest(app: Flask, cast: Cast, make: Make) -> None:
    newest = make("A thing of today")

    assert ids(sort=Sort.LAB)[0] == cast.oscilloscope.id, "Electronics before Materials"
    assert ids(sort=Sort.NEWEST)[0] == newest


def test_the_retired_are_shown_to_the_staff_of_their_lab_only(app: Flask, cast: Cast) -> None:
    change_status(actor=cast.admin, equipment_id=cast.raman.id, status=EquipmentStatus.RETIRED)

    def shown_to(actor: object) -> bool:
        found = search_equipment(actor, q="raman")  # type: ignore[arg-type]
        return [equipment.id for equipment in found.items] == [cast.raman.id] and found.total == 1

    assert all(shown_to(actor) for actor in (cast.manager, cast.technician, cast.admin, cast.liaison))
    assert not any(shown_to(actor) for actor in (None, cast.booker, cast.other_manager))


def test_a_new_name_is_sorted_anew(app: Flask, cast: Cast) -> None:
    change_equipment(actor=cast.admin, equipment_id=cast.stations.id, name="Aardvark")

    assert ids()[0] == cast.stations.id
    with in_language("fa"):
        assert ids()[0] == cast.stations.id, "the Persian name is still ایستگاه"


def test_a_list_costs_the_same_number_of_queries_however_long(app: Flask, cast: Cast, make: Make) -> None:
    def statements_for(size: int) -> int:
        seen: list[str] = []
        db.session.expire_all()

        def listener(*args: object) -> None:
            seen.append(str(args[2]))

        event.listen(db.engine, "before_cursor_execute", listener)
        for equipment in search_equipment(None, size=size).items:
            assert equipment.lab.site.name, equipment.category.name
            assert equipment.units[0].acquisition
        event.remove(db.engine, "before_cursor_execute", listener)
        return sum(statement.startswith("SELECT") for statement in seen)

    for number in range(10):
        make(f"Thing {number}")
    assert statements_for(12) == statements_for(3)
