"""What labs ask, and exceptions to it, through the API."""

from app.booking.models import Override
from app.booking.services.policies import set_equipment_policy, set_lab_policy
from app.extensions import db
from tests.api.caller import problem
from tests.api.conftest import As
from tests.api.wishes import wish
from tests.cast import Cast


def test_each_code_is_told_with_its_remedy(as_: As, cast: Cast) -> None:
    set_equipment_policy(
        actor=cast.manager,
        equipment_id=cast.raman.id,
        grid_minutes=120,
        needs_authorisation=True,
        needs_agreement=True,
        needs_papers=["insurance"],
    )
    told = problem(as_(cast.booker).post("/bookings", wish(cast.raman)), 422, "policy")
    by_code = {verdict["code"]: verdict for verdict in told["verdicts"]}
    assert {"off_grid", "not_authorised", "no_agreement", "paperwork_missing"} <= set(by_code)
    assert by_code["off_grid"]["remedy"].startswith("Begin at 08:00 or at 10:00")
    assert all(verdict["remedy"] for verdict in by_code.values() if verdict["severity"] == "block")
    assert all(verdict["overridable"] for verdict in by_code.values() if verdict["severity"] == "block")


def test_staff_make_an_exception_with_a_reason(as_: As, cast: Cast) -> None:
    set_lab_policy(actor=cast.manager, lab_id=cast.materials.id, max_minutes=60)
    body = wish(cast.raman, organisation=cast.arta.id)
    manager = as_(cast.manager)
    problem(manager.post("/bookings", body), 422, "policy")
    answer = manager.post("/bookings", body | {"override": {"reason": "Agreed by phone"}})
    assert answer.status_code == 201
    assert db.session.query(Override).one().reason == "Agreed by phone"


def test_nobody_else_does(as_: As, cast: Cast) -> None:
    set_lab_policy(actor=cast.manager, lab_id=cast.materials.id, max_minutes=60)
    body = wish(cast.raman) | {"override": {"reason": "Please"}}
    assert as_(cast.booker).post("/bookings", body).status_code == 403
    assert as_(cast.manager).post("/bookings", body | {"override": {}}).status_code == 422
    assert as_(cast.manager).post("/bookings", body | {"override": {"reason": " "}}).status_code == 422
    assert as_(cast.manager).post("/bookings/check", body).status_code == 422  # a dry run makes none
    assert db.session.query(Override).count() == 0


def test_an_approver_makes_one_too(as_: As, cast: Cast) -> None:
    reference = as_(cast.booker).post("/bookings", wish(cast.raman)).json["reference"]
    set_lab_policy(actor=cast.manager, lab_id=cast.materials.id, max_minutes=60)
    manager, path = as_(cast.manager), f"/bookings/{reference}/approve"
    problem(manager.post(path, {}), 422, "policy")
    answer = manager.post(path, {"override": {"reason": "Asked before the rule"}})
    assert answer.json["state"] == "approved"
    assert answer.json["occurrences"][0]["is_late_cancel"] is False
