"""Deputies, absences, timetables and the gate, by program."""

from datetime import date, timedelta

from app.accounts.models import Role
from app.accounts.services.roles import grant_role
from app.booking.rules.timetable import read_classes
from app.booking.services.decide import approve_booking
from app.booking.services.teaching.plan import Term
from app.booking.services.teaching.timetables import import_timetable
from app.inventory.rules.importing.sheet import read_sheet
from tests.api.caller import problem
from tests.api.conftest import As
from tests.booking.making import ask
from tests.cast import NOW, Cast

TODAY = NOW.date()


def days(**more: object) -> dict[str, object]:
    return {"first_on": str(TODAY), "last_on": str(TODAY + timedelta(days=6))} | more


def test_somebody_stands_in_and_is_back(as_: As, cast: Cast) -> None:
    manager = as_(cast.manager)
    sent = days(lab="materials", absent=cast.manager.id, email=cast.other_manager.email)
    made = manager.post("/deputies", sent)
    assert made.status_code == 201
    assert (made.json["deputy"]["name"], made.json["absent"]["name"]) == ("Other Manager", "Manager")
    assert manager.get("/deputies").json["items"] == [made.json]
    for stranger in (cast.booker, cast.technician):
        assert as_(stranger).get("/deputies").json["items"] == []
        problem(as_(stranger).post(f"/deputies/{made.json['id']}/end", {}), 404, "not-found")
    assert manager.post(f"/deputies/{made.json['id']}/end", {}).status_code == 204
    problem(manager.post("/deputies/999999/end", {}), 404, "not-found")


def test_somebody_is_away_without_a_deputy(as_: As, cast: Cast) -> None:
    manager = as_(cast.manager)
    made = manager.post("/absences", days(lab=cast.materials.id, absent=cast.safety.id))
    assert made.status_code == 201
    assert manager.get("/absences").json["items"] == [made.json]
    assert as_(cast.rival).get("/absences").json["items"] == []
    again = problem(manager.post("/absences", days(lab="materials", absent=cast.safety.id)), 422, "invalid")
    assert again["errors"][0]["code"] == "away_then"
    problem(
        as_(cast.booker).post("/absences", days(lab="materials", absent=cast.safety.id)), 403, "forbidden"
    )
    assert manager.post(f"/absences/{made.json['id']}/end", {}).status_code == 204
    assert manager.get("/absences").json["items"] == []


def test_what_is_taught(as_: As, cast: Cast) -> None:
    classes, _problems = read_classes(
        read_sheet(b"day,time,equipment,course\nMonday,8-10,Raman,Spectroscopy\n")
    )
    term = Term(cast.materials.id, "Autumn", date(2026, 11, 22), date(2026, 12, 22))
    import_timetable(actor=cast.manager, term=term, classes=classes)
    (found,) = as_(cast.technician).get("/timetables").json["items"]
    (one,) = found["classes"]
    assert (found["name"], one["weekday"], one["starts"], one["weeks"]) == ("Autumn", 0, "08:00", "every")
    assert as_(cast.booker).get("/timetables").json["items"] == []


def test_who_is_expected(as_: As, cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman, people=[("Sara Ahmadi", None)])
    approve_booking(actor=cast.manager, reference=booking.reference)
    grant_role(actor=cast.admin, user_id=cast.loner.id, role=Role.GATE)
    tomorrow = TODAY + timedelta(days=1)
    (visitor,) = as_(cast.loner).get(f"/visitors?day={tomorrow}&site=main").json["items"]
    assert (visitor["name"], visitor["reference"]) == ("Sara Ahmadi", booking.reference)
    assert as_(cast.manager).get(f"/visitors?day={TODAY}").json["items"] == []
    assert as_(cast.rival).get(f"/visitors?day={tomorrow}").json["items"] == []
    problem(as_(cast.rival).get("/visitors?site=nowhere"), 404, "not-found")
