"""Exceptions to the rules, on the request page and in the case of an approver."""

from app.booking.models import DeclineReason, Override
from app.booking.queries.overrides import list_overrides_of
from app.booking.services.policies import set_lab_policy
from app.booking.services.refusals import add_refusal
from app.extensions import db
from tests.booking.making import ask, weekly
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


def test_staff_move_and_propose_against_a_rule_with_a_reason(client: Visitor, cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)
    path = f"/bookings/{booking.reference}"
    evening = {"date": "2026-11-24", "start": "20:00", "end": "22:00"}
    client.sign_in(cast.booker)
    looked = client.submit(f"{path}/move", evening | {"do": "check"}, form="move")
    assert "Why this is an exception" not in looked.text
    client.sign_in(cast.manager)
    looked = client.submit(f"{path}/propose", evening, form="propose")
    assert looked.status_code == 422
    assert "Why this is an exception" in looked.text
    sent = values(shown(looked), "propose") | {"override": "The hood is free only then"}
    assert client.post(f"{path}/propose", data=sent).status_code == 302
    (date,) = bookings()[0].occurrences
    assert date.state == "proposed"
    assert {one.reason for one in db.session.query(Override)} == {"The hood is free only then"}


def test_staff_move_a_booking_against_a_rule(client: Visitor, cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)
    client.sign_in(cast.manager)
    path = f"/bookings/{booking.reference}/move"
    evening = {"date": "2026-11-24", "start": "20:00", "end": "22:00", "do": "check"}
    looked = client.submit(path, evening, form="move")
    assert "Move it all the same" in looked.text
    sent = values(shown(looked), "move") | {"override": "They can only come then", "do": "move"}
    assert client.post(path, data=sent).status_code == 302
    assert db.session.query(Override).one().code == "outside_hours"


def test_the_dates_of_a_series_are_approved_against_a_rule(client: Visitor, cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman, recurrence=weekly(2))
    set_lab_policy(actor=cast.manager, lab_id=cast.materials.id, max_minutes=60)
    client.sign_in(cast.manager)
    path = f"/bookings/{booking.reference}"
    yes = {f"answer-{date.id}": "approve" for date in booking.occurrences}
    assert client.submit(path, yes, form="decide").status_code == 422
    client.submit(path, yes | {"override": "Asked before the rule"}, form="decide")
    assert {date.state for date in bookings()[0].occurrences} == {"approved"}
    assert len(list_overrides_of(cast.manager, booking)) == 2


def test_the_dates_of_a_series_are_declined_in_ready_words(client: Visitor, cast: Cast) -> None:
    kept = add_refusal(
        actor=cast.manager,
        lab_id=cast.materials.id,
        title="Term",
        text="The practical course needs it.",
        reason_code=DeclineReason.CAPACITY,
    )
    booking = ask(cast.booker, cast.raman, recurrence=weekly(2))
    first, second = booking.occurrences
    client.sign_in(cast.manager)
    answers = {
        f"answer-{first.id}": "decline",
        f"answer-{second.id}": "decline",
        f"reason-{second.id}": "Ask again in June.",
        "template": str(kept.id),
    }
    client.submit(f"/bookings/{booking.reference}", answers, form="decide")
    assert [(one.reason_code, one.reason) for one in bookings()[0].occurrences] == [
        ("capacity", "The practical course needs it."),
        ("capacity", "The practical course needs it.\n\nAsk again in June."),
    ]
