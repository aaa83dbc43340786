"""The second yes: after the lab, its safety officer; never the same person."""

from typing import Any

import pytest
from sqlalchemy import select

from app.accounts.models import Role, RoleGrant, User
from app.booking.models import Booking, DeclineReason, Occurrence, OccurrenceState
from app.booking.queries.bookings import count_to_decide, get_booking
from app.booking.rules.policy import SecondApproval
from app.booking.services.decide import approve_booking, decline_booking, propose_time
from app.booking.services.move import move_booking
from app.booking.services.outages.declare import declare_outage
from app.booking.services.policies import set_equipment_policy, set_lab_policy
from app.booking.services.propose import accept_proposal
from app.cli.doctor import findings
from app.core.errors import Forbidden, NotFound, WrongState
from app.extensions import db
from app.inventory.models import Mode
from app.notifications.models import Mail
from tests.booking.making import ask
from tests.booking.outages.test_declare import second_raman, trouble
from tests.cast import NOW, Cast
from tests.databases import both_databases
from tests.occupancy.making import span

S = OccurrenceState


@pytest.fixture
def officer(cast: Cast) -> User:
    """The student, who is the materials lab's safety officer from now on; always asked for the Raman."""
    grant = RoleGrant(user=cast.student, role=Role.SAFETY_OFFICER, lab_id=cast.materials.id, granted_at=NOW)
    db.session.add(grant)
    db.session.commit()
    set_equipment_policy(
        actor=cast.manager, equipment_id=cast.raman.id, second_approval=SecondApproval.ALWAYS
    )
    return cast.student


def the_date(cast: Cast, booking: Booking) -> Occurrence:
    (date,) = get_booking(cast.admin, booking.reference).occurrences
    return date


@both_databases
def test_it_counts_when_both_have_agreed(cast: Cast, officer: User) -> None:
    booking = ask(cast.booker, cast.raman)
    assert count_to_decide(officer) == 0, "first the lab"
    approve_booking(actor=cast.manager, reference=booking.reference)
    assert (the_date(cast, booking).state, count_to_decide(officer)) == (S.REQUESTED, 1)
    assert count_to_decide(cast.manager) == 0
    mails = db.session.scalars(select(Mail).where(Mail.address == officer.email)).all()
    assert len([mail for mail in mails if "safety officer" in mail.subject]) == 1
    approve_booking(actor=officer, reference=booking.reference)
    date = the_date(cast, booking)
    assert (date.state, date.items[0].cleared_by_id) == (S.APPROVED, officer.id)
    assert list(findings()) == []


def test_not_by_the_same_person_nor_before_the_lab(cast: Cast, officer: User) -> None:
    booking = ask(cast.booker, cast.raman)
    with pytest.raises(WrongState):
        approve_booking(actor=officer, reference=booking.reference)
    approve_booking(actor=cast.admin, reference=booking.reference)
    for who in (cast.admin, cast.manager, cast.safety):
        with pytest.raises(WrongState):
            approve_booking(actor=who, reference=booking.reference)
    approve_booking(actor=officer, reference=booking.reference)
    assert the_date(cast, booking).state is S.APPROVED


def test_the_officer_may_say_no_and_nothing_else(cast: Cast, officer: User) -> None:
    booking = ask(cast.booker, cast.raman)
    approve_booking(actor=cast.manager, reference=booking.reference)
    with pytest.raises(Forbidden):
        propose_time(actor=officer, reference=booking.reference, span=span(4, 2))
    with pytest.raises(Forbidden):
        move_booking(actor=officer, reference=booking.reference, span=span(4, 2))
    decline_booking(
        actor=officer, reference=booking.reference, reason_code=DeclineReason.SAFETY, reason="No hood"
    )
    assert the_date(cast, booking).state is S.DECLINED


def test_where_nobody_asks_for_it_the_officer_reads_only(cast: Cast, officer: User) -> None:
    other = ask(cast.booker, cast.microscope, mode=Mode.OPERATOR)
    assert get_booking(officer, other.reference)
    with pytest.raises(Forbidden):
        approve_booking(actor=officer, reference=other.reference)
    with pytest.raises(NotFound):
        get_booking(officer, ask(cast.rival, cast.oscilloscope).reference)


def test_a_lab_that_decides_for_itself_does_not_skip_it(cast: Cast, officer: User) -> None:
    booking = ask(cast.manager, cast.raman, organisation_id=cast.arta.id)
    date = the_date(cast, booking)
    assert (date.state, count_to_decide(officer)) == (S.REQUESTED, 1)
    approve_booking(actor=officer, reference=booking.reference)
    assert the_date(cast, booking).state is S.APPROVED


def test_what_needs_no_answer_waits_for_the_officer_alone(cast: Cast, officer: User) -> None:
    more: dict[str, Any] = {"second_approval": SecondApproval.ALWAYS}
    set_equipment_policy(actor=cast.manager, equipment_id=cast.stations.id, **more)
    booking = ask(cast.booker, cast.stations)
    assert (the_date(cast, booking).state, count_to_decide(officer)) == (S.REQUESTED, 1)
    assert count_to_decide(cast.manager) == 0
    approve_booking(actor=officer, reference=booking.reference)
    assert the_date(cast, booking).state is S.APPROVED
    assert list(findings()) == []


@pytest.mark.parametrize(("hazards", "state"), [("", S.APPROVED), ("Toxic", S.REQUESTED)])
def test_only_where_samples_are_dangerous(cast: Cast, hazards: str, state: S) -> None:
    set_lab_policy(actor=cast.manager, lab_id=cast.materials.id, second_approval=SecondApproval.HAZARDS)
    samples = {"count": 2, "hazards": hazards, "give_back": False}
    booking = ask(cast.booker, cast.raman, mode=Mode.SAMPLES, samples=samples)
    approve_booking(actor=cast.manager, reference=booking.reference)
    assert the_date(cast, booking).state is state


def test_another_time_is_asked_again_of_both(cast: Cast, officer: User) -> None:
    booking = ask(cast.booker, cast.raman)
    approve_booking(actor=cast.manager, reference=booking.reference)
    approve_booking(actor=officer, reference=booking.reference)
    move_booking(actor=cast.booker, reference=booking.reference, span=span(4, 2))
    date = the_date(cast, booking)
    assert (date.state, date.items[0].agreed_at, date.items[0].cleared_at) == (S.REQUESTED, None, None)
    move_booking(actor=cast.manager, reference=booking.reference, span=span(6, 2))
    assert (the_date(cast, booking).state, count_to_decide(officer)) == (S.REQUESTED, 1)


def test_a_proposal_that_is_accepted_still_needs_the_officer(cast: Cast, officer: User) -> None:
    booking = ask(cast.booker, cast.raman)
    propose_time(actor=cast.manager, reference=booking.reference, span=span(4, 2))
    accept_proposal(actor=cast.booker, reference=booking.reference)
    assert (the_date(cast, booking).state, count_to_decide(officer)) == (S.REQUESTED, 1)
    approve_booking(actor=officer, reference=booking.reference)
    assert the_date(cast, booking).state is S.APPROVED
    assert list(findings()) == []


def test_other_equipment_is_another_question(cast: Cast, officer: User) -> None:
    second_raman(cast)
    booking = ask(cast.booker, cast.raman)
    approve_booking(actor=cast.manager, reference=booking.reference)
    approve_booking(actor=officer, reference=booking.reference)
    declare_outage(actor=cast.manager, trouble=trouble(cast.raman))
    assert (the_date(cast, booking).state, count_to_decide(officer)) == (S.REQUESTED, 1)
    assert list(findings()) == []
