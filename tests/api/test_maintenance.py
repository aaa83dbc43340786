"""Plans of maintenance, kept by programs."""

import pytest

from tests.api.caller import problem, wrong_fields
from tests.api.conftest import As
from tests.cast import Cast
from tests.inventory.upkeep import planned

SENT = {"what": "Calibration", "due_on": "2026-12-01", "minutes": 120, "every": 6, "per": "month"}


def test_it_is_planned_changed_done_and_retired(as_: As, cast: Cast) -> None:
    technician = as_(cast.technician)
    unit = cast.stations.units[0].id
    made = technician.post("/maintenance-plans", SENT | {"equipment": cast.stations.id, "unit": unit})
    assert made.status_code == 201
    assert (made.json["unit"], made.json["due_on"], made.json["done"]) == (unit, "2026-12-01", [])
    path = f"/maintenance-plans/{made.json['id']}"

    changed = technician.patch(path, {"unit": None, "note": "Call the maker"}).json
    assert (changed["unit"], changed["note"], changed["what"]) == (None, "Call the maker", "Calibration")
    done = technician.post(f"{path}/done", {"done_on": "2026-11-21", "note": "Certificate 7"}).json
    assert done["due_on"] == "2027-05-21"
    assert [(one["due_on"], one["note"]) for one in done["done"]] == [("2026-12-01", "Certificate 7")]
    assert technician.get(path).json == done
    assert [one["id"] for one in as_(cast.manager).get("/maintenance-plans").json["items"]] == [done["id"]]

    assert technician.post(f"{path}/retire", {}).json["retired_at"]
    problem(technician.post(f"{path}/retire", {}), 409, "wrong-state")
    problem(technician.patch(path, {"what": "Service"}), 409, "wrong-state")
    assert technician.get("/maintenance-plans").json["items"] == []
    assert len(technician.get("/maintenance-plans?retired=true").json["items"]) == 1


def test_the_list_has_pages_and_knows_one_equipment(as_: As, cast: Cast) -> None:
    made = [planned(cast, of=thing).id for thing in (cast.raman, cast.stations, cast.microscope)]
    planned(cast, of=cast.oscilloscope, by=cast.other_manager)
    manager = as_(cast.manager)
    page = manager.get("/maintenance-plans?limit=2").json
    assert [one["id"] for one in page["items"]] == made[:2]
    rest = manager.get(page["next"].partition("/api/v1")[2]).json
    assert ([one["id"] for one in rest["items"]], rest["next"]) == (made[2:], None)
    found = manager.get(f"/maintenance-plans?equipment={cast.stations.id}").json["items"]
    assert [one["id"] for one in found] == [made[1]]


@pytest.mark.parametrize(
    ("wrong", "found"),
    [
        ({"per": None}, {"every": "interval_needs_both"}),
        ({"every": 121}, {"every": "interval_too_long"}),
        ({"every": 0}, {"every": "too_small"}),
        ({"what": ""}, {"what": "empty"}),
        ({"minutes": 20161}, {"minutes": "too_large"}),
        ({"unit": 99_999}, {"unit": "unknown"}),
        ({"due_on": "soon"}, {"due_on": "not_a_day"}),
        ({"retired_at": None}, {"retired_at": "unknown"}),
    ],
)
def test_what_cannot_be_planned_is_refused(
    as_: As, cast: Cast, wrong: dict[str, object], found: dict[str, str]
) -> None:
    sent = SENT | {"equipment": cast.raman.id} | wrong
    assert wrong_fields(as_(cast.manager).post("/maintenance-plans", sent)) == found


def test_what_cannot_have_been_done_is_refused(as_: As, cast: Cast) -> None:
    path = f"/maintenance-plans/{planned(cast).id}/done"
    assert wrong_fields(as_(cast.manager).post(path, {"done_on": "2026-11-23"})) == {"done_on": "not_yet"}
    both = {"done_on": "2026-11-22", "next_on": "2026-11-22"}
    assert wrong_fields(as_(cast.manager).post(path, both)) == {"next_on": "before_last_done"}


def test_others_neither_plan_nor_see(as_: As, cast: Cast) -> None:
    planned(cast)
    for who in (cast.booker, cast.other_manager, cast.liaison):
        problem(as_(who).post("/maintenance-plans", SENT | {"equipment": cast.raman.id}), 403, "forbidden")
        assert as_(who).get("/maintenance-plans").json["items"] == []
