"""Rows understood as equipment that is to be."""

from datetime import date

from app.inventory.problems import Problem
from app.inventory.rules.importing.drafts import Draft, drafts_of
from app.inventory.rules.importing.mapping import Field, Settings, completed
from app.inventory.rules.importing.sheet import read_sheet
from app.inventory.rules.states import EquipmentStatus
from tests.inventory.lists import csv

HEAD = "id,name,category,lab,status,quantity,serial,asset tag,installed,aliases,room,phone"


def understood(*lines: str, told: Settings | None = None) -> tuple[list[Draft], list[Problem]]:
    sheet = read_sheet(csv(HEAD, *lines))
    return drafts_of(sheet, completed(sheet, told or Settings("id")))


def codes(*lines: str) -> list[tuple[int | None, str | None, str]]:
    return [(p.line, p.column, p.code) for p in understood(*lines)[1]]


def test_a_full_row() -> None:
    drafts, problems = understood(
        'K-1,Muffle  furnace,Furnaces,materials,فعال,۲,S1;S2,T1,1400/02/11,"Kiln; Oven",112,+98 25'
    )

    assert problems == []
    assert drafts == [
        Draft(
            line=2,
            key="K-1",
            lab="materials",
            category="Furnaces",
            details={"name": "Muffle furnace", "location": "112", "aliases": ["Kiln", "Oven"]},
            status=EquipmentStatus.IN_SERVICE,
            quantity=2,
            commissioned_on=(date(2021, 5, 1),),
            serials=("S1", "S2"),
            asset_tags=("T1",),
        )
    ]


def test_empty_cells_say_nothing_of_states_and_empty_texts() -> None:
    drafts, problems = understood("K-1,Furnace,Furnaces,materials,,,,,,,,")

    assert problems == []
    assert drafts[0] == Draft(
        2, "K-1", "materials", "Furnaces", {"name": "Furnace", "location": None, "aliases": []}
    )


def test_what_is_not_mapped_is_not_said() -> None:
    sheet = read_sheet(csv("name,category,lab,room", "Furnace,Furnaces,materials,112"))

    drafts, _ = drafts_of(sheet, completed(sheet, Settings("name", {Field.NAME: "name"})))

    assert drafts[0].details == {"name": "Furnace"}


def test_a_meaning_is_applied_before_the_words_are_understood() -> None:
    told = Settings("id", meanings={Field.STATUS: {"PrepHPLC": "Active", "Active": "retired"}})

    drafts, problems = understood(
        "a,A,C,materials,PrepHPLC,,,,,,,",
        "b,B,C,materials,Active,,,,,,,",
        "c,C,C,materials,broken,,,,,,,",
        told=told,
    )

    assert problems == []
    assert [draft.status for draft in drafts] == [
        EquipmentStatus.IN_SERVICE,
        EquipmentStatus.RETIRED,
        EquipmentStatus.OUT_OF_SERVICE,
    ]


def test_every_mistake_is_named_with_its_line_and_column() -> None:
    assert codes(
        ",A,C,materials,,,,,,,,",
        "b,,,,PrepHPLC,many,,,soon,,,",
        f"c,{'x' * 201},C,materials,,,,{'t' * 61},,,,",
        "d,D,C,materials,,2,s1;s2;s3,,,,,",
        "e,-1+1,C,materials,,,,,,,,",
        "f,F,C,materials,,,,T9,,,,",
        "g,G,C,materials,,,,T9,,,,",
    ) == [
        (2, "id", "missing-key"),
        (3, "quantity", "bad-quantity"),
        (3, "lab", "missing-value"),
        (3, "category", "missing-value"),
        (3, "name", "missing-value"),
        (3, "status", "unknown-status"),
        (3, "installed", "bad-date"),
        (4, "asset tag", "too-long"),
        (4, "name", "too-long"),
        (5, "serial", "more-than-units"),
        (6, "name", "formula"),
        (8, "asset tag", "tag-twice"),
    ]


def test_a_telephone_number_in_a_column_that_nobody_reads_is_no_formula() -> None:
    assert codes("a,A,C,materials,,,,,,,,+98 25 3285 0000") == []


def test_a_key_may_be_as_long_as_its_column_and_no_formula() -> None:
    assert codes(f"{'k' * 201},A,C,materials,,,,,,,,", "+1,B,C,materials,,,,,,,,") == [
        (2, "id", "too-long"),
        (3, "id", "formula"),
    ]
