"""Rivals and the second yes on the pages of who decides."""

from app.accounts.models import Role, RoleGrant
from app.booking.rules.policy import SecondApproval
from app.booking.services.decide import approve_booking
from app.booking.services.policies import set_equipment_policy
from app.extensions import db
from tests.booking.making import ask
from tests.cast import NOW, Cast
from tests.visitor import Visitor


def test_the_inbox_shows_who_else_asks(client: Visitor, cast: Cast) -> None:
    set_equipment_policy(actor=cast.manager, equipment_id=cast.raman.id, requests_compete=True)
    ask(cast.booker, cast.raman)
    other = ask(cast.rival, cast.raman)
    client.sign_in(cast.manager)
    page = client.page("/approvals")
    assert "Others who ask for this time" in page.text
    assert f"/bookings/{other.reference}" in str(page.all("a")) or "Rival Coatings" in page.text


def test_the_company_reads_that_nothing_is_held(client: Visitor, cast: Cast) -> None:
    set_equipment_policy(actor=cast.manager, equipment_id=cast.raman.id, requests_compete=True)
    lost = ask(cast.booker, cast.raman)
    approve_booking(actor=cast.manager, reference=ask(cast.rival, cast.raman).reference)
    client.sign_in(cast.booker)
    text = client.page(f"/bookings/{lost.reference}").text
    assert "gave the time to another request" in text
    assert "Rival" not in text


def test_the_safety_officer_answers_in_the_inbox(client: Visitor, cast: Cast) -> None:
    role = Role.SAFETY_OFFICER
    db.session.add(RoleGrant(user=cast.student, role=role, lab_id=cast.materials.id, granted_at=NOW))
    db.session.commit()
    set_equipment_policy(
        actor=cast.manager, equipment_id=cast.raman.id, second_approval=SecondApproval.ALWAYS
    )
    booking = ask(cast.booker, cast.raman)
    approve_booking(actor=cast.manager, reference=booking.reference)
    client.sign_in(cast.student)
    page = client.page("/approvals")
    assert "You are asked as its safety officer" in page.text
    assert "Propose another time" not in page.text
    answer = client.submit("/approvals", form="approve")
    assert answer.status_code == 302
    assert "Approved: the time is yours." in client.page(f"/bookings/{booking.reference}").text
    client.sign_in(cast.booker)
    assert client.get("/approvals").status_code == 404


def test_a_manager_says_so_on_the_rules_page(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.manager)
    address = f"/admin/rules/lab/{cast.materials.id}"
    said = {"requests_compete": "yes", "second_approval": "hazards"}
    assert client.submit(address, said, form="rules").status_code == 302
    text = client.page(address).text
    assert "the lab chooses among those who ask" in text
    assert "where samples with hazards are sent in" in text
