"""Comments and ready answers by a program."""

from tests.api.caller import problem, wrong_fields
from tests.api.conftest import As
from tests.api.wishes import wish
from tests.cast import Cast

READY = {"title": "Term time", "reason_code": "capacity", "text": "In term time students come first."}


def test_both_sides_write_and_internal_ones_stay_inside(as_: As, cast: Cast) -> None:
    booker, manager = as_(cast.booker), as_(cast.manager)
    path = f"/bookings/{booker.post('/bookings', wish(cast.raman)).json['reference']}/comments"
    first = booker.post(path, {"text": "Is the blue laser there?"})
    assert first.status_code == 201
    assert first.json["author"]["name"] == cast.booker.name
    assert (first.json["is_internal"], first.json["files"]) == (False, [])
    assert manager.post(path, {"text": "They broke it", "is_internal": True}).status_code == 201
    assert [one["text"] for one in booker.get(path).json["items"]] == ["Is the blue laser there?"]
    assert len(manager.get(path).json["items"]) == 2
    page = manager.get(f"{path}?limit=1").json
    assert page["next"].endswith(f"limit=1&after={first.json['id']}")


def test_wrong_comments_and_wrong_people_are_told(as_: As, cast: Cast) -> None:
    booker = as_(cast.booker)
    path = f"/bookings/{booker.post('/bookings', wish(cast.raman)).json['reference']}/comments"
    assert wrong_fields(booker.post(path, {"text": " "}))
    problem(booker.post(path, {"text": "Hush", "is_internal": True}), 403, "forbidden")
    problem(as_(cast.liaison).post(path, {"text": "Hello"}), 403, "forbidden")
    problem(as_(cast.rival).get(path), 404, "not-found")


def test_a_lab_keeps_answers_ready_and_declines_with_one(as_: As, cast: Cast) -> None:
    manager, safety, booker = as_(cast.manager), as_(cast.safety), as_(cast.booker)
    made = manager.post("/labs/materials/refusal-templates", READY)
    assert (made.status_code, made.json["position"], made.json["lab"]["id"]) == (201, 1, cast.materials.id)
    one = f"/refusal-templates/{made.json['id']}"
    assert manager.send("PATCH", f"/api/v1{one}", json={"title": "Term"}).json["title"] == "Term"
    assert safety.get("/labs/materials/refusal-templates").json["items"][0]["text"] == READY["text"]
    problem(safety.post("/labs/materials/refusal-templates", READY), 403, "forbidden")
    problem(as_(cast.other_manager).get("/labs/materials/refusal-templates"), 404, "not-found")
    problem(booker.get("/labs/materials/refusal-templates"), 404, "not-found")

    reference = booker.post("/bookings", wish(cast.raman)).json["reference"]
    assert safety.post(f"/bookings/{reference}/decline", {"template": 999_999}).status_code == 422
    told = safety.post(
        f"/bookings/{reference}/decline", {"template": made.json["id"], "reason": "July!"}
    ).json
    date = told["occurrences"][0]
    assert (date["state"], date["reason_code"]) == ("declined", "capacity")
    assert date["reason"] == f"{READY['text']}\n\nJuly!"
    assert manager.send("DELETE", f"/api/v1{one}").status_code == 204
    assert manager.get("/labs/materials/refusal-templates").json["items"] == []


def test_a_plain_no_still_needs_reason_and_words(as_: As, cast: Cast) -> None:
    reference = as_(cast.booker).post("/bookings", wish(cast.raman)).json["reference"]
    assert len(wrong_fields(as_(cast.manager).post(f"/bookings/{reference}/decline", {}))) == 2
