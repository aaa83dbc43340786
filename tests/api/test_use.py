"""Coming and leaving, by a program."""

from app.core import clock
from tests.api.caller import problem
from tests.api.conftest import As
from tests.booking.making import ask
from tests.booking.services.test_sample_steps import sent
from tests.booking.services.test_use import approved, in_use
from tests.cast import Cast
from tests.occupancy.making import at


def test_check_in_and_out_answer_with_the_booking(as_: As, cast: Cast) -> None:
    reference = approved(cast)
    with clock.frozen(at(0)):
        came = as_(cast.booker).post(f"/bookings/{reference}/check-in", {"note": "Here"}).json
    assert (came["state"], came["occurrences"][0]["units"][0]["asset_tag"]) == ("in_use", "RAMAN-01")
    with clock.frozen(at(1)):
        left = as_(cast.technician).post(f"/bookings/{reference}/check-out", {}).json
    assert left["state"] == "completed"
    assert left["occurrences"][0]["ends_at"] == "2026-11-23T06:00:00Z"


def test_the_wrong_moment_and_the_wrong_person_are_told(as_: As, cast: Cast) -> None:
    reference = in_use(cast)
    path = f"/bookings/{reference}/check-in"
    with clock.frozen(at(0.5)):
        problem(as_(cast.booker).post(path, {}), 409, "wrong-state")
        problem(as_(cast.liaison).post(path, {}), 403, "forbidden")
        problem(as_(cast.rival).post(path, {}), 404, "not-found")


def test_staying_longer_is_refused_with_what_is_in_the_way(as_: As, cast: Cast) -> None:
    reference = in_use(cast)
    path = f"/bookings/{reference}/extend"
    ask(cast.rival, cast.raman, start=3)
    with clock.frozen(at(1)):
        booker = as_(cast.booker)
        refused = problem(booker.post(path, {"ends_at": "2026-11-23T12:30:00+03:30"}), 409, "slot-taken")
        assert refused["conflicts"][0]["starts_at"] == "2026-11-23T08:00:00Z"
        longer = booker.post(path, {"ends_at": "2026-11-23T11:30:00+03:30"}).json
        assert longer["occurrences"][0]["ends_at"] == "2026-11-23T08:00:00Z"
        assert booker.post(path, {"ends_at": "2026-11-23T11:00:00+03:30"}).status_code == 422


def test_a_program_hands_over_to_a_colleague(as_: As, cast: Cast) -> None:
    path = f"/bookings/{approved(cast)}/hand-over"
    assert as_(cast.booker).post(path, {"user": cast.rival.id}).status_code == 422
    problem(as_(cast.manager).post(path, {"user": cast.boss.id}), 403, "forbidden")
    answer = as_(cast.booker).post(path, {"user": cast.boss.id}).json
    assert answer["requester"] == {"id": cast.boss.id, "name": "Boss"}


def test_a_program_says_it_too(as_: As, cast: Cast) -> None:
    path = f"/bookings/{sent(cast)}"
    problem(as_(cast.booker).post(f"{path}/receive-samples", {}), 403, "forbidden")
    problem(as_(cast.manager).post(f"{path}/return-samples", {}), 409, "wrong-state")
    for verb in ("receive-samples", "return-samples"):
        assert as_(cast.technician).post(f"{path}/{verb}", {}).json["state"] == "approved"
