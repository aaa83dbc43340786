"""Hours of single days and of single equipment: set by who manages the lab, and kept to everywhere."""

from datetime import date, time, timedelta
from typing import Any

import pytest

from app.booking.queries.things import list_equipment_with_place
from app.booking.services.free import list_free
from app.booking.services.request import check_booking
from app.booking.verdicts import Code
from app.core.errors import Forbidden, InvalidInput, NotFound
from app.core.spans import Span
from app.extensions import db
from app.inventory.models import Equipment, Holiday
from app.inventory.queries.hours import list_dated_hours, list_equipment_hours
from app.inventory.rules.week import DayHours
from app.inventory.services.hours import drop_dated_hours, set_dated_hours, set_equipment_hours
from tests.booking.making import a_request
from tests.cast import Cast
from tests.databases import both_databases
from tests.occupancy.making import at, span

MONDAY = date(2026, 11, 23)
AFTERNOON = [DayHours(0, time(13), time(18))]


def put(cast: Cast, hours: list[DayHours], **more: Any) -> None:
    set_dated_hours(actor=cast.manager, lab_id=cast.materials.id, on=MONDAY, hours=hours, **more)


def blocks(cast: Cast, one: Equipment, start: float = 0) -> set[Code]:
    found = check_booking(actor=cast.booker, request=a_request(one, start=start))
    return {verdict.code for verdict in found.blocks}


def free(one: Equipment) -> tuple[Span, ...]:
    window = Span(at(-8), at(15.5))
    (found,) = list_free(equipment=list_equipment_with_place([one.id]), window=window, minutes=60)
    return found.spans


@both_databases
def test_a_day_may_be_closed_for_one_lab_alone(cast: Cast) -> None:
    put(cast, [], note="Inventory")
    assert blocks(cast, cast.raman) == {Code.CLOSED_DAY}
    assert blocks(cast, cast.oscilloscope) == set()
    assert free(cast.raman) == ()
    drop_dated_hours(actor=cast.manager, lab_id=cast.materials.id, on=MONDAY)
    assert blocks(cast, cast.raman) == set()


@both_databases
def test_a_day_may_have_other_hours_and_wins_over_a_holiday(cast: Cast) -> None:
    db.session.add(Holiday(site_id=cast.site.id, on=MONDAY, name="Mourning"))
    db.session.commit()
    put(cast, AFTERNOON)
    assert blocks(cast, cast.raman) == {Code.OUTSIDE_HOURS}
    assert blocks(cast, cast.raman, start=5) == set()
    assert free(cast.raman) == (span(4.5, 5),)
    assert blocks(cast, cast.oscilloscope) == {Code.CLOSED_DAY}


def test_saying_it_again_replaces_it(cast: Cast) -> None:
    put(cast, [])
    put(cast, AFTERNOON, note=" Visit of the ministry ")
    (day,) = list_dated_hours(cast.materials.id, first=MONDAY)
    assert (day.openings, day.note) == (AFTERNOON, "Visit of the ministry")
    assert list_dated_hours(cast.materials.id, first=MONDAY + timedelta(days=1)) == []


@both_databases
def test_an_instrument_may_keep_hours_of_its_own(cast: Cast) -> None:
    night = [DayHours(0, time(6), time(0))]
    set_equipment_hours(actor=cast.manager, equipment_id=cast.raman.id, hours=night)
    assert blocks(cast, cast.raman, start=12) == set()  # 20:30
    assert blocks(cast, cast.microscope, start=12) >= {Code.OUTSIDE_HOURS}
    put(cast, AFTERNOON)  # on that day both have to be open
    assert free(cast.raman) == (span(4.5, 5),)
    set_equipment_hours(actor=cast.manager, equipment_id=cast.raman.id, hours=[])
    assert list_equipment_hours(cast.raman.id) == []
    assert blocks(cast, cast.raman, start=5) == set()


@pytest.mark.parametrize("who", ["other_manager", "technician", "booker", "liaison"])
def test_only_who_manages_the_lab_says_when_it_is_open(cast: Cast, who: str) -> None:
    put(cast, [])
    actor = getattr(cast, who)
    with pytest.raises(Forbidden):
        set_dated_hours(actor=actor, lab_id=cast.materials.id, on=MONDAY, hours=[])
    with pytest.raises(Forbidden):
        drop_dated_hours(actor=actor, lab_id=cast.materials.id, on=MONDAY)
    with pytest.raises(Forbidden):
        set_equipment_hours(actor=actor, equipment_id=cast.raman.id, hours=[])


def test_what_makes_no_sense_is_refused(cast: Cast) -> None:
    with pytest.raises(InvalidInput):
        put(cast, [DayHours(0, time(12), time(8))])
    with pytest.raises(InvalidInput):
        put(cast, [], note="x" * 201)
    with pytest.raises(NotFound):
        drop_dated_hours(actor=cast.manager, lab_id=cast.materials.id, on=MONDAY)
