"""Teaching takes its time: what it gets, what it leaves to others, and what comes back."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from app.booking.models import Timetable
from app.booking.rules.timetable import Class, Weeks
from app.booking.services.cancel import cancel_booking
from app.booking.services.teaching.plan import Term, left_out_of
from app.booking.services.teaching.timetables import (
    complete_timetable,
    end_timetable,
    foresee_timetable,
    import_timetable,
)
from app.cli.doctor import findings
from app.core import clock
from app.core.errors import Forbidden, InvalidInput, NotFound, WrongState
from app.extensions import db
from app.inventory.models import Holiday
from app.occupancy.errors import SlotTaken
from app.occupancy.models import Claim, ClaimKind
from tests.booking.making import ask
from tests.cast import NOW, Cast
from tests.databases import both_databases
from tests.occupancy.making import at

MONDAY = 0


def a_class(**more: Any) -> Class:
    settled = {
        "line": 2,
        "title": "Raman lab",
        "weekday": MONDAY,
        "starts": time(8, 30),
        "ends": time(10, 30),
        "weeks": Weeks.EVERY,
        "equipment": "labram",
        "quantity": None,
    }
    return Class(**(settled | more))


def term(cast: Cast, **more: Any) -> Term:
    settled = {"lab_id": cast.materials.id, "name": "Autumn", "first_on": date(2026, 11, 21)}
    return Term(**(settled | {"last_on": date(2026, 12, 18)} | more))


def teach(cast: Cast, *classes: Class, **more: Any) -> Timetable:
    return import_timetable(actor=cast.manager, term=term(cast, **more), classes=classes or [a_class()])


def taught() -> list[object]:
    rows = select(Claim.starts_at).where(Claim.kind == ClaimKind.TIMETABLE).order_by(Claim.starts_at)
    return list(db.session.scalars(rows))


@both_databases
def test_its_dates_are_taken_and_what_others_have_stays_theirs(cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman, start=24 * 7)
    foreseen = foresee_timetable(actor=cast.manager, term=term(cast), classes=[a_class()])
    (planned,) = foreseen.planned
    assert ([span.start for span in planned.spans], planned.equipment_id) == (
        [at(0), at(24 * 14), at(24 * 21)],
        cast.raman.id,
    )
    (blocked,) = planned.blocked
    assert (blocked.span.start, blocked.reference) == (at(24 * 7), booking.reference)
    timetable = teach(cast)
    assert taught() == [at(0), at(24 * 14), at(24 * 21)]
    with pytest.raises(SlotTaken):
        ask(cast.rival, cast.raman)
    cancel_booking(actor=cast.booker, reference=booking.reference)
    assert complete_timetable(actor=cast.manager, timetable_id=timetable.id) == 1
    assert complete_timetable(actor=cast.manager, timetable_id=timetable.id) == 0
    assert taught() == [at(0), at(24 * 7), at(24 * 14), at(24 * 21)]
    assert list(findings()) == []


def test_holidays_are_left_out(cast: Cast) -> None:
    db.session.add(Holiday(site_id=cast.site.id, on=date(2026, 11, 30), name="A feast"))
    db.session.commit()
    teach(cast)
    assert taught() == [at(0), at(24 * 14), at(24 * 21)]


def test_two_classes_of_one_list_do_not_share_what_is_there_once(cast: Cast) -> None:
    stations = a_class(equipment="Soldering station", quantity=3)
    foreseen = foresee_timetable(actor=cast.manager, term=term(cast), classes=[stations, stations])
    first, second = foreseen.planned
    assert (len(first.spans), len(second.spans)) == (4, 0)
    assert {one.kind for one in second.blocked} == {"timetable"}


def test_rows_that_name_nothing_of_the_lab_are_told(cast: Cast) -> None:
    rows = [
        a_class(line=2, equipment="Oscilloscope"),
        a_class(line=3, equipment="Soldering station", quantity=5),
        a_class(line=4, equipment="RAMAN-01"),
    ]
    foreseen = foresee_timetable(actor=cast.manager, term=term(cast), classes=rows)
    assert [(one.code, one.line) for one in foreseen.problems] == [
        ("no-such-equipment", 2),
        ("too-many-of-it", 3),
    ]
    assert [one.equipment_id for one in foreseen.planned] == [cast.raman.id]


def test_what_has_been_taught_stays_when_it_ends(cast: Cast) -> None:
    timetable = teach(cast)
    with clock.frozen(at(24 * 8)):
        end_timetable(actor=cast.manager, timetable_id=timetable.id)
        assert taught() == [at(0), at(24 * 7)]
        with pytest.raises(WrongState):
            end_timetable(actor=cast.manager, timetable_id=timetable.id)
        with pytest.raises(WrongState):
            complete_timetable(actor=cast.manager, timetable_id=timetable.id)


def test_dates_that_are_past_are_not_taken(cast: Cast) -> None:
    timetable = teach(cast, first_on=date(2026, 11, 1))
    assert taught()[0] == at(0)
    assert all(not one.blocked and not one.spans for one in left_out_of(timetable))


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"name": "  "}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"last_on": date(2026, 11, 1)}, "last_on"),
        ({"last_on": date(2028, 11, 1)}, "last_on"),
        ({"first_on": date(2026, 10, 1), "last_on": date(2026, 11, 1)}, "last_on"),
    ],
)
def test_a_term_that_cannot_be_is_refused(cast: Cast, more: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        teach(cast, **more)
    assert refusal.value.errors[0][0] == field


def test_a_list_of_nothing_is_refused(cast: Cast) -> None:
    with pytest.raises(InvalidInput):
        teach(cast, a_class(equipment="Oscilloscope"))
    assert db.session.scalar(select(func.count(Timetable.id))) == 0


@pytest.mark.parametrize("who", ["booker", "technician", "safety", "other_manager", "liaison"])
def test_only_who_manages_the_lab_says_what_is_taught(cast: Cast, who: str) -> None:
    with pytest.raises(Forbidden):
        import_timetable(actor=getattr(cast, who), term=term(cast), classes=[a_class()])


def test_another_lab_finds_none(cast: Cast) -> None:
    timetable = teach(cast)
    with pytest.raises(NotFound):
        end_timetable(actor=cast.other_manager, timetable_id=timetable.id)
    with pytest.raises(Forbidden):
        end_timetable(actor=cast.technician, timetable_id=timetable.id)
    assert timetable.made_at == NOW
    assert timetable.last_on - timetable.first_on == timedelta(days=27)
