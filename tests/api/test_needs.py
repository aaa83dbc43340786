"""Needs through the API."""

from typing import Any

import pytest

from app.needs.queries.needs import get_need
from tests.api.caller import Caller, problem, wrong_fields
from tests.api.conftest import As
from tests.cast import Cast
from tests.needs.making import missing, published, submitted, write


def body(**more: Any) -> dict[str, Any]:
    return {
        "title": "A second Raman spectrometer",
        "lab": "materials",
        "category": "raman-spectroscopy",
        "quantity": 2,
        "justification": "It is full.",
        "specification": "532 nm",
        **more,
    }


def test_a_need_is_written_by_one_and_published_by_another(as_: As, anybody: Caller, cast: Cast) -> None:
    made = as_(cast.manager).post("/needs", body())
    assert (made.status_code, made.json["state"], made.json["evidence"]) == (201, "under_review", None)
    address = f"/needs/{made.json['id']}"
    problem(anybody.get(address), 404, "not-found")
    problem(as_(cast.manager).post(f"{address}/publish"), 403, "four-eyes")
    told = as_(cast.liaison).post(f"{address}/publish")
    assert told.json["state"] == "published"
    assert told.json["live"] is not None
    seen = anybody.get(address).json
    assert (seen["live"], seen["evidence"]["figures"]) == (None, None)
    none = {"reserved": 0, "agreed": 0, "delivered": 0, "commissioned": 0}
    assert seen["coverage"] == {"required": 2, **none}
    problem(as_(cast.liaison).post(f"{address}/publish"), 409, "wrong-state")


def test_the_public_list_holds_what_is_published(as_: As, anybody: Caller, cast: Cast) -> None:
    first, second, draft = published(cast), published(cast), write(cast.manager, cast)
    page = anybody.get("/needs?limit=1").json
    assert [one["id"] for one in page["items"]] == [second.id]
    rest = anybody.get(page["next"].removeprefix("http://127.0.0.1:5000")).json
    assert ([one["id"] for one in rest["items"]], rest["next"]) == ([first.id], None)
    assert anybody.get("/needs?lab=electronics").json["items"] == []
    drafts = "/needs?state=proposed"
    assert [one["id"] for one in as_(cast.manager).get(drafts).json["items"]] == [draft.id]
    assert as_(cast.other_manager).get(drafts).json["items"] == []


def test_two_companies_show_no_number(
    as_: As, anybody: Caller, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing(monkeypatch, cast.raman_category, cast.materials, organisations=2)
    address = f"/needs/{published(cast).id}"
    for stranger in (anybody, as_(cast.booker), as_(cast.other_manager)):
        figures = stranger.get(address).json["evidence"]["figures"]
        assert (figures["unmet_minutes"], figures["organisations"], figures["units"]) == (None, None, 1)
    assert as_(cast.manager).get(address).json["evidence"]["figures"]["unmet_minutes"] == 4440


def test_a_token_that_is_not_valid_is_refused_where_none_is_needed(anybody: Caller) -> None:
    anybody.token = "invented"
    problem(anybody.get("/needs"), 401, "unauthorized")


def test_what_cannot_be_meant_is_told(as_: As, cast: Cast) -> None:
    answer = as_(cast.manager).post("/needs", body(quantity=0, title=" ", colour="red"))
    assert wrong_fields(answer).keys() == {"quantity", "title", "colour"}
    problem(as_(cast.manager).post("/needs", body(lab="nowhere")), 404, "not-found")


@pytest.mark.parametrize("who", ["booker", "technician", "other_manager", "donor"])
def test_others_write_publish_and_close_nothing(as_: As, cast: Cast, who: str) -> None:
    other, need = as_(getattr(cast, who)), published(cast)
    problem(other.post("/needs", body()), 403, "forbidden")
    problem(other.post(f"/needs/{need.id}/close", {"reason": "obsolete"}), 403, "forbidden")
    problem(other.patch(f"/needs/{need.id}", {"quantity": 1}), 403, "forbidden")


def test_a_need_is_lowered_and_closed(as_: As, cast: Cast) -> None:
    manager, need = as_(cast.manager), published(cast)
    address = f"/needs/{need.id}"
    assert manager.patch(address, {"quantity": 1}).json["quantity"] == 1
    problem(manager.patch(address, {"title": "Another"}), 409, "wrong-state")
    assert wrong_fields(manager.post(f"{address}/close", {"reason": "withdrawn"})) == {"note": "required"}
    assert manager.post(f"{address}/close", {"reason": "fulfilled"}).json["state"] == "closed"
    problem(manager.post(f"{address}/close", {"reason": "fulfilled"}), 409, "wrong-state")
    assert get_need(None, need.id).quantity == 1


def test_a_draft_is_handed_in_once(as_: As, cast: Cast) -> None:
    draft, decoy = write(cast.manager, cast), write(cast.manager, cast)
    address = f"/needs/{draft.id}/submit"
    problem(as_(cast.other_manager).post(address), 404, "not-found")
    problem(as_(cast.booker).post(address), 404, "not-found")
    manager = as_(cast.manager)
    assert manager.post(address).json["state"] == "under_review"
    problem(manager.post(address), 409, "wrong-state")
    assert manager.get(f"/needs/{decoy.id}").json["state"] == "proposed"


def test_a_need_is_turned_down_with_a_reason(as_: As, anybody: Caller, cast: Cast) -> None:
    need, public = submitted(cast.manager, cast), published(cast)
    address, reason = f"/needs/{need.id}/reject", {"reason": "There is one nearby."}
    problem(as_(cast.other_manager).post(address, reason), 404, "not-found")
    liaison = as_(cast.liaison)
    assert wrong_fields(liaison.post(address)).keys() == {"reason"}
    assert wrong_fields(liaison.post(address, {"reason": " "})).keys() == {"reason"}
    told = liaison.post(address, reason).json
    assert (told["state"], told["rejected_reason"]) == ("rejected", "There is one nearby.")
    problem(liaison.post(address, reason), 409, "wrong-state")
    problem(liaison.post(f"/needs/{public.id}/reject", reason), 409, "wrong-state")
    problem(as_(cast.booker).post(f"/needs/{public.id}/reject", reason), 403, "forbidden")
    problem(anybody.get(f"/needs/{need.id}"), 404, "not-found")
