"""Waiting by program: from the wish to the booking, and every refusal on the way."""

from tests.api.caller import problem
from tests.api.conftest import As
from tests.api.wishes import TOMORROW, waiting_for, wish
from tests.cast import Cast


def test_a_wish_waits_is_offered_the_time_and_becomes_a_booking(as_: As, cast: Cast) -> None:
    booker, rival = as_(cast.booker), as_(cast.rival)
    taken = booker.post("/bookings", wish(cast.raman, hours=1)).json
    entry = rival.post("/waitlist", waiting_for(cast.raman, hours=1, purpose="Batch 9"))
    assert entry.status_code == 201
    assert (entry.json["state"], entry.json["position"], entry.json["offer"]) == ("waiting", 1, None)
    second = booker.post("/waitlist", waiting_for(cast.raman, hours=1)).json
    assert second["position"] == 2

    booker.post(f"/bookings/{taken['reference']}/cancel", {})
    (told,) = rival.get("/waitlist").json["items"]
    assert (told["state"], told["offer"]["starts_at"]) == ("offered", taken["occurrences"][0]["starts_at"])
    (hold,) = booker.get("/calendar?from=2026-11-23T00:00:00Z&to=2026-11-24T00:00:00Z").json
    assert (hold["kind"], hold["booking"]) == ("hold", None)

    booking = rival.post(f"/waitlist/{told['id']}/accept", {"people": [{"name": "Sara"}]})
    assert (booking.status_code, booking.json["state"], booking.json["purpose"]) == (
        200,
        "requested",
        "Batch 9",
    )
    after = rival.get(f"/waitlist/{told['id']}").json
    assert (after["state"], after["booking"]) == ("served", booking.json["reference"])
    problem(rival.post(f"/waitlist/{told['id']}/accept", {}), 409, "wrong-state")


def test_a_time_can_be_let_go_and_the_wait_ended(as_: As, cast: Cast) -> None:
    booker, rival = as_(cast.booker), as_(cast.rival)
    taken = booker.post("/bookings", wish(cast.raman, hours=1)).json
    entry = rival.post("/waitlist", waiting_for(cast.raman, hours=1)).json
    booker.post(f"/bookings/{taken['reference']}/cancel", {})
    assert rival.post(f"/waitlist/{entry['id']}/pass").json["state"] == "waiting"
    assert rival.send("DELETE", f"/waitlist/{entry['id']}").status_code == 204
    assert rival.get("/waitlist?state=left").json["items"][0]["id"] == entry["id"]
    problem(rival.send("DELETE", f"/waitlist/{entry['id']}"), 409, "wrong-state")


def test_a_category_may_be_named_by_its_slug_and_narrowed_to_a_lab(as_: As, cast: Cast) -> None:
    as_(cast.booker).post("/bookings", wish(cast.raman, hours=1))
    body = waiting_for(cast.raman, hours=1, category="raman-spectroscopy", lab="materials")
    del body["equipment"]
    told = as_(cast.rival).post("/waitlist", body).json
    assert (told["equipment"], told["category"]["name"]) == (None, cast.raman_category.name)
    assert told["lab"]["id"] == cast.materials.id


def test_what_cannot_be_waited_for_is_refused_with_its_reason(as_: As, cast: Cast) -> None:
    rival = as_(cast.rival)
    free = problem(rival.post("/waitlist", waiting_for(cast.raman)), 422, "invalid")
    assert (free["errors"][0]["field"], free["errors"][0]["code"]) == ("to", "still_free")
    never = problem(rival.post("/waitlist", waiting_for(cast.raman, minutes=10)), 422, "policy")
    assert [verdict["code"] for verdict in never["verdicts"]] == ["too_short"]
    both = waiting_for(cast.raman, category="raman-spectroscopy")
    assert problem(rival.post("/waitlist", both), 422, "invalid")["errors"][0]["code"] == "one_of"
    backwards = waiting_for(cast.raman) | {"to": TOMORROW.replace(hour=1).isoformat()}
    problem(rival.post("/waitlist", backwards), 422, "invalid")
    problem(rival.post("/waitlist", waiting_for(cast.raman, state="offered")), 422, "invalid")
    problem(rival.post("/waitlist", waiting_for(cast.raman) | {"equipment": 10**6}), 404, "not-found")


def test_the_same_wish_twice_is_refused(as_: As, cast: Cast) -> None:
    as_(cast.booker).post("/bookings", wish(cast.raman))
    rival = as_(cast.rival)
    rival.post("/waitlist", waiting_for(cast.raman))
    again = problem(rival.post("/waitlist", waiting_for(cast.raman)), 422, "invalid")
    assert again["errors"][0]["code"] == "waits_already"
    assert "exactly this" in again["errors"][0]["message"]


def test_staff_see_who_waits_and_may_not_answer_for_them(as_: As, cast: Cast) -> None:
    as_(cast.booker).post("/bookings", wish(cast.raman))
    entry = as_(cast.rival).post("/waitlist", waiting_for(cast.raman)).json
    manager = as_(cast.manager)
    assert manager.get(f"/waitlist/{entry['id']}").json["organisation"]["id"] == cast.rival_company.id
    problem(manager.send("DELETE", f"/waitlist/{entry['id']}"), 403, "forbidden")
    assert manager.get("/waitlist").json["items"] == []
