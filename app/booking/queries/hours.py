"""When labs, things and offices are open: their weeks, single days, and the days on which all is shut."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import IntEnum
from typing import Any

from sqlalchemy import (
    JSON,
    Date,
    Integer,
    Select,
    Time,
    cast,
    literal,
    null,
    select,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute

from app.booking.rules.hours import Hours, Week
from app.core.spans import Span
from app.extensions import db
from app.inventory.models import (
    DatedHours,
    Equipment,
    EquipmentHours,
    Holiday,
    Lab,
    OpeningHours,
    Site,
    WorkingHours,
)


class _Of(IntEnum):
    """Whose hours a row says."""

    LAB = 1
    EQUIPMENT = 2
    OFFICE = 3
    DAY = 4
    CLOSED = 5


@dataclass
class _Said:
    """What was said of hours, by the id of whose they are."""

    weekly: dict[_Of, dict[int, list[Hours]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )
    days: dict[int, dict[date, list[Hours]]] = field(default_factory=lambda: defaultdict(dict))
    closed: dict[int, set[date]] = field(default_factory=lambda: defaultdict(set))

    def week_of(self, lab: Lab) -> Week:
        weekly = self.weekly[_Of.LAB]
        return Week(
            weekly.get(lab.id, []), self.closed[lab.site_id], lab.site.zone, self.days.get(lab.id, {})
        )


def opening_weeks(labs: Collection[Lab], window: Span) -> dict[int, Week]:
    """The opening hours and closed days of each lab (with its site loaded), by its id. One query."""
    said = _read(_weekly_of_labs(labs), *_days_of_labs(labs, window))
    return {lab.id: said.week_of(lab) for lab in labs}


def weeks_of(equipment: Collection[Equipment], window: Span) -> dict[int, Week]:
    """The week of each equipment by its id: its lab's, or its own where it differs. One query."""
    labs = {one.lab for one in equipment}
    own = _weekly(_Of.EQUIPMENT, EquipmentHours, EquipmentHours.equipment_id, {one.id for one in equipment})
    said = _read(_weekly_of_labs(labs), own, *_days_of_labs(labs, window))
    weeks, differ = {lab.id: said.week_of(lab) for lab in labs}, said.weekly[_Of.EQUIPMENT]
    return {
        one.id: weeks[one.lab_id].with_own(differ[one.id]) if one.id in differ else weeks[one.lab_id]
        for one in equipment
    }


def working_week(site: Site, window: Span) -> Week:
    """The hours in which the site's people answer. One query."""
    said = _read(
        _weekly(_Of.OFFICE, WorkingHours, WorkingHours.site_id, {site.id}), _closed({site.id}, window)
    )
    return Week(said.weekly[_Of.OFFICE].get(site.id, []), said.closed[site.id], site.zone)


def _read(*parts: Select[Any]) -> _Said:
    """All parts in one statement: each page wants some of every kind."""
    said = _Said()
    for of, id_, weekday, opens, closes, on, openings in db.session.execute(union_all(*parts)):
        if of == _Of.CLOSED:
            said.closed[id_].add(on)
        elif of == _Of.DAY:
            said.days[id_][on] = [
                Hours(one.weekday, one.opens, one.closes)
                for one in DatedHours(on=on, hours=openings).openings
            ]
        else:
            said.weekly[_Of(of)][id_].append(Hours(weekday, opens, closes))
    return said


def _weekly_of_labs(labs: Collection[Lab]) -> Select[Any]:
    return _weekly(_Of.LAB, OpeningHours, OpeningHours.lab_id, {lab.id for lab in labs})


def _weekly(
    of: _Of,
    kind: type[OpeningHours | EquipmentHours | WorkingHours],
    id_: InstrumentedAttribute[int],
    ids: Collection[int],
) -> Select[Any]:
    return select(
        literal(of.value, Integer).label("of"),
        id_.label("id"),
        kind.weekday,
        kind.opens,
        kind.closes,
        cast(null(), Date).label("on"),
        cast(null(), JSON).label("openings"),
    ).where(id_.in_(ids))


def _days_of_labs(labs: Collection[Lab], window: Span) -> tuple[Select[Any], Select[Any]]:
    """What the labs said of single days around the window, and when their sites are closed."""
    days = _on_days(_Of.DAY, DatedHours.lab_id, DatedHours.on, DatedHours.hours, window)
    return days.where(DatedHours.lab_id.in_({lab.id for lab in labs})), _closed(
        {lab.site_id for lab in labs}, window
    )


def _closed(site_ids: Collection[int], window: Span) -> Select[Any]:
    closed = _on_days(_Of.CLOSED, Holiday.site_id, Holiday.on, cast(null(), JSON), window)
    return closed.where(Holiday.site_id.in_(site_ids))


def _on_days(
    of: _Of, id_: InstrumentedAttribute[int], on: InstrumentedAttribute[date], openings: Any, window: Span
) -> Select[Any]:
    """A day more at each end, for zones."""
    first, last = window.start.date() - timedelta(days=2), window.end.date() + timedelta(days=2)
    nothing = (cast(null(), Integer), cast(null(), Time), cast(null(), Time))
    return select(literal(of.value, Integer), id_, *nothing, on, openings).where(on.between(first, last))
