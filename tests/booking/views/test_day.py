"""Who came: the list of a lab's day."""

from sqlalchemy import select

from app.accounts.models import Role, RoleGrant
from app.booking.models import Occurrence, OccurrenceState
from app.core import clock
from app.extensions import db
from tests.booking.making import ask
from tests.booking.outages.test_declare import fail
from tests.booking.services.test_use import approved
from tests.booking.teaching.test_timetables import teach
from tests.cast import Cast
from tests.inventory.upkeep import reported
from tests.occupancy.making import at
from tests.visitor import Visitor

S = OccurrenceState
YESTERDAY = "/labs/materials/day?day=2026-11-23"


def states() -> list[OccurrenceState]:
    return list(db.session.scalars(select(Occurrence.state).order_by(Occurrence.id)))


def test_yesterday_all_came_in_one_action(client: Visitor, cast: Cast) -> None:
    approved(cast)
    approved(cast, start=3)
    ask(cast.rival, cast.oscilloscope)
    with clock.frozen(at(25)):
        client.sign_in(cast.technician)
        page = client.page(YESTERDAY)
        assert page.text.count("Arta Polymer") == 2
        assert "Rival" not in page.text
        client.submit(YESTERDAY, form="all-came")
        page = client.page(YESTERDAY)
        assert "Saved." in page.text
        assert "All came" not in page.text
    assert states() == [S.COMPLETED, S.COMPLETED, S.REQUESTED]


def test_one_did_not_come_and_is_counted(client: Visitor, cast: Cast) -> None:
    approved(cast)
    date_id = db.session.scalar(select(Occurrence.id))
    with clock.frozen(at(25)):
        client.sign_in(cast.manager)
        client.submit(YESTERDAY, form=f"missed-{date_id}")
        assert "did not come 1 time in 90 days" in client.page(YESTERDAY).text
        again = client.post("/labs-day", data={"missed": date_id, "day": "2026-11-23"})
        assert "Nothing was changed." in client.page(str(again.location)).text
    assert states() == [S.NO_SHOW]


def test_a_day_without_bookings_says_so(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.manager)
    assert "Nobody is expected" in client.page("/labs/materials/day?day=rubbish").text
    assert "Nobody was expected" in client.page("/labs/materials/day?day=1405-08-20").text


def test_the_old_address_leads_to_yesterday_in_one_s_own_lab(client: Visitor, cast: Cast) -> None:
    with clock.frozen(at(25)):
        client.sign_in(cast.manager)
        assert str(client.get("/labs-day").location).endswith(YESTERDAY)
        client.page("/labs-day?lab=electronics", status=404)
        client.sign_in(cast.booker)
        client.page("/labs-day", status=404)


def test_only_who_works_in_the_lab_sees_its_day(client: Visitor, cast: Cast) -> None:
    for who in (cast.booker, cast.other_manager, cast.loner):
        client.sign_in(who)
        client.page("/labs/materials/day", status=403)
    client.sign_in(cast.admin)
    client.page("/labs/materials/day")
    client.page("/labs/nowhere/day", status=404)


def test_the_day_says_what_else_takes_time_and_what_is_broken(client: Visitor, cast: Cast) -> None:
    approved(cast, start=3)
    fail(cast, cast.microscope)
    teach(cast)
    reported(cast, by=cast.rival)
    with clock.frozen(at(0)):
        client.sign_in(cast.manager)
        page = client.page("/labs/materials/day")
        assert f"/outages/new?lab={cast.materials.id}" in client.get("/labs/materials/day").text
    for said in ("Arta Polymer", "1 person", "Teaching", "Out of service", "Raman spectrometer"):
        assert said in page.text


def test_who_only_answers_requests_is_led_to_the_equipment_not_to_its_fault(
    client: Visitor, cast: Cast
) -> None:
    db.session.add(
        RoleGrant(user=cast.student, role=Role.APPROVER, lab_id=cast.materials.id, granted_at=clock.now())
    )
    db.session.commit()
    fault = reported(cast, by=cast.student)
    for who, path in (
        (cast.student, f"/equipment/{fault.equipment_id}"),
        (cast.manager, f"/admin/faults/{fault.id}"),
    ):
        client.sign_in(who)
        links = client.page("/labs/materials/day").one("main").all("a")
        found = [link.attrs["href"] for link in links if link.text.strip() == "Raman spectrometer"]
        assert found == [path]
        client.page(path)


def test_who_is_here_is_checked_in_from_the_list(client: Visitor, cast: Cast) -> None:
    approved(cast)
    date_id = db.session.scalar(select(Occurrence.id))
    with clock.frozen(at(0.1)):
        client.sign_in(cast.technician)
        answer = client.submit("/labs/materials/day", form=f"here-{date_id}")
        assert str(answer.location).startswith("/labs/materials/day")
    assert states() == [S.IN_USE]


def test_a_caller_is_booked_for_with_the_verdicts_first(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.manager)
    typed = {
        "equipment": str(cast.raman.id),
        "start": "14:00",
        "end": "15:00",
        "date": "2026-11-24",
        "company": "Someone New",
        "purpose": "Called",
    }
    answer = client.submit("/labs/materials/day", typed, form="call")
    assert answer.status_code == 200
    assert "Someone New" in answer.text
    assert "Called" in answer.text
