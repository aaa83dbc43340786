"""Labs and equipment through the API."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from app.extensions import db
from app.inventory.models import Equipment, EquipmentStatus
from app.occupancy.models import Capacity
from tests.api.caller import Caller, problem, wrong_fields
from tests.api.conftest import As
from tests.api.wishes import TOMORROW, wish
from tests.cast import Cast, add_equipment

HERE = "http://127.0.0.1:5000"


@pytest.fixture
def booker(as_: As, cast: Cast) -> Caller:
    return as_(cast.booker)


@pytest.fixture
def manager(as_: As, cast: Cast) -> Caller:
    return as_(cast.manager)


def names(caller: Caller, query: str = "") -> list[str]:
    return [one["name"] for one in caller.get(f"/equipment{query}").json["items"]]


def test_a_lab_is_found_by_number_and_by_slug(booker: Caller, cast: Cast) -> None:
    lab = {
        "id": cast.materials.id,
        "slug": "materials",
        "name": "Materials characterisation",
        "name_fa": "مشخصه‌یابی مواد",
        "site": {"id": cast.site.id, "name": "Main campus"},
        "timezone": "Asia/Tehran",
        "status": "open",
    }

    assert booker.get("/labs/materials").json == lab
    assert booker.get(f"/labs/{cast.materials.id}").json == lab
    assert lab in booker.get("/labs").json["items"]


def test_a_lab_that_is_not_there(booker: Caller) -> None:
    for name in ("nothing", "999999", "9" * 30, "x" * 200, "a%00b", "٣"):
        problem(booker.get(f"/labs/{name}"), 404, "not-found")


def test_labs_come_in_pages(booker: Caller) -> None:
    first = booker.get("/labs?limit=1").json
    second = booker.get(first["next"].removeprefix(HERE)).json

    assert [lab["slug"] for lab in first["items"] + second["items"]] == ["materials", "electronics"]
    assert second["next"] is None


def test_equipment_is_told_with_its_units(booker: Caller, cast: Cast) -> None:
    raman = booker.get(f"/equipment/{cast.raman.id}").json

    assert raman["name"] == "Raman spectrometer"
    assert raman["aliases"] == ["Raman", "LabRAM"]
    assert raman["lab"] == {"id": cast.materials.id, "name": "Materials characterisation"}
    assert raman["category"] == {"id": cast.raman_category.id, "name": "Raman spectroscopy"}
    assert (raman["capacity"], raman["status"]) == (1, "in_service")
    assert [(unit["asset_tag"], unit["status"]) for unit in raman["units"]] == [("RAMAN-01", "in_service")]


def test_equipment_is_searched(booker: Caller, cast: Cast) -> None:
    assert names(booker, "?q=labram") == ["Raman spectrometer"]
    assert names(booker, "?q=رامان") == ["Raman spectrometer"]
    assert names(booker, "?lab=electronics") == ["Oscilloscope"]
    assert names(booker, f"?lab={cast.electronics.id}") == ["Oscilloscope"]
    assert names(booker, "?category=spectroscopy") == ["Raman spectrometer"]
    assert names(booker, "?category=soldering&lab=materials") == ["Soldering station"]
    assert names(booker, "?status=out_of_service") == []
    assert names(booker, "?q=nothing+of+the+kind") == []
    problem(booker.get("/equipment?lab=nothing"), 404, "not-found")
    problem(booker.get("/equipment?category=nothing"), 404, "not-found")
    assert wrong_fields(booker.get("/equipment?status=broken&sort=name")) == {
        "status": "not_a_choice",
        "sort": "unknown",
    }


def test_pages_neither_repeat_nor_skip_while_things_come_and_go(
    booker: Caller, cast: Cast, save: Callable[..., None]
) -> None:
    first = booker.get("/equipment?limit=2").json
    gone = db.session.get_one(Equipment, first["items"][0]["id"])
    gone.status = EquipmentStatus.RETIRED
    save(gone)
    add_equipment(cast.materials, cast.soldering, "A new one", "تازه", [])
    save()

    second = booker.get(first["next"].removeprefix(HERE)).json

    seen = [one["id"] for one in first["items"] + second["items"]]
    assert len(seen) == len(set(seen))
    assert {cast.raman.id, cast.stations.id, cast.microscope.id, cast.oscilloscope.id} <= set(seen)


def test_retired_equipment_is_the_staffs_business(
    booker: Caller, manager: Caller, as_: As, cast: Cast, save: Callable[..., None]
) -> None:
    cast.raman.status = EquipmentStatus.RETIRED
    save(cast.raman)

    problem(booker.get(f"/equipment/{cast.raman.id}"), 404, "not-found")
    problem(as_(cast.other_manager).get(f"/equipment/{cast.raman.id}"), 404, "not-found")
    assert manager.get(f"/equipment/{cast.raman.id}").json["status"] == "retired"


def test_a_manager_enters_equipment_that_can_be_booked(manager: Caller, booker: Caller, cast: Cast) -> None:
    answer = manager.post(
        "/equipment",
        {
            "name": "Potentiostat",
            "lab": "materials",
            "category": "spectroscopy",
            "capacity": 3,
            "aliases": ["EC"],
        },
    )

    assert answer.status_code == 201
    made = answer.json
    assert (made["name"], made["capacity"], made["aliases"]) == ("Potentiostat", 3, ["EC"])
    assert len(made["units"]) == 3
    assert booker.get(f"/equipment/{made['id']}").json == made
    body = wish(cast.raman) | {"equipment": [{"id": made["id"], "quantity": 3}]}
    assert booker.post("/bookings", body).status_code == 201


def test_lab_and_category_go_by_number_too(manager: Caller, cast: Cast) -> None:
    body = {"name": "Potentiostat", "lab": cast.materials.id, "category": cast.soldering.id, "capacity": 1}

    assert manager.post("/equipment", body).json["lab"]["id"] == cast.materials.id


def test_only_staff_enter_equipment_whatever_was_sent(as_: As, cast: Cast) -> None:
    for who in (cast.booker, cast.boss, cast.student, cast.technician, cast.liaison):
        problem(as_(who).post("/equipment", {"nonsense": 1}), 403, "forbidden")


def test_one_manages_one_s_own_lab(manager: Caller, as_: As, cast: Cast) -> None:
    body = {"name": "Potentiostat", "lab": "electronics", "category": "soldering", "capacity": 1}

    problem(manager.post("/equipment", body), 403, "forbidden")
    problem(manager.patch(f"/equipment/{cast.oscilloscope.id}", {"name": "Mine"}), 403, "forbidden")
    problem(as_(cast.booker).patch(f"/equipment/{cast.raman.id}", {"nonsense": 1}), 403, "forbidden")
    assert as_(cast.admin).post("/equipment", body).status_code == 201


def test_what_equipment_cannot_be(manager: Caller) -> None:
    body = {"name": "Potentiostat", "lab": "materials", "category": "soldering", "capacity": 1}
    wrong: list[tuple[dict[str, object], dict[str, str]]] = [
        ({"name": " "}, {"name": "empty"}),
        ({"name": "x" * 201}, {"name": "too_long"}),
        ({"capacity": 0}, {"capacity": "too_small"}),
        ({"capacity": 10**9}, {"capacity": "too_large"}),
        ({"capacity": "3"}, {"capacity": "wrong_type"}),
        ({"aliases": "EC"}, {"aliases": "wrong_type"}),
        ({"aliases": [1]}, {"aliases.0": "wrong_type"}),
        ({"lab": 1.5}, {"lab": "wrong_type"}),
        ({"lab": True}, {"lab": "wrong_type"}),
        ({"lab": None}, {"lab": "null"}),
        ({"modes": []}, {"modes": "empty"}),
        ({"status": "retired", "id": 7, "units": []}, dict.fromkeys(["status", "id", "units"], "unknown")),
    ]

    assert [wrong_fields(manager.post("/equipment", body | change)) for change, _ in wrong] == [
        fields for _, fields in wrong
    ]
    assert list(wrong_fields(manager.post("/equipment", {}))) == ["name", "lab", "category"]
    problem(manager.post("/equipment", body | {"lab": "nothing"}), 404, "not-found")
    problem(manager.post("/equipment", body | {"category": 999_999}), 404, "not-found")


def test_a_change_changes_what_was_sent(manager: Caller, cast: Cast) -> None:
    before = manager.get(f"/equipment/{cast.raman.id}").json

    answer = manager.patch(f"/equipment/{cast.raman.id}", {"name": "Raman microscope", "model": "LabRAM"})

    assert answer.json == before | {"name": "Raman microscope", "model": "LabRAM"}
    assert manager.patch(f"/equipment/{cast.raman.id}", {}).json == answer.json


def test_the_number_of_units_follows_the_capacity(manager: Caller, cast: Cast) -> None:
    path = f"/equipment/{cast.stations.id}"

    fewer = manager.patch(path, {"capacity": 2}).json
    assert fewer["capacity"] == 2
    assert [unit["status"] for unit in fewer["units"]] == ["in_service"] * 2 + ["out_of_service"] * 2
    more = manager.patch(path, {"capacity": 5}).json
    assert [unit["status"] for unit in more["units"]] == ["in_service"] * 5
    assert db.session.get_one(Capacity, cast.stations.id).quantity == 5


def test_capacity_that_is_booked_stays(manager: Caller, as_: As, cast: Cast) -> None:
    body = wish(cast.stations) | {"equipment": [{"id": cast.stations.id, "quantity": 3}]}
    as_(cast.booker).post("/bookings", body)

    refused = problem(
        manager.patch(f"/equipment/{cast.stations.id}", {"name": "Iron", "capacity": 2}),
        409,
        "capacity-in-use",
    )

    (conflict,) = refused["conflicts"]
    assert conflict["starts_at"] == TOMORROW.isoformat().replace("+00:00", "Z")
    assert conflict["ends_at"] == (TOMORROW + timedelta(hours=2)).isoformat().replace("+00:00", "Z")
    told = manager.get(f"/equipment/{cast.stations.id}").json
    assert (told["capacity"], told["name"]) == (4, "Soldering station")


def test_an_equipment_that_is_not_there(manager: Caller) -> None:
    for number in ("0", "999999", str(2**31), "9" * 40, "raman"):
        problem(manager.get(f"/equipment/{number}"), 404, "not-found")
        problem(manager.patch(f"/equipment/{number}", {"nonsense": 1}), 404, "not-found")
