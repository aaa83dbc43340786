"""What the rows of a timetable mean here: which equipment, which dates, and who has those already."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.booking.models import Timetable
from app.booking.queries.timetables import closed_between, equipment_called, references_of, taken_by
from app.booking.rules.timetable import Class, dates_of
from app.core.clock import now
from app.core.spans import Span
from app.core.text import fold
from app.inventory.models import Lab
from app.inventory.problems import Problem
from app.occupancy.models import ClaimKind
from app.occupancy.queries import capacities, list_held
from app.occupancy.rules.peaks import Taken, lacking


@dataclass(frozen=True)
class Term:
    """In which lab, under what name, from which day to which."""

    lab_id: int
    name: str
    first_on: date
    last_on: date


@dataclass(frozen=True)
class Blocked:
    """A date of a class that others have, or other teaching."""

    span: Span
    kind: str
    """Of the first claim in the way."""
    reference: str | None
    """Of the booking, where it is one."""


@dataclass(frozen=True)
class Planned:
    """A class, what it is on, and its dates ahead."""

    row: Class
    equipment_id: int
    quantity: int
    spans: tuple[Span, ...] = ()
    """Those that it can have and has not."""
    blocked: tuple[Blocked, ...] = ()


def with_equipment(lab: Lab, classes: Sequence[Class]) -> tuple[list[Planned], list[Problem]]:
    """The classes on what their rows name in the lab; the other rows as problems, by line."""
    called = equipment_called(lab.id)
    ids = [called.get(fold(one.equipment), set()) for one in classes]
    many = capacities(set().union(*ids) if ids else set())
    found, problems = [], []
    for one, its in zip(classes, ids, strict=True):
        if len(its) != 1:
            code = "several-equipment" if its else "no-such-equipment"
            problems.append(Problem(code, one.line, params={"cell": one.equipment[:60]}))
            continue
        (equipment_id,) = its
        most = many[equipment_id]
        if not most or (one.quantity or 0) > most:
            params = {"cell": one.equipment[:60], "most": most}
            problems.append(Problem("too-many-of-it", one.line, params=params))
            continue
        found.append(Planned(one, equipment_id, one.quantity or most))
    return found, problems


def with_dates(lab: Lab, term: Term, classes: Sequence[Planned]) -> tuple[Planned, ...]:
    """The same with their dates: who stands earlier in the list has what two of them want."""
    return _with_dates(lab, term, [(one, frozenset[Span]()) for one in classes])


def left_out_of(timetable: Timetable) -> tuple[Planned, ...]:
    """Its classes with the dates ahead that they do not have, in the order in which they are stored."""
    has = taken_by(timetable.classes)
    term = Term(timetable.lab_id, timetable.name, timetable.first_on, timetable.last_on)
    classes = [
        (
            Planned(
                Class(0, one.title, one.weekday, one.starts, one.ends, one.weeks, "", one.quantity),
                one.equipment_id,
                one.quantity,
            ),
            has[one.id],
        )
        for one in timetable.classes
    ]
    return _with_dates(timetable.lab, term, classes)


@dataclass(frozen=True)
class _Obstacle:
    taken: Taken
    reference: str | None = None


def _with_dates(
    lab: Lab, term: Term, classes: Sequence[tuple[Planned, Collection[Span]]]
) -> tuple[Planned, ...]:
    closed = closed_between(lab.site_id, term.first_on, term.last_on)
    wanted = [
        [span for span in _dates(lab, term, one.row, closed) if span.start > now() and span not in has]
        for one, has in classes
    ]
    there = _obstacles({one.equipment_id for one, _has in classes}, [s for its in wanted for s in its])
    many = capacities({one.equipment_id for one, _has in classes})
    return tuple(
        _placed(one, spans, there[one.equipment_id], many[one.equipment_id])
        for (one, _has), spans in zip(classes, wanted, strict=True)
    )


def _dates(lab: Lab, term: Term, row: Class, closed: Collection[date]) -> list[Span]:
    return dates_of(
        row,
        first=term.first_on,
        last=term.last_on,
        zone=lab.site.zone,
        first_weekday=lab.site.first_weekday,
        closed=closed,
    )


def _obstacles(equipment_ids: Collection[int], spans: Sequence[Span]) -> Mapping[int, list[_Obstacle]]:
    """What is claimed of each equipment while anything of it is wanted."""
    found: dict[int, list[_Obstacle]] = defaultdict(list)
    if not spans:
        return found
    window = Span(min(span.start for span in spans), max(span.end for span in spans))
    held = list_held(equipment_ids, window)
    references = references_of([one.source_id for one in held if one.kind is ClaimKind.BOOKING])
    for one in held:
        reference = references.get(one.source_id) if one.kind is ClaimKind.BOOKING else None
        found[one.equipment_id].append(_Obstacle(Taken(one.span, one.quantity, one.kind.value), reference))
    return found


def _placed(one: Planned, spans: Sequence[Span], there: list[_Obstacle], capacity: int) -> Planned:
    """The class with the spans that fit, which are `there` from now on, and those that do not."""
    free, blocked = [], []
    for span in spans:
        near = [obstacle for obstacle in there if obstacle.taken.span.overlaps(span)]
        in_the_way = lacking(Taken(span, one.quantity), [obstacle.taken for obstacle in near], capacity)
        if not in_the_way:
            free.append(span)
            there.append(_Obstacle(Taken(span, one.quantity, ClaimKind.TIMETABLE.value)))
            continue
        first = in_the_way[0][0]
        reference = next(obstacle.reference for obstacle in near if obstacle.taken is first)
        blocked.append(Blocked(span, first.kind, reference))
    return replace(one, spans=tuple(free), blocked=tuple(blocked))
