"""What comes along, by program."""

from tests.api.caller import problem
from tests.api.conftest import As
from tests.api.wishes import wish
from tests.cast import Cast


def test_it_is_written_read_and_booked(as_: As, cast: Cast) -> None:
    manager, booker = as_(cast.manager), as_(cast.booker)
    path = f"/equipment/{cast.raman.id}/requirements"
    body = {"requirements": [{"equipment": cast.stations.id, "quantity": 2, "modes": ["self"]}]}
    written = manager.put(path, body)
    assert written.status_code == 200
    assert written.json["requirements"] == [
        {
            "equipment": {"id": cast.stations.id, "name": cast.stations.name},
            "quantity": 2,
            "shared": False,
            "modes": ["self"],
        }
    ]
    assert booker.get(path).json == written.json
    booked = booker.post("/bookings", wish(cast.raman)).json["equipment"]
    assert [(one["id"], one["quantity"], one["required"]) for one in booked] == [
        (cast.raman.id, 1, False),
        (cast.stations.id, 2, True),
    ]


def test_the_others_do_not_write_it(as_: As, cast: Cast) -> None:
    path, body = f"/equipment/{cast.raman.id}/requirements", {"requirements": []}
    problem(as_(cast.booker).put(path, body), 403, "forbidden")
    problem(as_(cast.other_manager).put(path, body), 403, "forbidden")
    problem(as_(cast.manager).put("/equipment/999999/requirements", body), 404, "not-found")


def test_what_is_wrong_is_named(as_: As, cast: Cast) -> None:
    manager, path = as_(cast.manager), f"/equipment/{cast.raman.id}/requirements"
    for id_, code in ((cast.raman.id, "itself"), (999_999, "unknown")):
        found = problem(manager.put(path, {"requirements": [{"equipment": id_}]}), 422, "invalid")
        assert [(one["field"], one["code"]) for one in found["errors"]] == [("requirements", code)]
    unknown = {"equipment": cast.stations.id, "colour": "red"}
    for body in ({"requirements": [unknown]}, {"requirements": "all"}, {}):
        problem(manager.put(path, body), 422, "invalid")


def test_equipment_says_what_it_is(as_: As, cast: Cast) -> None:
    manager, path = as_(cast.manager), f"/equipment/{cast.stations.id}"
    assert (manager.get(path).json["kind"], manager.get(path).json["lent_alone"]) == ("instrument", True)
    changed = manager.patch(path, {"kind": "people", "lent_alone": False}).json
    assert (changed["kind"], changed["lent_alone"]) == ("people", False)
