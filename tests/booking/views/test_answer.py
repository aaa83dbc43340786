"""Answering by the links in the letters."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from app.accounts.models import Role, RoleGrant, User, UserSession
from app.accounts.rules.limits import Limit
from app.booking.models import AnswerLink, DeclineReason, Occurrence, OccurrenceState
from app.booking.rules.policy import SecondApproval
from app.booking.services import answer_links
from app.booking.services.answer_links import forget_answer_links
from app.booking.services.cancel import cancel_booking
from app.booking.services.decide import approve_booking, decline_booking, propose_time
from app.booking.services.move import move_booking
from app.booking.services.policies import set_equipment_policy
from app.core import clock
from app.extensions import db
from app.notifications.models import Mail
from app.web.logs import scrub
from tests.booking.making import ask, weekly
from tests.booking.views.asking import bookings, shown
from tests.cast import Cast
from tests.occupancy.making import span
from tests.visitor import Visitor


def link(who: User, verb: str) -> str:
    """The path of the link in the last letter to this person."""
    text = db.session.scalars(
        select(Mail.text).where(Mail.address == who.email).order_by(Mail.id.desc())
    ).first()
    found = re.search(rf"https?://[^/\s]+(/answer/\S+/{verb})$", text or "", re.MULTILINE)
    assert found, text
    return found[1]


def the_date() -> Occurrence:
    return bookings()[0].occurrences[0]


def test_looking_answers_nothing_however_often(client: Visitor, cast: Cast) -> None:
    ask(cast.booker, cast.raman)
    for verb in ("approve", "decline"):
        for _scanner in range(2):
            page = client.page(link(cast.manager, verb))
            assert "Measure the samples of batch 12" in page.text
    assert client.head(link(cast.manager, "approve")).status_code == 200
    date = the_date()
    assert (date.state, date.sequence) == (OccurrenceState.REQUESTED, 0)


def test_a_yes_counts_as_theirs_and_signs_nobody_in(client: Visitor, cast: Cast) -> None:
    ask(cast.booker, cast.raman)
    path = link(cast.manager, "approve")
    answer = client.submit(path, {"note": "Bring goggles"}, form="answer")
    assert answer.location == path
    date = the_date()
    assert (date.state, date.decided_by_id) == (OccurrenceState.APPROVED, cast.manager.id)
    assert date.reason == "Bring goggles"
    assert db.session.scalars(select(UserSession)).all() == []
    assert "You answered it on" in client.page(path).text
    assert client.get("/approvals").status_code == 302


def test_the_page_keeps_its_address_to_itself(client: Visitor, cast: Cast) -> None:
    ask(cast.booker, cast.raman)
    answer = client.get(link(cast.manager, "approve"))
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "no-store"


def test_its_secret_reaches_no_log(client: Visitor, cast: Cast) -> None:
    ask(cast.booker, cast.raman)
    path = link(cast.manager, "approve")
    assert scrub(f"GET {path} HTTP/1.1") == "GET /answer/***/approve HTTP/1.1"


def test_many_tries_from_one_place_are_slowed_down(
    client: Visitor, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answer_links, "ANSWER_ADDRESS", Limit("answer:address", 1, timedelta(hours=1)))
    assert [client.post(f"/answer/{'x' * 43}/approve").status_code for _ in range(2)] == [404, 429]


def test_a_no_needs_its_reason(client: Visitor, cast: Cast) -> None:
    ask(cast.booker, cast.raman)
    path = link(cast.safety, "decline")
    assert client.submit(path, {"reason": " "}, form="answer").status_code == 422
    client.submit(path, {"reason_code": "safety", "reason": "No hood"}, form="answer")
    date = the_date()
    assert (date.state, date.reason_code, date.reason) == (
        OccurrenceState.DECLINED,
        DeclineReason.SAFETY,
        "No hood",
    )
    assert date.decided_by_id == cast.safety.id


def test_without_its_form_nothing_is_answered(client: Visitor, cast: Cast) -> None:
    ask(cast.booker, cast.raman)
    path = link(cast.manager, "approve")
    assert client.post(path, csrf=False).status_code == 403
    assert client.post(path).status_code == 409  # it names no date
    assert the_date().state is OccurrenceState.REQUESTED


def test_a_form_that_is_sent_again_hears_who_was_first(client: Visitor, cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)
    ids = {"occurrence": booking.occurrences[0].id}
    yes, no = link(cast.manager, "approve"), link(cast.safety, "decline")
    approve_booking(actor=cast.safety, reference=booking.reference)
    replay = client.post(yes, data=ids)
    assert replay.status_code == 409
    assert f"{cast.safety.name}" in shown(replay).text
    assert client.post(no, data=ids | {"reason_code": "other", "reason": "No"}).status_code == 409
    assert the_date().state is OccurrenceState.APPROVED


def moved(cast: Cast, reference: str) -> None:
    move_booking(actor=cast.booker, reference=reference, span=span(4, 1))


def called_off(cast: Cast, reference: str) -> None:
    cancel_booking(actor=cast.booker, reference=reference, note="")


@pytest.mark.parametrize("changed", [moved, called_off])
def test_what_changed_after_the_letter_is_not_the_links_any_more(
    client: Visitor, cast: Cast, changed: object
) -> None:
    booking = ask(cast.booker, cast.raman)
    path, ids = link(cast.manager, "approve"), {"occurrence": booking.occurrences[0].id}
    changed(cast, booking.reference)  # type: ignore[operator]
    state = the_date().state
    assert "It has changed since the letter" in client.page(path).text
    assert client.post(path, data=ids).status_code == 409
    assert the_date().state is state


def test_the_letter_about_a_move_asks_anew(client: Visitor, cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)
    approve_booking(actor=cast.manager, reference=booking.reference)
    move_booking(actor=cast.booker, reference=booking.reference, span=span(6, 2))
    client.submit(link(cast.manager, "approve"), form="answer")
    assert the_date().state is OccurrenceState.APPROVED


@pytest.mark.parametrize("gone", ["role", "account"])
def test_who_may_not_decide_any_more_is_told_so(client: Visitor, cast: Cast, gone: str) -> None:
    booking = ask(cast.booker, cast.raman)
    path, ids = link(cast.safety, "approve"), {"occurrence": booking.occurrences[0].id}
    if gone == "role":
        db.session.execute(delete(RoleGrant).where(RoleGrant.user_id == cast.safety.id))
    else:
        cast.safety.disabled_at = clock.now()
    db.session.commit()
    assert "You cannot answer this any more" in client.page(path, 403).text
    assert client.post(path, data=ids).status_code == 403
    assert the_date().state is OccurrenceState.REQUESTED


def test_invented_and_tampered_links_lead_to_a_way_in(client: Visitor, cast: Cast) -> None:
    ask(cast.booker, cast.raman)
    path = link(cast.manager, "approve")
    token = path.split("/")[2]
    other = ("B" if token[0] != "B" else "C") + token[1:]
    for wrong in (f"/answer/{other}/approve", "/answer/x/approve", path.replace("approve", "accept")):
        assert "This link does nothing any more" in client.page(wrong, 404).text
        assert client.post(wrong).status_code == 404


def test_a_link_runs_out_and_is_forgotten(client: Visitor, cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)
    path = link(cast.manager, "approve")
    (first, *_others) = db.session.scalars(select(AnswerLink)).all()
    assert first.expires_at == booking.occurrences[0].starts_at
    with clock.frozen(first.expires_at + timedelta(minutes=1)):
        client.page(path, 404)
        assert forget_answer_links() == 2
    assert db.session.scalars(select(AnswerLink)).all() == []


def test_a_proposal_is_accepted_by_one_click(client: Visitor, cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)
    propose_time(actor=cast.manager, reference=booking.reference, span=span(4.5, 2), message="Term time")
    path = link(cast.booker, "accept")
    assert "Term time" in client.page(path).text
    assert the_date().state is OccurrenceState.PROPOSED
    client.submit(path, form="answer")
    assert the_date().state is OccurrenceState.APPROVED
    assert "You accepted it on" in client.page(path).text
    assert client.post(path, data={"occurrence": the_date().id}).status_code == 409


def test_a_series_is_answered_as_far_as_it_still_waits(client: Visitor, cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman, recurrence=weekly(3))
    path = link(cast.manager, "approve")
    decline_booking(
        actor=cast.safety,
        reference=booking.reference,
        reason_code=DeclineReason.OTHER,
        reason="Exams",
        occurrence_ids=[booking.occurrences[1].id],
    )
    assert "Some of the dates" in client.page(path).text
    every = {"occurrence": [date.id for date in bookings()[0].occurrences]}
    assert client.post(path, data=every).status_code == 409
    client.submit(path, form="answer")
    states = [date.state.value for date in bookings()[0].occurrences]
    assert states == ["approved", "declined", "approved"]


def test_it_speaks_the_language_of_the_letter(client: Visitor, cast: Cast) -> None:
    cast.manager.language = "fa"
    db.session.commit()
    ask(cast.booker, cast.raman)
    page = client.get(link(cast.manager, "approve"))
    assert 'dir="rtl"' in page.text
    assert 'lang="fa"' in page.text


def test_the_company_gets_no_link_to_decide(cast: Cast) -> None:
    ask(cast.booker, cast.raman)
    text = db.session.scalars(select(Mail.text).where(Mail.address == cast.booker.email)).one()
    assert "/answer/" not in text


def test_rivals_are_shown_before_the_yes(client: Visitor, cast: Cast) -> None:
    set_equipment_policy(actor=cast.manager, equipment_id=cast.raman.id, requests_compete=True)
    ask(cast.booker, cast.raman)
    path = link(cast.manager, "approve")
    ask(cast.rival, cast.raman)
    assert "Others who ask for this time" in client.page(path).text


def test_the_safety_officer_answers_from_a_letter_too(client: Visitor, cast: Cast) -> None:
    role = Role.SAFETY_OFFICER
    db.session.add(RoleGrant(user=cast.student, role=role, lab_id=cast.materials.id, granted_at=clock.now()))
    db.session.commit()
    always = SecondApproval.ALWAYS
    set_equipment_policy(actor=cast.manager, equipment_id=cast.raman.id, second_approval=always)
    booking = ask(cast.booker, cast.raman)
    first = link(cast.manager, "approve")
    client.submit(first, form="answer")
    assert the_date().state is OccurrenceState.REQUESTED
    assert client.post(first, data={"occurrence": booking.occurrences[0].id}).status_code == 409
    second = link(cast.student, "approve")
    assert "You are asked as its safety officer" in client.page(second).text
    client.submit(second, form="answer")
    assert the_date().state is OccurrenceState.APPROVED
