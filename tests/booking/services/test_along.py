"""What comes along: claimed, judged, approved and given back with what was asked for, or nothing is."""

import pytest
from sqlalchemy import event, func, select

from app.booking.errors import OutsidePolicy
from app.booking.models import Booking, DeclineReason, OccurrenceState, WaitState
from app.booking.rules.allowances import Per
from app.booking.rules.facts import Want
from app.booking.services.add import add_dates
from app.booking.services.cancel import cancel_booking
from app.booking.services.decide import approve_booking, decline_booking
from app.booking.services.free import alternatives_to, list_free
from app.booking.services.move import move_booking
from app.booking.services.policies import set_equipment_policy
from app.booking.services.quotas import set_quota
from app.booking.services.request import check_booking
from app.booking.services.waitlist.answer import accept_held, pass_held
from app.booking.verdicts import Code
from app.cli.doctor import findings
from app.extensions import db
from app.inventory.models import Equipment, EquipmentStatus, Mode
from app.inventory.queries.requirements import list_links
from app.inventory.rules.requirements import Link
from app.inventory.services.equipment import change_equipment, change_status
from app.inventory.services.requirements import set_requirements
from app.occupancy.errors import SlotTaken
from app.occupancy.models import Claim
from tests.booking.making import a_request, ask, weekly
from tests.booking.services.test_waitlist import call_off, held, wait
from tests.cast import Cast, add_equipment
from tests.databases import both_databases
from tests.inventory.services.test_requirements import let_take
from tests.occupancy.making import span

S = OccurrenceState


@pytest.fixture
def operators(cast: Cast) -> Equipment:
    """Two people, who come with the microscope and with the Raman where staff operate it."""
    people = add_equipment(
        cast.materials, cast.soldering, "Operators", "کارشناسان", [Mode.OPERATOR], capacity=2
    )
    db.session.commit()
    change_equipment(actor=cast.manager, equipment_id=people.id, is_lent_alone=False)
    operated = frozenset({Mode.OPERATOR.value})
    let_take(cast.manager, cast.microscope, people)
    let_take(cast.manager, cast.raman, Link(cast.raman.id, people.id, is_shared=True, modes=operated))
    return people


def with_operator(booking: Booking) -> list[tuple[int, int, bool]]:
    return [(i.equipment_id, i.quantity, i.is_required) for i in booking.occurrences[0].items]


def claimed(thing: Equipment) -> int:
    many = select(func.coalesce(func.sum(Claim.quantity), 0)).where(Claim.equipment_id == thing.id)
    return db.session.scalar(many) or 0


@both_databases
def test_the_operator_comes_along_and_is_claimed(cast: Cast, operators: Equipment) -> None:
    booking = ask(cast.booker, cast.microscope, mode=Mode.OPERATOR)
    assert with_operator(booking) == [(cast.microscope.id, 1, False), (operators.id, 1, True)]
    assert claimed(operators) == 1
    assert ask(cast.booker, cast.raman, mode=Mode.SELF).occurrences[0].along == []
    cancel_booking(actor=cast.booker, reference=booking.reference)
    assert claimed(operators) == 0
    assert not list(findings())


@both_databases
def test_who_is_not_free_stands_in_the_way_of_all(cast: Cast, operators: Equipment) -> None:
    ask(cast.rival, cast.microscope, mode=Mode.OPERATOR)
    ask(cast.boss, cast.raman, mode=Mode.OPERATOR)
    third = add_equipment(cast.materials, cast.soldering, "Third", "سوم", [Mode.OPERATOR])
    db.session.commit()
    let_take(cast.manager, third, operators)
    with pytest.raises(SlotTaken) as refused:
        ask(cast.booker, third, mode=Mode.OPERATOR)
    assert {(one.equipment_id, one.free) for one in refused.value.conflicts} == {(operators.id, 0)}
    assert claimed(third) == 0


def test_what_comes_along_has_its_own_hours_and_no_lengths(cast: Cast, operators: Equipment) -> None:
    """The operator's lab may ask for half-hours on a grid: that is about who books the operator."""
    set_equipment_policy(
        actor=cast.manager, equipment_id=operators.id, min_minutes=480, grid_minutes=60, notice_minutes=0
    )
    offset = a_request(cast.microscope, start=0.25, mode=Mode.OPERATOR)
    assert check_booking(actor=cast.booker, request=offset).allowed
    set_equipment_policy(actor=cast.manager, equipment_id=operators.id, notice_minutes=7 * 24 * 60)
    (verdict,) = check_booking(actor=cast.booker, request=offset).blocks
    assert (verdict.code, verdict.equipment_id) == (Code.TOO_SOON, operators.id)


def test_it_is_not_lent_alone(cast: Cast, operators: Equipment) -> None:
    with pytest.raises(OutsidePolicy) as refused:
        ask(cast.booker, operators, mode=Mode.OPERATOR)
    assert [v.code for v in refused.value.verdicts if v.severity == "block"] == [Code.NOT_ALONE]
    both = ask(cast.booker, cast.microscope, operators, mode=Mode.OPERATOR)
    assert with_operator(both) == [(cast.microscope.id, 1, False), (operators.id, 1, False)]
    assert ask(cast.manager, operators, mode=Mode.OPERATOR, override="A visit", organisation_id=cast.arta.id)


@both_databases
def test_each_lab_answers_for_its_own(cast: Cast) -> None:
    """The oscilloscope is of the electronics lab, and comes along with the Raman."""
    let_take(cast.manager, cast.raman, cast.oscilloscope)
    booking = ask(cast.booker, cast.raman)
    approve_booking(actor=cast.manager, reference=booking.reference)
    assert booking.occurrences[0].state is S.REQUESTED
    approve_booking(actor=cast.other_manager, reference=booking.reference)
    assert booking.occurrences[0].state is S.APPROVED
    other = ask(cast.booker, cast.raman, start=3)
    reason = {"reason_code": DeclineReason.CAPACITY, "reason": "We need it ourselves"}
    decline_booking(actor=cast.other_manager, reference=other.reference, **reason)
    assert claimed(cast.raman) == claimed(cast.oscilloscope) == 1
    assert not list(findings())


@both_databases
def test_a_room_takes_all_that_is_in_it(cast: Cast) -> None:
    room = add_equipment(cast.materials, cast.soldering, "Room 12", "اتاق ۱۲", [Mode.SELF])
    db.session.commit()
    let_take(cast.manager, room, Link(room.id, cast.stations.id, None), cast.raman)
    booking = ask(cast.booker, room)
    assert with_operator(booking) == [
        (room.id, 1, False),
        (cast.raman.id, 1, True),
        (cast.stations.id, 4, True),
    ]
    with pytest.raises(SlotTaken):
        ask(cast.rival, cast.stations)
    with pytest.raises(SlotTaken):
        ask(cast.rival, (cast.raman, 1), start=1)
    assert ask(cast.rival, cast.stations, start=2)
    with pytest.raises(SlotTaken):
        ask(cast.boss, room, start=2)


@both_databases
def test_every_date_of_a_series_has_it_and_a_later_one_too(cast: Cast, operators: Equipment) -> None:
    for busy in (cast.boss, cast.rival):
        third = add_equipment(cast.materials, cast.soldering, f"Bench{busy.id}", "میز", [Mode.OPERATOR])
        db.session.commit()
        let_take(cast.manager, third, operators)
        last = ask(busy, third, start=7 * 24, mode=Mode.OPERATOR)
    series = ask(cast.booker, cast.microscope, mode=Mode.OPERATOR, recurrence=weekly(3, skip_conflicts=True))
    assert len(series.occurrences) == 2
    assert [one.why for one in series.skipped] == [[{"equipment": operators.id, "kind": "booking"}]]
    call_off(last)
    add_dates(actor=cast.booker, reference=series.reference)
    assert [len(date.items) for date in series.occurrences] == [2, 2, 2]
    assert not list(findings())


def test_a_requirement_written_later_changes_no_booking(cast: Cast, operators: Equipment) -> None:
    booking = ask(cast.booker, cast.microscope, mode=Mode.OPERATOR)
    set_requirements(
        actor=cast.manager,
        equipment_id=cast.microscope.id,
        links=[Link(cast.microscope.id, cast.stations.id)],
    )
    approve_booking(actor=cast.manager, reference=booking.reference)
    move_booking(actor=cast.manager, reference=booking.reference, span=span(4, 2))
    assert with_operator(booking) == [(cast.microscope.id, 1, False), (operators.id, 1, True)]
    assert [claim.span for claim in db.session.scalars(select(Claim))] == [span(4, 2)] * 2
    assert not list(findings())


def test_what_it_needs_is_out_of_service(cast: Cast, operators: Equipment) -> None:
    change_status(actor=cast.manager, equipment_id=operators.id, status=EquipmentStatus.OUT_OF_SERVICE)
    found = check_booking(actor=cast.booker, request=a_request(cast.microscope, mode=Mode.OPERATOR))
    assert [(one.code, one.equipment_id) for one in found.blocks] == [(Code.OUT_OF_SERVICE, operators.id)]


def test_free_time_is_where_all_of_it_is_free(cast: Cast, operators: Equipment) -> None:
    ask(cast.rival, cast.raman, length=4, mode=Mode.OPERATOR)
    third = add_equipment(cast.materials, cast.soldering, "Third", "سوم", [Mode.OPERATOR])
    db.session.commit()
    let_take(cast.manager, third, operators)
    ask(cast.boss, third, start=1, length=2, mode=Mode.OPERATOR)
    day = span(0, 6)
    for mode in (Mode.OPERATOR, None):
        (free,) = list_free(equipment=[cast.microscope], window=day, minutes=60, mode=mode)
        assert free.spans == (span(0, 1), span(3, 3))
    (alone,) = list_free(equipment=[operators], window=day, minutes=60)
    assert alone.spans == ()
    found = check_booking(actor=cast.booker, request=a_request(cast.microscope, start=1, mode=Mode.OPERATOR))
    others = alternatives_to(found)
    assert others[0].wants == (Want(cast.microscope.id),)
    assert all(not one.span.overlaps(span(1, 2)) for one in others)


@both_databases
def test_the_waitlist_holds_all_of_it(cast: Cast, operators: Equipment) -> None:
    third = add_equipment(cast.materials, cast.soldering, "Third", "سوم", [Mode.OPERATOR])
    db.session.commit()
    let_take(cast.manager, third, operators)
    busy = ask(cast.rival, third, mode=Mode.OPERATOR)
    ask(cast.rival, cast.raman, mode=Mode.OPERATOR)
    entry = wait(cast.boss, cast.microscope, mode=Mode.OPERATOR)
    call_off(busy)  # of another thing: but it was the operator that was missing
    db.session.expire_all()
    assert entry.state is WaitState.OFFERED
    assert held() == [span(0, 2)] * 2
    with pytest.raises(SlotTaken):
        ask(cast.booker, third, mode=Mode.OPERATOR)
    assert not list(findings())
    booking = accept_held(actor=cast.boss, entry_id=entry.id, purpose="Look at it")
    assert with_operator(booking) == [(cast.microscope.id, 1, False), (operators.id, 1, True)]
    assert held() == []
    assert not list(findings())


@both_databases
def test_what_is_let_go_is_let_go_whole(cast: Cast, operators: Equipment) -> None:
    booking = ask(cast.rival, cast.microscope, mode=Mode.OPERATOR)
    entry = wait(cast.boss, cast.microscope, mode=Mode.OPERATOR)
    call_off(booking)
    db.session.expire_all()
    pass_held(actor=cast.boss, entry_id=entry.id)
    assert (held(), claimed(operators)) == ([], 0)
    assert not list(findings())


def test_a_quota_counts_what_was_asked_for(cast: Cast) -> None:
    let_take(cast.manager, cast.raman, Link(cast.raman.id, cast.stations.id, 4))
    set_quota(actor=cast.manager, lab_id=cast.materials.id, minutes=240, per=Per.WEEK)
    ask(cast.booker, cast.raman)
    assert check_booking(actor=cast.booker, request=a_request(cast.raman, start=3)).allowed


def test_the_number_of_queries_does_not_grow_with_the_depth(cast: Cast) -> None:
    def many(request: object) -> int:
        statements: list[str] = []
        db.session.expire_all()
        listener = lambda *args: statements.append(args[2])  # noqa: E731
        event.listen(db.engine, "before_cursor_execute", listener)
        check_booking(actor=cast.booker, request=request)  # type: ignore[arg-type]
        event.remove(db.engine, "before_cursor_execute", listener)
        return len(statements)

    let_take(cast.manager, cast.raman, cast.stations)
    before = many(a_request(cast.raman))
    let_take(cast.manager, cast.stations, cast.microscope)
    let_take(cast.manager, cast.microscope, cast.oscilloscope)
    assert len(list_links([cast.raman.id])) == 3
    assert many(a_request(cast.raman)) <= before
