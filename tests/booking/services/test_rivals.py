"""Where requests compete: nothing is held, the lab chooses, and who loses is told and may wait."""

from typing import Any

import pytest
from sqlalchemy import select

from app.booking.models import DeclineReason, Occurrence, OccurrenceState
from app.booking.queries.bookings import get_booking
from app.booking.services.decide import approve_booking
from app.booking.services.move import move_booking
from app.booking.services.policies import set_equipment_policy, set_lab_policy
from app.booking.services.request import check_booking
from app.booking.services.rivals import rivals_of
from app.booking.verdicts import Code, Severity
from app.cli.doctor import findings
from app.core.errors import WrongState
from app.demand.models import Miss, MissReason
from app.extensions import db
from app.notifications.models import Mail
from app.occupancy.errors import SlotTaken
from app.occupancy.models import Claim
from tests.booking.making import a_request, ask
from tests.cast import Cast
from tests.databases import both_databases
from tests.occupancy.making import span

S = OccurrenceState


@pytest.fixture
def competing(cast: Cast) -> Cast:
    """Whoever wants the Raman asks for it, and the lab chooses."""
    set_equipment_policy(actor=cast.manager, equipment_id=cast.raman.id, requests_compete=True)
    return cast


def the_date(cast: Cast, reference: str) -> Occurrence:
    (date,) = get_booking(cast.admin, reference).occurrences
    return date


@both_databases
def test_several_may_ask_and_nothing_is_taken_before_the_lab_chooses(competing: Cast) -> None:
    cast = competing
    first, second = ask(cast.booker, cast.raman), ask(cast.rival, cast.raman)
    assert [one.occurrences[0].holds for one in (first, second)] == [False, False]
    assert not db.session.scalars(select(Claim)).all()
    assert [one.booking.reference for one in rivals_of(second.occurrences[0])] == [first.reference]
    assert list(findings()) == []


@both_databases
def test_who_is_chosen_has_the_time_and_the_others_are_told(competing: Cast) -> None:
    cast = competing
    lost, won = ask(cast.booker, cast.raman).reference, ask(cast.rival, cast.raman).reference
    later = ask(cast.boss, cast.raman, start=4).reference
    approve_booking(actor=cast.manager, reference=won)
    date = the_date(cast, lost)
    assert (date.state, date.reason_code) == (S.DECLINED, DeclineReason.CAPACITY)
    assert the_date(cast, won).holds
    assert the_date(cast, later).state is S.REQUESTED, "another time is no rival"
    (miss,) = db.session.scalars(select(Miss)).all()
    assert (miss.reason, miss.organisation_id) == (MissReason.DECLINED, cast.arta.id)
    letter = db.session.scalars(
        select(Mail).where(Mail.address == cast.booker.email).order_by(Mail.id.desc()).limit(1)
    ).one()
    assert "/waitlist/new?equipment=" in letter.text
    with pytest.raises(WrongState):
        approve_booking(actor=cast.safety, reference=lost)
    assert list(findings()) == []


def test_the_dry_run_says_how_many_others_ask(competing: Cast) -> None:
    cast = competing
    alone = check_booking(actor=cast.booker, request=a_request(cast.raman))
    assert [one.severity for one in alone.checklist if one.code is Code.RIVALS] == [Severity.MET]
    ask(cast.rival, cast.raman, start=1)
    (said,) = [
        one
        for one in check_booking(actor=cast.booker, request=a_request(cast.raman)).verdicts
        if one.code is Code.RIVALS
    ]
    assert (said.severity, said.params["many"]) == (Severity.WARNING, 1)


def test_what_is_approved_is_taken_for_who_asks_later(competing: Cast) -> None:
    cast = competing
    approve_booking(actor=cast.manager, reference=ask(cast.booker, cast.raman).reference)
    with pytest.raises(SlotTaken):
        ask(cast.rival, cast.raman)


def test_with_something_that_is_held_all_of_it_is_held(competing: Cast) -> None:
    cast = competing
    booking = ask(cast.booker, cast.raman, (cast.stations, 1))
    assert booking.occurrences[0].holds
    with pytest.raises(SlotTaken):
        ask(cast.rival, cast.raman)


def test_a_rule_that_changes_later_changes_nothing_for_what_was_asked(competing: Cast) -> None:
    cast = competing
    mine, other = ask(cast.booker, cast.raman).reference, ask(cast.rival, cast.raman).reference
    set_equipment_policy(actor=cast.manager, equipment_id=cast.raman.id, requests_compete=False)
    assert not the_date(cast, mine).holds
    approve_booking(actor=cast.manager, reference=mine)
    assert the_date(cast, other).state is S.DECLINED


def test_in_a_pool_only_those_lose_who_do_not_fit(cast: Cast) -> None:
    more: dict[str, Any] = {"requests_compete": True, "needs_approval": True}
    set_equipment_policy(actor=cast.manager, equipment_id=cast.stations.id, **more)
    three = ask(cast.booker, (cast.stations, 3)).reference
    one, two = (ask(cast.rival, (cast.stations, many)).reference for many in (1, 2))
    approve_booking(actor=cast.manager, reference=three)
    assert the_date(cast, one).state is S.REQUESTED
    assert the_date(cast, two).state is S.DECLINED


def test_who_moves_there_with_the_labs_right_wins_as_well(competing: Cast) -> None:
    cast = competing
    rival = ask(cast.rival, cast.raman, start=4).reference
    mine = ask(cast.booker, cast.raman).reference
    move_booking(actor=cast.manager, reference=mine, span=span(4, 2))
    assert the_date(cast, mine).state is S.APPROVED
    assert the_date(cast, rival).state is S.DECLINED


def test_a_move_of_what_competes_competes_there(competing: Cast) -> None:
    cast = competing
    mine = ask(cast.booker, cast.raman).reference
    ask(cast.rival, cast.raman, start=4)
    move_booking(actor=cast.booker, reference=mine, span=span(4, 2))
    assert (the_date(cast, mine).holds, the_date(cast, mine).span) == (False, span(4, 2))
    assert list(findings()) == []


def test_the_whole_lab_may_say_so(cast: Cast) -> None:
    set_lab_policy(actor=cast.manager, lab_id=cast.materials.id, requests_compete=True)
    assert not ask(cast.booker, cast.raman).occurrences[0].holds
