"""What the lines of an old diary mean here: what they are on, whose they were, and who has the time."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.booking.queries.diary import known_keys, organisations_by_name, people_by_email
from app.booking.queries.timetables import equipment_called, references_of
from app.booking.rules.diary import Entry
from app.booking.rules.rows import Unreadable
from app.core.spans import Span
from app.core.text import fold
from app.core.zones import BadLocalTime
from app.inventory.models import Lab
from app.inventory.problems import Problem
from app.occupancy.models import LONGEST_CLAIM, ClaimKind
from app.occupancy.queries import capacities, list_held, past_capacities
from app.occupancy.rules.peaks import Taken, lacking


@dataclass(frozen=True)
class Planned:
    """A line that becomes a booking."""

    entry: Entry
    equipment_id: int
    organisation_id: int
    requester_id: int | None
    """None: nobody that has an account."""
    span: Span


@dataclass(frozen=True)
class Foreseen:
    """What bringing the diary in would do."""

    planned: tuple[Planned, ...] = ()
    known: int = 0
    """Lines that were brought in before."""
    problems: tuple[Problem, ...] = ()
    """Lines that are left out, and why."""


@dataclass
class Reading:
    """The lines of one diary, read in the order in which they stand."""

    lab: Lab
    instead_id: int | None
    """Whose the lines are that name a company nobody knows; None: they are left out."""
    planned: list[Planned] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    known: int = 0

    def read(self, entries: Sequence[Entry]) -> Foreseen:
        """What the lines would come to: who stands earlier has what two of them want."""
        had = known_keys(self.lab.id, [one.key for one in entries])
        ahead = [one for one in entries if one.key not in had]
        self.known = len(entries) - len(ahead)
        self._called = equipment_called(self.lab.id)
        self._organisations = organisations_by_name()
        self._people = people_by_email([one.email for one in ahead if one.email])
        meant = []
        for one in ahead:
            try:
                meant.append(self._meant(one))
            except Unreadable as wrong:
                self._leave_out(one, wrong.code, cell=wrong.cell)
        self._place(meant)
        return Foreseen(tuple(self.planned), self.known, tuple(sorted(self.problems, key=_line)))

    def _meant(self, one: Entry) -> Planned:
        """What the line is about. Raises Unreadable."""
        its = self._called.get(fold(one.equipment), set())
        if len(its) != 1:
            raise Unreadable("several-equipment" if its else "no-such-equipment", one.equipment)
        organisation_id = self._organisation(one)
        if organisation_id is None:
            raise Unreadable("no-such-company", one.company)
        if one.email and one.email not in self._people:
            raise Unreadable("no-such-person", one.email)
        try:
            span = one.span(self.lab.site.zone)
        except BadLocalTime as bad:
            raise Unreadable("bad-local-time", f"{bad.local:%Y-%m-%d %H:%M}") from bad
        (equipment_id,) = its
        return Planned(one, equipment_id, organisation_id, self._people.get(one.email), span)

    def _organisation(self, one: Entry) -> int | None:
        if not one.company:
            return self.lab.site.organisation_id
        its = self._organisations.get(fold(one.company), set())
        return next(iter(its)) if len(its) == 1 else self.instead_id

    def _place(self, meant: Sequence[Planned]) -> None:
        if not meant:
            return
        ids = {one.equipment_id for one in meant}
        window = Span(min(one.span.start for one in meant), max(one.span.end for one in meant))
        held, many, past = list_held(ids, window), capacities(ids), past_capacities(ids)
        references = references_of([one.source_id for one in held if one.kind is ClaimKind.BOOKING])
        there: Mapping[int, _Day] = defaultdict(_Day)
        for claim in held:
            whose = references.get(claim.source_id, "") if claim.kind is ClaimKind.BOOKING else ""
            there[claim.equipment_id].add(Taken(claim.span, claim.quantity, claim.kind.value), whose)
        for one in meant:
            most = _least(one.span, many[one.equipment_id], past[one.equipment_id])
            if not most or one.entry.quantity > most:
                self._leave_out(one.entry, "too-many-of-it", cell=one.entry.equipment, most=most)
                continue
            wanted, here = Taken(one.span, one.entry.quantity, "booking"), there[one.equipment_id]
            in_the_way = lacking(wanted, here.around(one.span), most)
            if in_the_way:
                self._leave_out(one.entry, "taken", cell=here.whose(in_the_way[0][0]))
                continue
            here.add(wanted, str(one.entry.line))
            self.planned.append(one)

    def _leave_out(self, one: Entry, code: str, *, cell: str, **params: int) -> None:
        self.problems.append(Problem(code, one.line, params={"cell": cell[:60], **params}))


class _Day:
    """What is taken of one equipment, found by the day on which it begins: a diary has years."""

    def __init__(self) -> None:
        self.by_day: dict[int, list[tuple[Taken, str]]] = defaultdict(list)

    def add(self, taken: Taken, whose: str) -> None:
        self.by_day[taken.span.start.toordinal()].append((taken, whose))

    def around(self, span: Span) -> list[Taken]:
        return sorted((taken for taken, _whose in self._near(span)), key=lambda one: one.span)

    def whose(self, meant: Taken) -> str:
        return next((whose for taken, whose in self._near(meant.span) if taken == meant), "")

    def _near(self, span: Span) -> list[tuple[Taken, str]]:
        first = (span.start - LONGEST_CLAIM).toordinal()
        days = range(first, span.end.toordinal() + 1)
        return [pair for day in days for pair in self.by_day.get(day, ()) if pair[0].span.overlaps(span)]


def _least(span: Span, today: int, past: Sequence[tuple[Span, int]]) -> int:
    """How many there were throughout the span; before the first that is known, as many as there are."""
    then = [many for when, many in past if when.overlaps(span)]
    since = max((when.end for when, _many in past), default=span.start)
    return min(then) if then and span.end <= since else min([today, *then])


def _line(problem: Problem) -> int:
    return problem.line or 0
