"""When labs are open, when offices answer, and on which days nobody is there."""

from datetime import date, time

import pytest
from flask import Flask

from app.core.errors import Forbidden, InvalidInput, NotFound
from app.inventory.queries.places import get_lab, get_site
from app.inventory.rules.public_holidays import PublicHoliday, public_holidays
from app.inventory.rules.week import SATURDAY, SUNDAY, DayHours
from app.inventory.services.holidays import add_public_holidays, put_holiday, remove_holiday
from app.inventory.services.hours import set_opening_hours, set_working_hours
from tests.cast import Cast
from tests.inventory.told import Told, number_of

DAY = date(2026, 12, 24)


def test_a_manager_sets_the_hours_of_the_own_lab(app: Flask, cast: Cast) -> None:
    told, before = Told(), number_of(f"lab:{cast.materials.id}")
    hours = [DayHours(SUNDAY, time(13), time(0)), DayHours(SATURDAY, time(8), time(12))]

    set_opening_hours(actor=cast.manager, lab_id=cast.materials.id, hours=hours)

    rows = [(row.weekday, row.opens, row.closes) for row in get_lab(cast.materials.id).hours]
    assert rows == [(SATURDAY, time(8), time(12)), (SUNDAY, time(13), time(0))]
    assert told.names() == ["OpeningHoursChanged"]
    assert told.records()[0].data["hours"] == ["5 08:00-12:00", "6 13:00-00:00"]
    assert number_of(f"lab:{cast.materials.id}") == before + 1


def test_the_same_hours_again_are_no_change(app: Flask, cast: Cast) -> None:
    told = Told()
    same = [DayHours(row.weekday, row.opens, row.closes) for row in cast.materials.hours]

    set_opening_hours(actor=cast.manager, lab_id=cast.materials.id, hours=same[::-1])

    assert told.names() == []


def test_hours_that_overlap_leave_the_old_ones(app: Flask, cast: Cast) -> None:
    before = len(cast.materials.hours)
    clash = [DayHours(SATURDAY, time(8), time(12)), DayHours(SATURDAY, time(11), time(13))]

    with pytest.raises(InvalidInput) as refused:
        set_opening_hours(actor=cast.manager, lab_id=cast.materials.id, hours=clash)

    assert refused.value.errors == (("hours", "overlap"),)
    assert len(get_lab(cast.materials.id).hours) == before


def test_hours_are_not_for_others_to_set(app: Flask, cast: Cast) -> None:
    for actor in (cast.other_manager, cast.technician, cast.booker):
        with pytest.raises(Forbidden):
            set_opening_hours(actor=actor, lab_id=cast.materials.id, hours=[])
    with pytest.raises(Forbidden):
        set_working_hours(actor=cast.manager, site_id=cast.site.id, hours=[])


def test_an_admin_sets_working_hours(app: Flask, cast: Cast) -> None:
    set_working_hours(
        actor=cast.admin, site_id=cast.site.id, hours=[DayHours(SATURDAY, time(7, 30), time(14))]
    )

    assert [(row.weekday, row.opens) for row in get_site(cast.site.id).working_hours] == [
        (SATURDAY, time(7, 30))
    ]


def test_a_draft_of_holidays_adds_what_is_missing_and_leaves_what_the_office_wrote(
    app: Flask, cast: Cast
) -> None:
    put_holiday(actor=cast.admin, site_id=cast.site.id, on=date(2026, 3, 21), name="Our own New Year")
    draft = public_holidays("IR", [2026])

    added = add_public_holidays(actor=cast.admin, site_id=cast.site.id, holidays=draft)
    again = add_public_holidays(actor=cast.admin, site_id=cast.site.id, holidays=draft)

    named = {row.on: row.name for row in get_site(cast.site.id).holidays}
    assert (added, again) == (len(draft) - 1, 0)
    assert named[date(2026, 3, 21)] == "Our own New Year"
    assert date(2026, 3, 20) in named


def test_a_holiday_is_put_corrected_and_removed(app: Flask, cast: Cast) -> None:
    told, topic = Told(), f"lab:{cast.electronics.id}"
    before = number_of(topic)

    put_holiday(actor=cast.admin, site_id=cast.site.id, on=DAY, name="Dust", is_estimated=True)
    put_holiday(actor=cast.admin, site_id=cast.site.id, on=DAY, name="Dust storm", name_fa="گرد و غبار")
    written = get_site(cast.site.id).holidays[0]
    assert (written.name, written.name_fa, written.is_estimated) == ("Dust storm", "گرد و غبار", False)
    remove_holiday(actor=cast.admin, site_id=cast.site.id, on=DAY)

    assert get_site(cast.site.id).holidays == []
    assert [record.data for record in told.records()] == [
        {"lab_ids": [1, 2], "added": ["2026-12-24"], "changed": [], "removed": []},
        {"lab_ids": [1, 2], "added": [], "changed": ["2026-12-24"], "removed": []},
        {"lab_ids": [1, 2], "added": [], "changed": [], "removed": ["2026-12-24"]},
    ]
    assert number_of(topic) == before + 3


def test_a_holiday_that_is_not_there_cannot_be_removed(app: Flask, cast: Cast) -> None:
    with pytest.raises(NotFound):
        remove_holiday(actor=cast.admin, site_id=cast.site.id, on=DAY)


def test_holidays_are_the_admins(app: Flask, cast: Cast) -> None:
    with pytest.raises(Forbidden):
        put_holiday(actor=cast.manager, site_id=cast.site.id, on=DAY, name="Long weekend")
    with pytest.raises(Forbidden):
        remove_holiday(actor=cast.manager, site_id=cast.site.id, on=DAY)
    with pytest.raises(Forbidden):
        add_public_holidays(
            actor=cast.liaison, site_id=cast.site.id, holidays=[PublicHoliday(DAY, "Dust", None, False)]
        )
