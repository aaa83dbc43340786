"""A gift from the first word to the first booking, through the API."""

import pytest

from app.needs.models import Need
from tests.api.caller import Caller, problem, wrong_fields
from tests.api.conftest import As
from tests.api.wishes import wish
from tests.cast import Cast
from tests.donations.making import offered, published_need


@pytest.fixture
def need(cast: Cast) -> Need:
    return published_need(cast)


@pytest.fixture
def donor(as_: As, cast: Cast) -> Caller:
    return as_(cast.donor)


def line(need: Need | None = None, **more: object) -> dict[str, object]:
    said = {
        "description": "Raman spectrometer, 785 nm",
        "category": "raman-spectroscopy",
        "quantity": 1,
        "condition": "good",
        "value": {"amount_minor": 900_000_000, "currency": "IRR", "basis": "donor_declared"},
        "needs": [need.id] if need else [],
    }
    return said | more


def test_from_the_offer_to_the_first_booking(donor: Caller, as_: As, cast: Cast, need: Need) -> None:
    liaison, manager, technician = as_(cast.liaison), as_(cast.manager), as_(cast.technician)
    made = donor.post("/offers", {"lines": [line(need)]})
    assert (made.status_code, made.json["state"]) == (201, "draft")
    offer, line_id = f"/offers/{made.json['id']}", made.json["lines"][0]["id"]

    submitted = donor.post(f"{offer}/submit").json
    assert (submitted["state"], submitted["contact"]["name"]) == ("submitted", cast.liaison.name)
    assert [one["state"] for one in submitted["lines"][0]["allocations"]] == ["reserved"]
    assert liaison.post(f"{offer}/review").json["state"] == "in_review"
    problem(liaison.post(f"{offer}/review"), 409, "wrong-state")
    assert liaison.post(f"{offer}/accept").json["state"] == "accepted"
    agreed = liaison.post(f"{offer}/agreement", {"number": "G-1405/7", "signed_on": "2026-11-20"})
    assert agreed.json["agreement"] == {"number": "G-1405/7", "signed_on": "2026-11-20"}
    arrived = manager.post(f"{offer}/consignments", {"lines": [{"line": line_id, "received": 1}]})
    (unit,) = arrived.json["units"]
    body = {"unit": unit, "lab": "materials", "equipment": cast.raman.id, "responsible": "Mina Akbari"}
    problem(manager.post(f"{offer}/commissioning", body), 409, "wrong-state")
    looked_at = technician.post(f"{offer}/inspections", {"unit": unit, "result": "pass"})
    assert looked_at.json == {"unit": unit, "status": "inspected"}
    in_service = manager.post(f"{offer}/commissioning", body)

    assert (in_service.status_code, in_service.json) == (201, {"unit": unit, "equipment": cast.raman.id})
    shown = donor.get(f"/equipment/{cast.raman.id}").json
    assert (shown["capacity"], [one["id"] for one in shown["units"]][-1]) == (2, unit)
    for who in (cast.booker, cast.rival):
        assert as_(who).post("/bookings", wish(cast.raman)).status_code == 201
    assert donor.get(offer).json["state"] == "in_service"


def test_of_what_is_promised_already_the_answer_says_what_is_left(as_: As, cast: Cast, need: Need) -> None:
    offered(cast, need)
    second = offered(cast, actor=cast.rival)
    liaison = as_(cast.liaison)
    body = {"line": second.lines[0].id, "need": need.id, "quantity": 1}

    refused = problem(liaison.post(f"/offers/{second.id}/allocations", body), 409, "over-promised")
    assert refused["left"] == 0
    waiting = liaison.post(f"/offers/{second.id}/allocations", body | {"standby": True})

    assert (waiting.status_code, waiting.json["state"]) == (201, "standby")


def test_everybody_sees_their_own_offers_and_staff_all(
    donor: Caller, as_: As, cast: Cast, need: Need
) -> None:
    offered(cast, need)
    offered(cast, actor=cast.rival)

    counts = {who.name: len(as_(who).get("/offers").json["items"]) for who in (cast.donor, cast.booker)}
    assert counts == {cast.donor.name: 1, cast.booker.name: 0}
    first = as_(cast.liaison).get("/offers?limit=1").json
    assert len(first["items"]) == 1
    assert len(as_(cast.liaison).get(first["next"].removeprefix("http://127.0.0.1:5000")).json["items"]) == 1


def test_strangers_see_nothing_and_donors_do_not_decide(
    donor: Caller, as_: As, cast: Cast, need: Need
) -> None:
    offer = offered(cast, need)
    for verb, body in (("accept", None), ("decline", {"reason": "No"})):
        problem(donor.post(f"/offers/{offer.id}/{verb}", body), 403, "forbidden")
        problem(as_(cast.rival).post(f"/offers/{offer.id}/{verb}", body), 404, "not-found")
    problem(as_(cast.liaison).post(f"/offers/{offer.id}/withdraw"), 403, "forbidden")


def test_what_cannot_be_used_is_named(donor: Caller, as_: As, cast: Cast, need: Need) -> None:
    faults = wrong_fields(
        donor.post(
            "/offers", {"lines": [line(condition="shiny", quantity=0, colour="red")], "state": "accepted"}
        )
    )
    assert set(faults) == {"lines.0.condition", "lines.0.quantity", "lines.0.colour", "state"}
    assert wrong_fields(donor.post("/offers", {"lines": []})) == {"lines": "empty"}
    problem(donor.post("/offers", {"lines": [line(needs=[need.id + 1])]}), 404, "not-found")
    offer = offered(cast, need)
    as_(cast.liaison).post(f"/offers/{offer.id}/accept")
    for day in ("2026-13-01", "22/11/2026", "2099-01-01"):
        answer = as_(cast.liaison).post(f"/offers/{offer.id}/agreement", {"number": "7", "signed_on": day})
        assert set(wrong_fields(answer)) == {"signed_on"}


def test_a_value_says_of_what_kind_it_is(donor: Caller, cast: Cast) -> None:
    assert donor.post("/offers", {"lines": [line(value=None)]}).json["lines"][0]["value"] is None
    answer = donor.post("/offers", {"lines": [line(value={"amount_minor": 5, "currency": "IRR"})]})
    assert wrong_fields(answer) == {"lines.0.value.basis": "required"}


def test_the_giver_books_by_the_same_rules_as_everybody(as_: As, cast: Cast, need: Need) -> None:
    before = as_(cast.donor).post("/bookings/check", wish(cast.raman)).json
    offered(cast, need)
    after = as_(cast.donor).post("/bookings/check", wish(cast.raman)).json

    assert after == before
