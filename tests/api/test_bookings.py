"""Bookings through the API: asking, answering, and what stands in the way."""

from datetime import timedelta
from typing import Any

import pytest

from app.accounts.models import Organisation
from app.core.event_log import EventRecord
from app.demand.models import Miss
from app.extensions import db
from tests.api.caller import Caller, problem, wrong_fields
from tests.api.conftest import As
from tests.api.wishes import TOMORROW, wish
from tests.cast import NOW, Cast


@pytest.fixture
def booker(as_: As, cast: Cast) -> Caller:
    return as_(cast.booker)


@pytest.fixture
def manager(as_: As, cast: Cast) -> Caller:
    return as_(cast.manager)


@pytest.fixture
def reference(booker: Caller, cast: Cast) -> str:
    """A booking of the Raman that waits for an answer."""
    return str(booker.post("/bookings", wish(cast.raman)).json["reference"])


def test_a_request_waits_for_the_lab(booker: Caller, cast: Cast) -> None:
    body = wish(cast.raman, people=[{"name": "Sara", "email": "sara@example.com"}], note="Please")

    answer = booker.post("/bookings", body)

    assert answer.status_code == 201
    booking = answer.json
    assert booking["reference"].startswith("KG-")
    assert booking["state"] == "requested"
    assert booking["organisation"] == {"id": cast.arta.id, "name": "Arta Polymer"}
    assert booking["requester"] == {"id": cast.booker.id, "name": "Booker"}
    (thing,) = booking["equipment"]
    assert thing == {"id": cast.raman.id, "name": "Raman spectrometer", "quantity": 1, "required": False}
    assert booking["people"] == [{"name": "Sara", "email": "sara@example.com"}]
    (date,) = booking["occurrences"]
    assert (date["state"], date["sequence"], date["units"]) == ("requested", 0, [])
    assert (date["starts_at"], date["ends_at"]) == ("2026-11-23T05:30:00Z", "2026-11-23T07:30:00Z")
    assert booker.get(f"/bookings/{booking['reference']}").json == booking


def test_where_nobody_has_to_agree_it_stands_at_once_with_its_units(booker: Caller, cast: Cast) -> None:
    body = wish(cast.stations) | {"equipment": [{"id": cast.stations.id, "quantity": 3}]}

    booking = booker.post("/bookings", body).json

    assert booking["state"] == "approved"
    tags = [unit["asset_tag"] for unit in booking["occurrences"][0]["units"]]
    assert tags == ["SOLDERING-01", "SOLDERING-02", "SOLDERING-03"]


def test_several_things_are_booked_together_or_not_at_all(booker: Caller, as_: As, cast: Cast) -> None:
    both = [{"id": cast.raman.id}, {"id": cast.stations.id, "quantity": 2}]
    assert booker.post("/bookings", wish(cast.raman) | {"equipment": both}).status_code == 201

    rival = as_(cast.rival)
    wanted = [{"id": cast.stations.id, "quantity": 2}, {"id": cast.raman.id}]
    taken = problem(rival.post("/bookings", wish(cast.raman) | {"equipment": wanted}), 409, "slot-taken")

    assert [conflict["equipment"]["id"] for conflict in taken["conflicts"]] == [cast.raman.id]
    assert rival.get("/bookings").json["items"] == []


def test_a_taken_slot_names_conflicts_and_alternatives(booker: Caller, as_: As, cast: Cast) -> None:
    booker.post("/bookings", wish(cast.raman))

    taken = problem(as_(cast.rival).post("/bookings", wish(cast.raman)), 409, "slot-taken")

    assert taken["conflicts"] == [
        {
            "equipment": {"id": cast.raman.id, "name": "Raman spectrometer"},
            "starts_at": "2026-11-23T05:30:00Z",
            "ends_at": "2026-11-23T07:30:00Z",
            "kind": "booking",
            "free": 0,
        }
    ]
    assert {
        "equipment": [{"id": cast.raman.id, "quantity": 1}],
        "starts_at": "2026-11-23T07:30:00Z",
        "ends_at": "2026-11-23T09:30:00Z",
    } in taken["alternatives"]


def test_an_alternative_can_be_booked(booker: Caller, as_: As, cast: Cast) -> None:
    booker.post("/bookings", wish(cast.raman))
    rival = as_(cast.rival)
    taken = problem(rival.post("/bookings", wish(cast.raman)), 409, "slot-taken")

    for alternative in taken["alternatives"]:
        assert rival.post("/bookings/check", wish(cast.raman) | alternative).json["allowed"], alternative
    assert rival.post("/bookings", wish(cast.raman) | taken["alternatives"][0]).status_code == 201


def test_a_refusal_is_remembered(booker: Caller, as_: As, cast: Cast) -> None:
    booker.post("/bookings", wish(cast.raman))
    problem(as_(cast.rival).post("/bookings", wish(cast.raman)), 409, "slot-taken")

    (miss,) = db.session.query(Miss).all()
    assert (miss.organisation_id, miss.equipment_id, miss.minutes) == (
        cast.rival_company.id,
        cast.raman.id,
        120,
    )


def test_policy_is_judged_before_capacity(booker: Caller, as_: As, cast: Cast) -> None:
    night = NOW.replace(hour=20) + timedelta(days=1)
    booker.post("/bookings", wish(cast.raman))

    refused = problem(as_(cast.rival).post("/bookings", wish(cast.raman, start=night)), 422, "policy")

    (verdict,) = [v for v in refused["verdicts"] if v["severity"] == "block"]
    assert verdict["code"] == "outside_hours"
    assert verdict["equipment"] == {"id": cast.raman.id, "name": "Raman spectrometer"}
    assert verdict["text"]
    assert verdict["remedy"]


def test_a_check_changes_nothing(booker: Caller, cast: Cast) -> None:
    found = booker.post("/bookings/check", wish(cast.raman)).json

    assert (found["allowed"], found["needs_approval"]) == (True, True)
    assert [v["code"] for v in found["verdicts"]] == ["lab_decides"]
    (date,) = found["occurrences"]
    assert (date["allowed"], date["conflicts"]) == (True, [])
    assert booker.get("/bookings").json["items"] == []


def test_a_check_names_what_is_in_the_way(booker: Caller, as_: As, cast: Cast) -> None:
    booker.post("/bookings", wish(cast.raman))

    found = as_(cast.rival).post("/bookings/check", wish(cast.raman)).json

    assert not found["allowed"]
    assert [c["equipment"]["id"] for c in found["occurrences"][0]["conflicts"]] == [cast.raman.id]
    assert db.session.query(Miss).count() == 0


def test_the_manager_says_yes(booker: Caller, manager: Caller, reference: str) -> None:
    answer = manager.post(f"/bookings/{reference}/approve", {"note": "Welcome"})

    assert answer.status_code == 200
    assert answer.json["state"] == "approved"
    assert [unit["asset_tag"] for unit in answer.json["occurrences"][0]["units"]] == ["RAMAN-01"]
    assert booker.get(f"/bookings/{reference}").json["state"] == "approved"


def test_a_verb_without_a_body_means_every_date(manager: Caller, reference: str) -> None:
    assert manager.post(f"/bookings/{reference}/approve").json["state"] == "approved"


def test_the_manager_says_no_and_why(booker: Caller, manager: Caller, reference: str) -> None:
    manager.post(f"/bookings/{reference}/decline", {"reason_code": "safety", "reason": "No fume hood"})

    booking = booker.get(f"/bookings/{reference}").json
    assert booking["state"] == "declined"
    assert booking["occurrences"][0]["reason_code"] == "safety"
    assert booking["occurrences"][0]["reason"] == "No fume hood"


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ({}, {"reason_code": "required", "reason": "required"}),
        ({"reason_code": "whim", "reason": "x"}, {"reason_code": "not_a_choice"}),
        ({"reason_code": "other", "reason": "  "}, {"reason": "empty"}),
        ({"reason_code": "other", "reason": "x", "state": "declined"}, {"state": "unknown"}),
    ],
)
def test_a_no_needs_its_reason(
    manager: Caller, reference: str, body: dict[str, Any], wrong: dict[str, str]
) -> None:
    assert wrong_fields(manager.post(f"/bookings/{reference}/decline", body)) == wrong


def test_the_company_calls_it_off(booker: Caller, reference: str) -> None:
    assert booker.post(f"/bookings/{reference}/cancel", {"note": "Ill"}).json["state"] == "cancelled"


def test_a_move_frees_the_old_time(booker: Caller, as_: As, cast: Cast, reference: str) -> None:
    later = TOMORROW + timedelta(hours=3)

    moved = booker.post(
        f"/bookings/{reference}/move",
        {
            "starts_at": later.isoformat(),
            "ends_at": (later + timedelta(hours=2)).isoformat(),
            "message": "The samples come later",
        },
    ).json

    assert moved["occurrences"][0]["starts_at"] == "2026-11-23T08:30:00Z"
    assert moved["occurrences"][0]["sequence"] == 1
    event = db.session.query(EventRecord).filter_by(name="BookingMoved").one()
    assert event.data["message"] == "The samples come later"
    assert as_(cast.rival).post("/bookings", wish(cast.raman)).status_code == 201


def test_a_move_to_a_taken_time_changes_nothing(booker: Caller, as_: As, cast: Cast, reference: str) -> None:
    later = TOMORROW + timedelta(hours=3)
    as_(cast.rival).post("/bookings", wish(cast.raman, start=later))
    span = {"starts_at": later.isoformat(), "ends_at": (later + timedelta(hours=2)).isoformat()}

    taken = problem(booker.post(f"/bookings/{reference}/move", span), 409, "slot-taken")

    assert taken["alternatives"]
    assert booker.get(f"/bookings/{reference}").json["occurrences"][0]["starts_at"] == "2026-11-23T05:30:00Z"


@pytest.mark.parametrize("verb", ["approve", "decline"])
def test_a_verb_in_the_wrong_state(manager: Caller, booker: Caller, reference: str, verb: str) -> None:
    booker.post(f"/bookings/{reference}/cancel")
    body = {"reason_code": "other", "reason": "x"} if verb == "decline" else {}

    refused = problem(manager.post(f"/bookings/{reference}/{verb}", body), 409, "wrong-state")

    assert refused["state"] == "cancelled"


@pytest.mark.parametrize("verb", ["approve", "decline"])
def test_who_may_see_but_not_decide_is_told_so(booker: Caller, reference: str, verb: str) -> None:
    problem(booker.post(f"/bookings/{reference}/{verb}", {"nonsense": 1}), 403, "forbidden")


def test_who_may_see_but_not_change_is_told_so(as_: As, cast: Cast, reference: str) -> None:
    problem(as_(cast.liaison).post(f"/bookings/{reference}/cancel", {"nonsense": 1}), 403, "forbidden")


@pytest.mark.parametrize("who", ["rival", "other_manager", "loner", "student"])
def test_a_stranger_finds_nothing_whatever_was_sent(as_: As, cast: Cast, reference: str, who: str) -> None:
    stranger = as_(getattr(cast, who))

    problem(stranger.get(f"/bookings/{reference}"), 404, "not-found")
    for verb in ("approve", "decline", "cancel", "move"):
        problem(stranger.post(f"/bookings/{reference}/{verb}", {"nonsense": 1}), 404, "not-found")


def test_one_does_not_book_in_the_name_of_others(booker: Caller, cast: Cast) -> None:
    problem(booker.post("/bookings", wish(cast.raman, organisation=cast.rival_company.id)), 404, "not-found")


def test_staff_book_for_a_company(manager: Caller, as_: As, cast: Cast) -> None:
    booking = manager.post("/bookings", wish(cast.raman, organisation=cast.arta.id)).json

    assert booking["organisation"]["id"] == cast.arta.id
    assert as_(cast.booker).get(f"/bookings/{booking['reference']}").status_code == 200


def test_staff_book_for_a_company_without_account(manager: Caller, as_: As, cast: Cast) -> None:
    body = wish(cast.raman, organisation={"name": "Zagros Ceramics"})
    assert manager.post("/bookings/check", body).json["allowed"]

    first = manager.post("/bookings", body)
    again = manager.post("/bookings", wish(cast.stations, organisation={"name": "zagros  ceramics"}))

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json["organisation"]["name"] == "Zagros Ceramics"
    assert again.json["organisation"] == first.json["organisation"]
    assert manager.post("/bookings/check", body).json["occurrences"][0]["conflicts"]


@pytest.mark.parametrize("name", ["arta  polymer", "آرتا پليمر"])
def test_a_name_that_a_verified_company_has_means_that_company(
    manager: Caller, as_: As, cast: Cast, name: str
) -> None:
    body = wish(cast.raman, organisation={"name": name})
    assert manager.post("/bookings/check", body).json["allowed"]

    booking = manager.post("/bookings", body).json

    assert booking["organisation"]["id"] == cast.arta.id
    assert as_(cast.booker).get(f"/bookings/{booking['reference']}").status_code == 200


def test_a_refused_booking_leaves_no_company_behind(manager: Caller, as_: As, cast: Cast) -> None:
    as_(cast.booker).post("/bookings", wish(cast.raman))
    before = db.session.query(Organisation).count()

    body = wish(cast.raman, organisation={"name": "Zagros Ceramics"})
    problem(manager.post("/bookings", body), 409, "slot-taken")
    problem(manager.post("/bookings", body, key="a"), 409, "slot-taken")

    assert db.session.query(Organisation).count() == before


def test_companies_do_not_book_for_companies_they_name(booker: Caller, cast: Cast) -> None:
    body = wish(cast.raman, organisation={"name": "Rival Coatings"})

    problem(booker.post("/bookings", body), 403, "forbidden")
    problem(booker.post("/bookings/check", body), 403, "forbidden")


def test_equipment_that_is_not_there(booker: Caller, cast: Cast) -> None:
    body = wish(cast.raman) | {"equipment": [{"id": cast.raman.id}, {"id": 999_999}]}

    problem(booker.post("/bookings", body), 404, "not-found")
    problem(booker.post("/bookings/check", body), 404, "not-found")


def test_everybody_sees_their_own_list(
    booker: Caller, manager: Caller, as_: As, cast: Cast, reference: str
) -> None:
    other = as_(cast.rival).post("/bookings", wish(cast.stations)).json["reference"]

    def seen(caller: Caller, query: str = "") -> list[str]:
        return [booking["reference"] for booking in caller.get(f"/bookings{query}").json["items"]]

    assert seen(booker) == [reference]
    assert seen(manager) == [other, reference]
    assert seen(manager, "?mine=true") == []
    assert seen(manager, "?state=approved") == [other]
    assert seen(manager, "?state=approved,requested") == [other, reference]
    assert seen(manager, "?state=approved&state=requested") == [other, reference]
    assert seen(booker, "?mine") == [reference]
    assert seen(as_(cast.loner)) == []


def test_pages_neither_repeat_nor_skip_while_new_ones_arrive(booker: Caller, cast: Cast) -> None:
    made = [booker.post("/bookings", wish(cast.stations)).json["reference"] for _ in range(4)]

    first = booker.get("/bookings?limit=2").json
    booker.post("/bookings", wish(cast.stations, hours=1, start=TOMORROW + timedelta(hours=5)))
    second = booker.get(first["next"].removeprefix("http://127.0.0.1:5000")).json

    seen = [booking["reference"] for booking in first["items"] + second["items"]]
    assert seen == made[::-1]
    assert second["next"] is None


def test_a_filter_survives_the_page(booker: Caller, cast: Cast) -> None:
    for _ in range(3):
        booker.post("/bookings", wish(cast.stations))

    following = booker.get("/bookings?limit=1&state=approved,requested&mine=1").json["next"]

    assert "state=approved%2Crequested" in following
    assert "mine=1" in following
