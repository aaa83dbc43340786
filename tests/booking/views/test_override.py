"""Exceptions to the rules, on the request page and in the case of an approver."""

from app.booking.models import Override
from app.booking.services.policies import set_lab_policy
from app.extensions import db
from tests.booking.making import ask
from tests.booking.views.asking import bookings, shown, values
from tests.cast import Cast
from tests.visitor import Visitor

EVENING = "/bookings/new?equipment={}&date=2026-11-23&start=20:00&end=21:00"


def test_staff_may_let_pass_what_a_rule_refuses(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.manager)
    page = client.page(EVENING.format(cast.raman.id))
    sent = values(page, "ask") | {"purpose": "Furnace run", "company": "Arta Polymer", "do": "ask"}
    refused = client.post("/bookings/new", data=sent)
    assert refused.status_code == 422
    assert "Why this is an exception" in refused.text
    again = sent | values(shown(refused), "ask") | {"override": "Agreed by phone", "do": "ask"}
    answer = client.post("/bookings/new", data=again)
    assert answer.status_code in (302, 303)
    (booking,) = bookings()
    seen = client.page(f"/bookings/{booking.reference}").text
    assert "Agreed by phone" in seen
    client.post("/sign-out")
    client.sign_in(cast.boss)
    assert "Agreed by phone" not in client.page(f"/bookings/{booking.reference}").text


def test_a_company_is_not_asked_for_a_reason_and_gives_none(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.booker)
    page = client.page(EVENING.format(cast.raman.id))
    assert "Why this is an exception" not in page.text
    sent = values(page, "ask") | {"purpose": "Furnace run", "override": "Please", "do": "ask"}
    assert client.post("/bookings/new", data=sent).status_code == 422
    assert bookings() == []


def test_staff_of_one_lab_may_not_for_two(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.manager)
    path = EVENING.format(cast.raman.id) + f"&equipment={cast.oscilloscope.id}"
    assert "Why this is an exception" not in client.page(path).text


def test_an_approver_sets_aside_what_holds_no_more(client: Visitor, cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)
    set_lab_policy(actor=cast.manager, lab_id=cast.materials.id, max_minutes=60)
    client.sign_in(cast.manager)
    path = f"/approvals/{booking.occurrences[0].id}"
    refused = client.submit(path, form="approve")
    assert refused.status_code == 422
    client.submit(path, {"override": "Asked before the rule"}, form="approve")
    assert db.session.query(Override).one().code == "too_long"
    assert bookings()[0].occurrences[0].state == "approved"
