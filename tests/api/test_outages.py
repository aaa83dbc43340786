"""Outages by program: declare, look ahead, change, end; and who may not."""

from datetime import timedelta
from typing import Any

from tests.api.caller import problem
from tests.api.conftest import As
from tests.api.wishes import TOMORROW, wish
from tests.cast import Cast

NIGHT = TOMORROW + timedelta(hours=16)


def fault(**more: Any) -> dict[str, Any]:
    begins = TOMORROW - timedelta(hours=2)
    settled = {
        "kind": "outage",
        "starts_at": begins.isoformat(),
        "ends_at": NIGHT.isoformat(),
        "reason": "Laser",
    }
    return settled | more


def test_a_fault_is_declared_changed_and_ended(as_: As, cast: Cast) -> None:
    booker, manager = as_(cast.booker), as_(cast.manager)
    booking = booker.post("/bookings", wish(cast.raman)).json
    body = fault(equipment=cast.raman.id)
    foreseen = manager.post("/outages/check", body).json["affected"]
    assert [one["reference"] for one in foreseen] == [booking["reference"]]
    assert foreseen[0]["place"]["equipment"] == [{"id": cast.raman.id, "quantity": 1}]

    made = manager.post("/outages", body)
    assert made.status_code == 201
    (affected,) = made.json["affected"]
    assert (affected["reference"], affected["state"]) == (booking["reference"], "proposed")
    assert affected["before"]["starts_at"] == booking["occurrences"][0]["starts_at"]
    window = f"from={TOMORROW:%Y-%m-%d}T00:00:00Z&to={NIGHT:%Y-%m-%d}T23:00:00Z&equipment={cast.raman.id}"
    assert [one["kind"] for one in booker.get(f"/calendar?{window}").json] == ["outage"]

    address = f"/outages/{made.json['id']}"
    later = (NIGHT + timedelta(days=1)).isoformat()
    assert manager.send("PATCH", address, json={"ends_at": later}).json["reason"] == "Laser"
    assert manager.send("PATCH", address, json={"ends_at": None}).status_code == 422, "it begins tomorrow"
    assert manager.post(f"{address}/repair", {}).json == {"repaired": 0}
    assert manager.post(f"{address}/end", {}).json["ended_at"]
    problem(manager.post(f"{address}/end", {}), 409, "wrong-state")
    assert manager.get("/outages").json["items"] == []
    assert [one["id"] for one in manager.get("/outages?over=true").json["items"]] == [made.json["id"]]


def test_without_an_end_the_units_are_out_of_service(as_: As, cast: Cast) -> None:
    manager = as_(cast.technician)
    made = manager.post(
        "/outages", fault(equipment=cast.raman.id, starts_at="2026-11-22T06:00:00Z", ends_at=None)
    )
    assert made.json["ends_at"] is None
    assert manager.get(f"/equipment/{cast.raman.id}").json["status"] == "in_service"
    (unit,) = manager.get(f"/equipment/{cast.raman.id}").json["units"]
    assert unit["status"] == "out_of_service"
    refused = as_(cast.booker).post("/bookings", wish(cast.raman))
    assert problem(refused, 422, "policy")["verdicts"][0]["code"] == "out_of_service"
    manager.send("PATCH", f"/outages/{made.json['id']}", json={"ends_at": "2026-11-22T06:00:00Z"})
    assert as_(cast.booker).post("/bookings", wish(cast.raman)).status_code == 201


def test_a_lab_or_site_may_be_named_by_its_slug(as_: As, cast: Cast) -> None:
    assert as_(cast.manager).post("/outages", fault(lab="materials", kind="closure")).status_code == 201
    assert as_(cast.admin).post("/outages", fault(site="main", kind="closure")).status_code == 201
    problem(as_(cast.manager).post("/outages", fault(site="main", kind="closure")), 403, "forbidden")


def test_what_cannot_be_is_refused(as_: As, cast: Cast) -> None:
    manager = as_(cast.manager)
    both = problem(manager.post("/outages", fault(equipment=1, lab="materials")), 422, "invalid")
    assert both["errors"][0]["code"] == "one_of"
    backwards = fault(equipment=cast.raman.id, ends_at="2026-11-22T06:00:00Z")
    assert problem(manager.post("/outages", backwards), 422, "invalid")["errors"][0]["field"] == "ends_at"
    many = problem(manager.post("/outages", fault(equipment=cast.raman.id, quantity=4)), 422, "invalid")
    assert many["errors"][0]["field"] == "quantity"
    problem(manager.post("/outages", fault(equipment=999999)), 404, "not-found")
    problem(manager.post("/outages", fault(equipment=cast.raman.id, declared_by=3)), 422, "invalid")


def test_companies_may_not_and_see_none(as_: As, cast: Cast) -> None:
    as_(cast.manager).post("/outages", fault(equipment=cast.raman.id))
    problem(as_(cast.booker).post("/outages", fault(equipment=cast.raman.id)), 403, "forbidden")
    assert as_(cast.booker).get("/outages").json["items"] == []
    assert as_(cast.other_manager).get("/outages").json["items"] == []
    assert len(as_(cast.liaison).get("/outages").json["items"]) == 1
