"""Another time through the API."""

from tests.api.caller import wrong_fields
from tests.api.conftest import As
from tests.api.wishes import wish
from tests.cast import Cast

INSTEAD = {"starts_at": "2026-11-23T09:30:00Z", "ends_at": "2026-11-23T11:30:00Z"}


def test_the_lab_names_another_time_and_the_company_takes_it(as_: As, cast: Cast) -> None:
    booker, manager = as_(cast.booker), as_(cast.manager)
    reference = booker.post("/bookings", wish(cast.raman)).json["reference"]
    assert booker.post(f"/bookings/{reference}/propose", INSTEAD).status_code == 403
    assert booker.post(f"/bookings/{reference}/accept", {}).status_code == 409

    answer = manager.post(f"/bookings/{reference}/propose", INSTEAD | {"message": "Term time"})
    assert (answer.status_code, answer.json["state"]) == (200, "proposed")
    assert answer.json["occurrences"][0]["starts_at"] == INSTEAD["starts_at"]
    assert as_(cast.liaison).post(f"/bookings/{reference}/accept", {}).status_code == 403
    assert booker.post(f"/bookings/{reference}/accept", {}).json["state"] == "approved"


def test_the_time_that_was_asked_for_is_no_other_one(as_: As, cast: Cast) -> None:
    asked = wish(cast.raman)
    reference = as_(cast.booker).post("/bookings", asked).json["reference"]
    same = {name: asked[name] for name in ("starts_at", "ends_at")}
    answer = as_(cast.manager).post(f"/bookings/{reference}/propose", same)
    assert answer.status_code == 422
    assert wrong_fields(answer)


def test_of_several_answers_one_is_another_time(as_: As, cast: Cast) -> None:
    again = {"rrule": "FREQ=WEEKLY;COUNT=2"}
    booking = as_(cast.booker).post("/bookings", wish(cast.raman, recurrence=again)).json
    first, second = (date["id"] for date in booking["occurrences"])
    manager, path = as_(cast.manager), f"/bookings/{booking['reference']}/decide"
    propose = {"occurrences": [first], "answer": "propose"}
    assert manager.post(path, {"answers": [propose]}).status_code == 422
    assert (
        manager.post(path, {"answers": [propose | INSTEAD | {"occurrences": [first, second]}]}).status_code
        == 422
    )
    told = manager.post(
        path, {"answers": [propose | INSTEAD, {"occurrences": [second], "answer": "approve"}]}
    ).json
    assert [date["state"] for date in told["occurrences"]] == ["proposed", "approved"]
