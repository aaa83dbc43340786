"""Staying longer, and moves so small that nobody has to be asked."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.accounts.models import User
from app.booking.errors import OutsidePolicy
from app.booking.models import Booking, OccurrenceState
from app.booking.services.extend import UNTIL, extend_use
from app.booking.services.move import asks_again, check_move, move_booking
from app.booking.services.policies import set_equipment_policy, set_lab_policy
from app.cli.doctor import findings
from app.core import clock
from app.core.errors import Forbidden, InvalidInput, NotFound, WrongState
from app.extensions import db
from app.occupancy.errors import SlotTaken
from app.occupancy.models import ClaimUnit
from tests.booking.making import ask
from tests.booking.services.test_use import approved, claimed, fixed, in_use
from tests.cast import Cast
from tests.databases import both_databases
from tests.occupancy.making import at, span

S = OccurrenceState


def stay(actor: User, reference: str, until: float, *, now: float = 1) -> Booking:
    with clock.frozen(at(now)):
        return extend_use(actor=actor, reference=reference, ends_at=at(until))


@both_databases
def test_who_is_at_it_stays_longer_with_the_same_unit(cast: Cast) -> None:
    reference = in_use(cast)
    unit = db.session.scalar(select(ClaimUnit.unit_id))
    (date,) = stay(cast.boss, reference, 3).occurrences
    assert (date.state, date.span, date.sequence) == (S.IN_USE, span(0, 3), 2)
    assert (claimed(), fixed()) == ([span(0, 3)], [True])
    assert db.session.scalar(select(ClaimUnit.unit_id)) == unit
    with clock.frozen(at(1)):
        assert list(findings()) == []


@both_databases
def test_until_when_it_could_go_on_is_said(cast: Cast) -> None:
    reference = in_use(cast)
    ask(cast.rival, cast.raman, start=3)
    with pytest.raises(SlotTaken) as taken:
        stay(cast.booker, reference, 4)
    assert taken.value.params[UNTIL] == at(3)
    db.session.rollback()
    assert claimed() == [span(0, 2), span(3, 2)]
    stay(cast.booker, reference, 3)
    with pytest.raises(SlotTaken) as taken:
        stay(cast.booker, reference, 4)
    assert taken.value.params[UNTIL] is None


def test_clean_up_has_to_fit_as_well(cast: Cast) -> None:
    set_equipment_policy(actor=cast.manager, equipment_id=cast.raman.id, cleanup_minutes=30)
    reference = in_use(cast)
    ask(cast.rival, cast.raman, start=4)
    with pytest.raises(SlotTaken) as taken:
        stay(cast.booker, reference, 4)
    assert taken.value.params[UNTIL] == at(3.5)


def test_the_rules_are_asked_about_the_whole_and_not_about_its_beginning(cast: Cast) -> None:
    reference = in_use(cast)
    with pytest.raises(OutsidePolicy) as outside:
        stay(cast.booker, reference, 8.5)
    assert {verdict.code for verdict in outside.value.verdicts if verdict.severity == "block"} == {"too_long"}
    # What is against it already is not against more of it.
    db.session.rollback()
    set_equipment_policy(actor=cast.manager, equipment_id=cast.raman.id, max_minutes=60)
    stay(cast.booker, reference, 3)


@pytest.mark.parametrize(
    ("who", "error"), [("rival", NotFound), ("liaison", Forbidden), ("other_manager", NotFound)]
)
def test_others_extend_nothing(cast: Cast, who: str, error: type[Exception]) -> None:
    reference = in_use(cast)
    with pytest.raises(error):
        stay(getattr(cast, who), reference, 3)


def test_only_what_is_in_use_and_only_to_a_later_end(cast: Cast) -> None:
    ahead, reference = approved(cast, start=4), in_use(cast)
    with pytest.raises(WrongState):
        stay(cast.booker, ahead, 8)
    for until in (1.5, 2):
        with pytest.raises(InvalidInput):
            stay(cast.booker, reference, until)


@pytest.fixture
def easy(cast: Cast) -> Cast:
    """The materials lab lets moves of half an hour pass."""
    set_lab_policy(actor=cast.manager, lab_id=cast.materials.id, small_move_minutes=30)
    return cast


@pytest.mark.parametrize(
    ("start", "length", "state"),
    [
        (0.5, 2, S.APPROVED),
        (-0.25, 2, S.APPROVED),
        (0.75, 2, S.REQUESTED),
        (0.5, 1.5, S.REQUESTED),
        (24, 2, S.REQUESTED),
    ],
    ids=["later", "earlier", "too far", "shorter", "another day"],
)
def test_a_small_move_stays_approved(easy: Cast, start: float, length: float, state: S) -> None:
    reference = approved(easy)
    booking = move_booking(actor=easy.booker, reference=reference, span=span(start, length))
    (date,) = booking.occurrences
    assert (date.state, date.span) == (state, span(start, length))
    assert (date.items[0].agreed_by_id == easy.manager.id) == (state is S.APPROVED)
    assert list(findings()) == []


def test_a_small_move_is_said_to_be_one_and_counts_from_the_request(easy: Cast) -> None:
    reference = approved(easy)
    date = db.session.scalars(select(Booking).where(Booking.reference == reference)).one().occurrences[0]
    with clock.frozen(at(-1)):  # four hours of notice are asked
        found = check_move(date=date, span=span(0.5, 2))
        assert found.allowed
        assert not asks_again(date, found, easy.booker)
        assert not check_move(date=date, span=span(0.75, 2)).allowed


def test_without_the_rule_and_before_the_answer_every_move_asks(easy: Cast) -> None:
    waiting = ask(easy.booker, easy.raman).reference
    (date,) = move_booking(actor=easy.booker, reference=waiting, span=span(0.5, 2)).occurrences
    assert date.state is S.REQUESTED
    set_equipment_policy(actor=easy.manager, equipment_id=easy.raman.id, small_move_minutes=0)
    reference = approved(easy, start=4)
    (date,) = move_booking(actor=easy.booker, reference=reference, span=span(4.5, 2)).occurrences
    assert date.state is S.REQUESTED


def test_a_small_move_onto_taken_time_changes_nothing(easy: Cast) -> None:
    reference = approved(easy)
    ask(easy.rival, easy.raman, start=2)
    with pytest.raises(SlotTaken):
        move_booking(actor=easy.booker, reference=reference, span=span(0.5, 2))
    assert timedelta(hours=2) == claimed()[0].length  # type: ignore[attr-defined]
