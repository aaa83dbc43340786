"""Whether somebody came: said by the clock, by the lab, and put right."""

import pytest
from sqlalchemy import select

from app.accounts.models import User
from app.booking.jobs import complete_bookings, release_missed
from app.booking.models import Occurrence, OccurrenceState, WaitlistEntry, WaitState
from app.booking.queries.presence import count_missed
from app.booking.services.policies import set_equipment_policy, set_lab_policy
from app.booking.services.presence import record_presence
from app.booking.services.use import check_in, check_out
from app.cli.doctor import findings
from app.core import clock
from app.core.errors import Forbidden, NotFound, WrongState
from app.extensions import db
from app.inventory.models import Mode
from app.occupancy.errors import SlotTaken
from tests.booking.making import ask
from tests.booking.notices.test_news import mails
from tests.booking.services.test_use import approved, claimed, in_use
from tests.booking.services.test_waitlist import wait
from tests.cast import NOW, Cast
from tests.databases import both_databases
from tests.occupancy.making import at, span

S = OccurrenceState


@pytest.fixture
def strict(cast: Cast) -> Cast:
    """The materials lab gives back after half an hour what nobody comes to."""
    set_lab_policy(actor=cast.manager, lab_id=cast.materials.id, no_show_after_minutes=30)
    return cast


def date_of(reference: str) -> Occurrence:
    return next(
        date for date in db.session.scalars(select(Occurrence)) if date.booking.reference == reference
    )


def state_of(reference: str) -> OccurrenceState:
    return date_of(reference).state


@both_databases
def test_what_nobody_comes_to_is_given_back(strict: Cast) -> None:
    reference = approved(strict)
    here = in_use(strict, strict.stations)
    elsewhere = approved(strict, strict.microscope, mode=Mode.OPERATOR, start=1)
    with clock.frozen(at(0.49)):
        assert release_missed() == 0
    with clock.frozen(at(0.5)):
        assert release_missed() == 1
        assert release_missed() == 0
        date = date_of(reference)
        assert (date.state, date.span, date.planned_ends_at) == (S.NO_SHOW, span(0, 0.5), at(2))
        assert (state_of(here), state_of(elsewhere)) == (S.IN_USE, S.APPROVED)
        assert list(findings()) == []
        ask(strict.rival, strict.raman, start=5)


def test_one_letter_says_so(strict: Cast) -> None:
    reference = approved(strict)
    mails()
    with clock.frozen(at(0.5)):
        release_missed()
        release_missed()
    told = mails()
    assert [who for who, _ in told] == ["booker"]
    assert reference in told[0][1]


def test_where_the_lab_has_not_said_so_nothing_is_given_back(cast: Cast) -> None:
    reference = approved(cast)
    with clock.frozen(at(1.9)):
        assert release_missed() == 0
    with clock.frozen(at(2)):
        complete_bookings()
    assert state_of(reference) is S.COMPLETED


def test_an_instrument_may_differ_from_its_lab_and_all_have_to_agree(strict: Cast) -> None:
    set_equipment_policy(actor=strict.manager, equipment_id=strict.raman.id, no_show_after_minutes=0)
    both = approved(strict, strict.raman, strict.microscope, mode=Mode.OPERATOR)
    with clock.frozen(at(1)):
        assert release_missed() == 0
    assert state_of(both) is S.APPROVED


def test_what_is_over_before_the_job_comes_is_missed_as_well(strict: Cast) -> None:
    reference = approved(strict)
    with clock.frozen(at(3)):
        assert complete_bookings() == 1
        date = date_of(reference)
        assert (date.state, date.span, date.planned_ends_at) == (S.NO_SHOW, span(0, 2), None)
        assert list(findings()) == []


@both_databases
def test_what_is_given_back_goes_to_who_waits(strict: Cast) -> None:
    approved(strict, length=8)
    entry = wait(strict.rival, strict.raman, 5, 3)
    with clock.frozen(at(0.5)):
        release_missed()
    assert db.session.get_one(WaitlistEntry, entry.id).state is WaitState.OFFERED
    assert list(findings()) == []


@both_databases
def test_who_comes_late_is_let_in_by_the_lab_on_the_same_day(strict: Cast) -> None:
    reference = approved(strict)
    with clock.frozen(at(0.5)):
        release_missed()
    with clock.frozen(at(0.75)):
        with pytest.raises(WrongState):
            check_in(actor=strict.booker, reference=reference)
        check_in(actor=strict.technician, reference=reference)
        date = date_of(reference)
        assert (date.state, date.span, date.planned_ends_at) == (S.IN_USE, span(0, 2), None)
        assert list(findings()) == []
    assert claimed() == [span(0, 2)]


def test_not_when_somebody_else_has_the_time_by_now_nor_the_next_day(strict: Cast) -> None:
    reference = approved(strict, length=6)
    with clock.frozen(at(0.5)):
        release_missed()
        ask(strict.rival, strict.raman, start=5, length=1)
        with pytest.raises(SlotTaken):
            check_in(actor=strict.manager, reference=reference)
        db.session.rollback()
    with clock.frozen(at(24)), pytest.raises(WrongState):
        check_in(actor=strict.manager, reference=reference)


def says(actor: User, *, came: tuple[str, ...] = (), missed: tuple[str, ...] = ()) -> None:
    ids = [[date_of(reference).id for reference in some] for some in (came, missed)]
    record_presence(actor=actor, came=ids[0], missed=ids[1])


@both_databases
def test_the_lab_says_in_one_go_who_came(cast: Cast) -> None:
    first, second = approved(cast), approved(cast, start=3)
    running = approved(cast, start=6)
    with clock.frozen(at(7)):
        complete_bookings()
        says(cast.technician, came=(first,), missed=(second, running))
        assert (date_of(first).state, date_of(first).came_at) == (S.COMPLETED, at(0))
        assert (state_of(second), state_of(running)) == (S.NO_SHOW, S.NO_SHOW)
        assert date_of(running).span == span(6, 1)
        assert list(findings()) == []
        assert count_missed([cast.arta.id, cast.rival_company.id], [cast.materials.id], NOW) == {
            cast.arta.id: 2
        }
        assert count_missed([cast.arta.id], [cast.electronics.id], NOW) == {}
        # And puts it right.
        says(cast.manager, came=(second,), missed=(first,))
        assert (state_of(first), state_of(second)) == (S.NO_SHOW, S.COMPLETED)
        assert list(findings()) == []


@pytest.mark.parametrize(
    ("who", "error"),
    [("booker", Forbidden), ("liaison", Forbidden), ("rival", NotFound), ("other_manager", NotFound)],
)
def test_only_the_lab_says_it(cast: Cast, who: str, error: type[Exception]) -> None:
    reference = approved(cast)
    with clock.frozen(at(1)), pytest.raises(error):
        says(getattr(cast, who), missed=(reference,))


def test_it_is_not_said_before_its_time_nor_of_who_was_there(cast: Cast) -> None:
    ahead, here = approved(cast, start=3), in_use(cast)
    with clock.frozen(at(0.5)):
        for words in ({"missed": (ahead,)}, {"came": (ahead,)}, {"missed": (here,)}, {"came": (here,)}):
            with pytest.raises(WrongState):
                says(cast.manager, **words)
        check_out(actor=cast.booker, reference=here)
        with pytest.raises(WrongState):
            says(cast.manager, missed=(here,))
