"""Another time, named by the lab: held at once, and what was asked for is given back."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.booking.errors import OutsidePolicy
from app.booking.jobs import expire_proposals
from app.booking.models import DeclineReason, Occurrence, OccurrenceState, Proposal, ProposalOutcome
from app.booking.queries.bookings import count_to_decide, get_booking
from app.booking.services.cancel import cancel_booking
from app.booking.services.decide import Approve, Decline, approve_booking, decide_dates, propose_time
from app.booking.services.propose import Propose, accept_proposal
from app.cli.doctor.bookings import proposals_fit_their_dates
from app.core import clock
from app.core.errors import Forbidden, InvalidInput, NotFound, WrongState
from app.extensions import db
from app.notifications.models import Mail
from app.occupancy.errors import SlotTaken
from app.occupancy.models import Claim, ClaimUnit
from tests.booking.making import ask, weekly
from tests.cast import Cast
from tests.databases import both_databases
from tests.occupancy.making import span

S = OccurrenceState


def proposed(cast: Cast) -> str:
    """The manager proposes 13:00 to 15:00 for what the booker asked for at 08:30."""
    reference = ask(cast.booker, cast.raman).reference
    propose_time(actor=cast.manager, reference=reference, span=span(4.5, 2), message="Term time")
    return reference


def the_date(cast: Cast, reference: str) -> Occurrence:
    (date,) = get_booking(cast.admin, reference).occurrences
    return date


def the_proposal() -> Proposal:
    return db.session.scalars(select(Proposal)).one()


@both_databases
def test_the_new_time_is_held_and_the_old_one_free_at_once(cast: Cast) -> None:
    date = the_date(cast, proposed(cast))
    assert (date.state, date.span, date.holds) == (S.PROPOSED, span(4.5, 2), True)
    assert (the_proposal().was, the_proposal().message) == (span(0, 2), "Term time")
    ask(cast.rival, cast.raman)
    with pytest.raises(SlotTaken):
        ask(cast.rival, cast.raman, start=4.5)
    assert count_to_decide(cast.safety) == 1, "only the rival's waits for the lab"
    assert list(proposals_fit_their_dates()) == []


@both_databases
def test_accepting_it_approves_and_gives_a_unit(cast: Cast) -> None:
    reference = proposed(cast)
    accept_proposal(actor=cast.booker, reference=reference)
    date = the_date(cast, reference)
    assert (date.state, date.decided_by_id) == (S.APPROVED, cast.manager.id)
    assert the_proposal().outcome is ProposalOutcome.ACCEPTED
    assert db.session.scalar(select(func.count(ClaimUnit.unit_id))) == 1
    with pytest.raises(WrongState):
        accept_proposal(actor=cast.booker, reference=reference)
    assert list(proposals_fit_their_dates()) == []


def test_where_another_lab_has_to_agree_it_is_asked_next(cast: Cast) -> None:
    reference = ask(cast.booker, cast.raman, cast.oscilloscope).reference
    propose_time(actor=cast.manager, reference=reference, span=span(4.5, 2))
    accept_proposal(actor=cast.booker, reference=reference)
    date = the_date(cast, reference)
    assert date.state is S.REQUESTED
    assert date.answer_by is not None
    with pytest.raises(WrongState):
        approve_booking(actor=cast.manager, reference=reference)
    approve_booking(actor=cast.other_manager, reference=reference)
    assert the_date(cast, reference).state is S.APPROVED


@pytest.mark.parametrize(
    ("who", "outcome"), [("booker", ProposalOutcome.REFUSED), ("manager", ProposalOutcome.WITHDRAWN)]
)
def test_who_does_not_want_it_calls_it_off_and_is_never_late(
    cast: Cast, who: str, outcome: ProposalOutcome
) -> None:
    reference = proposed(cast)
    cancel_booking(actor=getattr(cast, who), reference=reference)
    assert (the_date(cast, reference).state, the_date(cast, reference).is_late_cancel) == (S.CANCELLED, False)
    assert the_proposal().outcome is outcome
    assert db.session.scalar(select(func.count(Claim.id))) == 0


@both_databases
def test_what_nobody_answers_runs_out_and_is_free_again(cast: Cast) -> None:
    reference = proposed(cast)
    with clock.frozen(the_proposal().expires_at - timedelta(minutes=1)):
        assert expire_proposals() == 0
    with clock.frozen(the_proposal().expires_at):
        with pytest.raises(WrongState):
            accept_proposal(actor=cast.booker, reference=reference)
        assert expire_proposals() == 1
        assert expire_proposals() == 0
    assert the_date(cast, reference).state is S.EXPIRED
    assert the_proposal().outcome is ProposalOutcome.EXPIRED
    assert db.session.scalar(select(func.count(Claim.id))) == 0
    subjects = db.session.scalars(select(Mail.subject).order_by(Mail.id)).all()
    assert [one for one in subjects if "not answered" in one]


@pytest.mark.parametrize("who", ["booker", "boss", "technician", "liaison"])
def test_who_may_see_it_but_not_decide_proposes_nothing(cast: Cast, who: str) -> None:
    reference = ask(cast.booker, cast.raman).reference
    with pytest.raises(Forbidden):
        propose_time(actor=getattr(cast, who), reference=reference, span=span(4.5, 2))


@pytest.mark.parametrize("who", ["rival", "other_manager"])
def test_strangers_find_nothing(cast: Cast, who: str) -> None:
    reference = proposed(cast)
    with pytest.raises(NotFound):
        accept_proposal(actor=getattr(cast, who), reference=reference)


def test_who_only_reads_it_does_not_accept(cast: Cast) -> None:
    reference = proposed(cast)
    with pytest.raises(Forbidden):
        accept_proposal(actor=cast.liaison, reference=reference)


def test_the_lab_cannot_say_yes_for_the_company(cast: Cast) -> None:
    reference = ask(cast.booker, cast.raman).reference
    propose_time(actor=cast.manager, reference=reference, span=span(4, 2))
    for who in (cast.manager, cast.admin):
        with pytest.raises(Forbidden):
            accept_proposal(actor=who, reference=reference)
    accept_proposal(actor=cast.boss, reference=reference)


def test_a_time_that_is_taken_against_a_rule_or_the_same_is_not_proposed(cast: Cast) -> None:
    reference = ask(cast.booker, cast.raman).reference
    ask(cast.rival, cast.raman, start=4.5)
    for wanted, refusal in (
        (span(4.5, 2), SlotTaken),
        (span(14, 2), OutsidePolicy),
        (span(0, 2), InvalidInput),
    ):
        with pytest.raises(refusal):
            propose_time(actor=cast.manager, reference=reference, span=wanted)
    assert the_date(cast, reference).state is S.REQUESTED
    assert db.session.scalar(select(func.count(Proposal.id))) == 0


def test_what_is_approved_gets_no_other_time(cast: Cast) -> None:
    reference = ask(cast.booker, cast.raman).reference
    approve_booking(actor=cast.manager, reference=reference)
    with pytest.raises(WrongState):
        propose_time(actor=cast.manager, reference=reference, span=span(4.5, 2))


def test_some_yes_some_no_and_another_time_for_one_are_one_letter(cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman, recurrence=weekly(3))
    first, second, third = booking.occurrences
    with pytest.raises(InvalidInput):
        propose_time(actor=cast.manager, reference=booking.reference, span=span(4.5, 2))
    before = db.session.scalar(select(func.max(Mail.id))) or 0
    decide_dates(
        actor=cast.manager,
        reference=booking.reference,
        answers={
            first.id: Approve("Welcome"),
            second.id: Decline(DeclineReason.OTHER, "Holiday"),
            third.id: Propose(third.span.shift(timedelta(hours=4)), "Afternoon?"),
        },
    )
    assert [date.state for date in booking.occurrences] == [S.APPROVED, S.DECLINED, S.PROPOSED]
    (mail,) = db.session.scalars(select(Mail).where(Mail.id > before)).all()
    assert "proposes these times" in mail.text
    assert "Afternoon?" in mail.text
