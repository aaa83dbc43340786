"""The calendar, free time and misses through the API."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest

from app.core import clock
from app.demand.models import Miss, MissKind
from app.extensions import db
from tests.api.caller import Caller, problem, wrong_fields
from tests.api.conftest import As
from tests.api.wishes import TOMORROW, wish
from tests.cast import NOW, Cast

DAY = {"from": "2026-11-23T00:00:00+03:30", "to": "2026-11-24T00:00:00+03:30"}


@pytest.fixture
def booker(as_: As, cast: Cast) -> Caller:
    return as_(cast.booker)


def query(path: str, **values: Any) -> str:
    return f"{path}?{urlencode(DAY | values)}"


def misses() -> list[Miss]:
    return list(db.session.query(Miss).order_by(Miss.id))


def test_one_s_own_entries_read_whole(booker: Caller, cast: Cast) -> None:
    reference = booker.post("/bookings", wish(cast.stations)).json["reference"]

    (entry,) = booker.get(query("/calendar")).json

    assert {name: entry[name] for name in ("kind", "state", "quantity", "booking", "title")} == {
        "kind": "booking",
        "state": "approved",
        "quantity": 1,
        "booking": reference,
        "title": "Arta Polymer: Polymer blends",
    }
    assert entry["equipment"] == {"id": cast.stations.id, "name": "Soldering station"}
    assert [unit["asset_tag"] for unit in entry["units"]] == ["SOLDERING-01"]
    assert (entry["starts_at"], entry["ends_at"]) == ("2026-11-23T05:30:00Z", "2026-11-23T07:30:00Z")
    assert (entry["claimed_from"], entry["claimed_to"]) == (entry["starts_at"], entry["ends_at"])


def test_a_stranger_reads_busy_and_nothing_else(booker: Caller, as_: As, cast: Cast) -> None:
    made = booker.post("/bookings", wish(cast.stations, note="secret note")).json

    answer = as_(cast.rival).get(query("/calendar"))

    (entry,) = answer.json
    assert (entry["title"], entry["booking"], entry["units"]) == ("busy", None, [])
    for secret in (made["reference"], "Polymer blends", "Arta", "Booker", "SOLDERING-01", "secret note"):
        assert secret not in answer.text


def test_staff_read_their_labs_whole_and_others_busy(booker: Caller, as_: As, cast: Cast) -> None:
    booker.post("/bookings", wish(cast.stations))

    assert as_(cast.manager).get(query("/calendar")).json[0]["booking"] is not None
    assert as_(cast.other_manager).get(query("/calendar")).json[0]["title"] == "busy"


def test_a_calendar_of_some_things(booker: Caller, cast: Cast) -> None:
    for thing in (cast.raman, cast.stations, cast.oscilloscope):
        booker.post("/bookings", wish(thing))

    def shown(**values: Any) -> list[str]:
        return [entry["equipment"]["name"] for entry in booker.get(query("/calendar", **values)).json]

    assert shown(lab="electronics") == ["Oscilloscope"]
    assert shown(lab=cast.materials.id) == ["Raman spectrometer", "Soldering station"]
    assert shown(equipment=f"{cast.raman.id},{cast.oscilloscope.id}") == [
        "Raman spectrometer",
        "Oscilloscope",
    ]
    assert shown(equipment=cast.microscope.id) == []
    problem(booker.get(query("/calendar", lab="nothing")), 404, "not-found")


def test_touching_the_window_is_not_in_it(booker: Caller, cast: Cast) -> None:
    booker.post("/bookings", wish(cast.raman))
    before = query("/calendar", to=TOMORROW.isoformat())
    after = query("/calendar", **{"from": (TOMORROW + timedelta(hours=2)).isoformat()})

    assert booker.get(before).json == []
    assert booker.get(after).json == []


def test_windows_have_bounds(booker: Caller) -> None:
    far, naive = "2027-11-23T00:00:00Z", "2026-11-23T00:00:00"

    assert wrong_fields(booker.get(query("/calendar", to=far))) == {"to": "window_too_long"}
    assert wrong_fields(booker.get(query("/free", to=far, minutes=60))) == {"to": "window_too_long"}
    assert wrong_fields(booker.get(query("/calendar", to=DAY["from"]))) == {"to": "ends_before_it_starts"}
    assert wrong_fields(booker.get(query("/calendar", to=naive))) == {"to": "no_offset"}
    assert wrong_fields(booker.get(query("/calendar", equipment="1,x"))) == {"equipment": "wrong_type"}


def test_a_plus_that_nobody_escaped_is_understood(booker: Caller, cast: Cast) -> None:
    booker.post("/bookings", wish(cast.raman))

    address = "/calendar?from=2026-11-23T00:00:00+03:30&to=2026-11-24T00:00:00+03:30"
    assert len(booker.get(address).json) == 1


def test_free_time_is_what_others_leave(booker: Caller, cast: Cast) -> None:
    booker.post("/bookings", wish(cast.raman, start=TOMORROW + timedelta(hours=1)))

    (raman,) = booker.get(query("/free", minutes=60, equipment=cast.raman.id)).json["items"]

    assert raman["equipment"] == {"id": cast.raman.id, "name": "Raman spectrometer"}
    assert raman["spans"] == [
        {"starts_at": "2026-11-23T04:30:00Z", "ends_at": "2026-11-23T06:30:00Z", "quantity": 1},
        {"starts_at": "2026-11-23T08:30:00Z", "ends_at": "2026-11-23T14:30:00Z", "quantity": 1},
    ]


def test_of_a_pool_so_many_are_free(booker: Caller, cast: Cast) -> None:
    body = wish(cast.stations, start=TOMORROW) | {"equipment": [{"id": cast.stations.id, "quantity": 3}]}
    booker.post("/bookings", body)

    def free(quantity: int) -> list[int]:
        address = query("/free", minutes=60, equipment=cast.stations.id, quantity=quantity)
        return [span["quantity"] for span in booker.get(address).json["items"][0]["spans"]]

    assert free(1) == [1]
    assert free(2) == [4, 4]


def test_what_is_said_to_be_free_can_be_booked(booker: Caller, as_: As, cast: Cast) -> None:
    booker.post("/bookings", wish(cast.raman, start=TOMORROW + timedelta(hours=1)))
    rival = as_(cast.rival)

    for found in rival.get(query("/free", minutes=120, lab="materials")).json["items"]:
        for span in found["spans"]:
            (thing,) = {cast.raman, cast.stations, cast.microscope} & {
                one
                for one in (cast.raman, cast.stations, cast.microscope)
                if one.id == found["equipment"]["id"]
            }
            start = clock.now().fromisoformat(span["starts_at"])
            body = wish(thing, start=start, mode=thing.modes[0])
            assert rival.post("/bookings/check", body).json["allowed"], (found, span)


def test_free_time_comes_in_pages(booker: Caller, cast: Cast) -> None:
    first = booker.get(query("/free", minutes=60, limit=3)).json
    second = booker.get(first["next"].removeprefix("http://127.0.0.1:5000")).json

    assert [len(first["items"]), len(second["items"])] == [3, 1]
    assert second["next"] is None


def test_the_next_page_is_of_the_same_things(booker: Caller, cast: Cast) -> None:
    wanted = [cast.raman.id, cast.microscope.id, cast.oscilloscope.id]
    address = query("/free", minutes=60, limit=1) + "".join(f"&equipment={id_}" for id_ in wanted)
    found = []
    while address:
        page = booker.get(address.removeprefix("http://127.0.0.1:5000")).json
        found += [one["equipment"]["id"] for one in page["items"]]
        address = page["next"]

    assert found == wanted


def test_finding_nothing_is_remembered_once_a_day(booker: Caller, as_: As, cast: Cast) -> None:
    as_(cast.rival).post("/bookings", wish(cast.raman, hours=8, start=TOMORROW))
    address = query("/free", minutes=240, category="spectroscopy")

    assert booker.get(address).json["items"][0]["spans"] == []
    booker.get(address)

    (miss,) = misses()
    assert (miss.organisation_id, miss.category_id, miss.minutes) == (cast.arta.id, cast.spectroscopy.id, 240)
    assert (miss.kind, miss.reason.value) == (MissKind.CAPACITY, "none")
    with clock.frozen(NOW + timedelta(days=1)):
        booker.get(address)
    assert len(misses()) == 2


def test_nothing_by_the_rules_is_no_lack_of_equipment(booker: Caller, cast: Cast) -> None:
    booker.get(query("/free", minutes=20 * 60, equipment=cast.raman.id))

    assert [(miss.kind, miss.equipment_id) for miss in misses()] == [(MissKind.POLICY, cast.raman.id)]


def test_a_search_for_one_equipment_is_a_wish_in_its_category_and_lab(booker: Caller, cast: Cast) -> None:
    booker.get(query("/free", minutes=20 * 60, equipment=cast.raman.id))
    booker.get(query("/free", minutes=20 * 60, equipment=f"{cast.raman.id},{cast.microscope.id}"))
    booker.get(query("/free", minutes=20 * 60, equipment=10_000))

    (miss,) = misses()
    assert (miss.equipment_id, miss.category_id, miss.lab_id) == (
        cast.raman.id,
        cast.raman_category.id,
        cast.materials.id,
    )


def test_words_that_match_nothing_are_a_wish_as_well(booker: Caller) -> None:
    booker.get(query("/free", minutes=60, q="Mössbauer"))

    assert [(miss.kind, miss.query) for miss in misses()] == [(MissKind.CAPACITY, "Mössbauer")]


def test_who_does_not_count_and_what_is_not_particular_is_not_remembered(as_: As, cast: Cast) -> None:
    for who in (cast.manager, cast.student, cast.loner):
        assert as_(who).get(query("/free", minutes=60, q="Mössbauer")).status_code == 200
    as_(cast.booker).get(query("/free", minutes=60, quantity=100))

    assert misses() == []


def test_a_person_says_that_it_is_too_late(booker: Caller, as_: As, cast: Cast) -> None:
    body = DAY | {"equipment": cast.raman.id, "minutes": 360, "reason": "too_late", "note": "By Monday"}
    assert wrong_fields(booker.post("/misses", body)) == {"to": "still_free"}
    past = {"from": "2026-11-21T00:00:00+03:30", "to": "2026-11-22T00:00:00+03:30"}
    assert wrong_fields(booker.post("/misses", body | past)) == {"to": "past"}
    assert misses() == []
    as_(cast.rival).post("/bookings", wish(cast.raman, hours=4))

    answer = booker.post("/misses", body)

    assert (answer.status_code, answer.json) == (201, {"remembered": True})
    (miss,) = misses()
    assert (miss.equipment_id, miss.category_id, miss.lab_id) == (
        cast.raman.id,
        cast.raman_category.id,
        cast.materials.id,
    )
    assert (miss.reason.value, miss.note) == ("too_late", "By Monday")
    assert booker.post("/misses", body).json == {"remembered": False}


def test_what_a_miss_cannot_be(booker: Caller, as_: As, cast: Cast) -> None:
    body = DAY | {"category": "spectroscopy", "minutes": 60, "reason": "none"}

    assert wrong_fields(booker.post("/misses", body | {"reason": "declined"})) == {"reason": "not_a_choice"}
    assert wrong_fields(booker.post("/misses", body | {"kind": "capacity"})) == {"kind": "unknown"}
    assert wrong_fields(booker.post("/misses", {**DAY, "minutes": 60, "reason": "none"})) == {
        "equipment": "required"
    }
    assert wrong_fields(as_(cast.loner).post("/misses", body)) == {"organisation": "join"}
    problem(booker.post("/misses", body | {"organisation": cast.rival_company.id}), 404, "not-found")
    problem(booker.post("/misses", body | {"category": "nothing"}), 404, "not-found")
    problem(
        booker.post("/misses", DAY | {"equipment": 999_999, "minutes": 60, "reason": "none"}),
        404,
        "not-found",
    )
    assert misses() == []
