"""Faults, reported and decided by programs."""

import pytest

from tests.api.caller import problem, wrong_fields
from tests.api.conftest import As
from tests.cast import Cast
from tests.inventory.upkeep import reported


def test_a_fault_is_reported_confirmed_and_repaired(as_: As, cast: Cast) -> None:
    booker, technician = as_(cast.booker), as_(cast.technician)
    sent = {"equipment": cast.stations.id, "text": "No heat", "usability": "unusable"}
    made = booker.post("/faults", sent | {"unit": cast.stations.units[1].id})
    assert made.status_code == 201
    assert (made.json["state"], made.json["unit"]) == ("reported", cast.stations.units[1].id)
    path = f"/faults/{made.json['id']}"
    assert booker.get(path).json == made.json == technician.get(path).json

    confirmed = technician.post(f"{path}/confirm", {"known_as": "Station 2 is cold"}).json
    assert (confirmed["state"], confirmed["known_as"], confirmed["usability"]) == (
        "confirmed", "Station 2 is cold", "unusable",
    )  # fmt: skip
    problem(technician.post(f"{path}/confirm", {}), 409, "wrong-state")
    repaired = technician.post(f"{path}/repair", {"note": "New tip"}).json
    assert (repaired["state"], repaired["closing_note"]) == ("repaired", "New tip")
    assert booker.get("/faults?over=true").json["items"] == [repaired]
    assert booker.get("/faults?over=false").json["items"] == []


def test_what_is_open_is_not_reported_twice(as_: As, cast: Cast) -> None:
    booker = as_(cast.booker)
    sent = {"equipment": cast.raman.id, "text": "Smoke", "usability": "limited"}
    first = booker.post("/faults", sent).json
    assert booker.post("/faults", sent | {"text": "More smoke"}).json == first
    assert [one["id"] for one in booker.get("/faults").json["items"]] == [first["id"]]


def test_the_list_has_pages_and_knows_one_equipment(as_: As, cast: Cast) -> None:
    made = [reported(cast, of=thing).id for thing in (cast.raman, cast.stations, cast.microscope)]
    manager = as_(cast.manager)
    page = manager.get("/faults?limit=2").json
    assert [one["id"] for one in page["items"]] == [made[2], made[1]]
    rest = manager.get(page["next"].partition("/api/v1")[2]).json
    assert ([one["id"] for one in rest["items"]], rest["next"]) == ([made[0]], None)
    found = manager.get(f"/faults?equipment={cast.stations.id}").json["items"]
    assert [one["id"] for one in found] == [made[1]]


def test_who_reported_it_does_not_decide(as_: As, cast: Cast) -> None:
    path = f"/faults/{reported(cast).id}"
    for verb, body in (("confirm", {}), ("repair", {}), ("dismiss", {"reason": "No"})):
        problem(as_(cast.booker).post(f"{path}/{verb}", body), 403, "forbidden")
        problem(as_(cast.rival).post(f"{path}/{verb}", body), 404, "not-found")
    assert as_(cast.booker).get(path).json["state"] == "reported"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"text": ""}, "text"),
        ({"usability": "perhaps"}, "usability"),
        ({"unit": 99_999}, "unit"),
        ({"state": "repaired"}, "state"),
        ({"reported_by": 1}, "reported_by"),
    ],
)
def test_what_cannot_be_is_refused(as_: As, cast: Cast, wrong: dict[str, object], field: str) -> None:
    sent = {"equipment": cast.raman.id, "text": "Smoke", "usability": "limited"} | wrong
    assert set(wrong_fields(as_(cast.booker).post("/faults", sent))) == {field}


def test_of_what_is_not_there_nothing_is_reported(as_: As, cast: Cast) -> None:
    sent = {"equipment": 9999, "text": "Smoke", "usability": "limited"}
    problem(as_(cast.booker).post("/faults", sent), 404, "not-found")


def test_without_a_reason_it_is_not_dismissed(as_: As, cast: Cast) -> None:
    path = f"/faults/{reported(cast).id}/dismiss"
    assert wrong_fields(as_(cast.manager).post(path, {"reason": " "})) == {"reason": "empty"}
    assert as_(cast.manager).post(path, {"reason": "It warms up"}).json["state"] == "dismissed"
