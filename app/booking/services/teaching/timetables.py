"""A timetable becomes claims; what others have already stays theirs."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from app.accounts.models import User
from app.booking.events import TimetableCompleted, TimetableEnded, TimetableEvent, TimetableImported
from app.booking.models import Timetable, TimetableClass
from app.booking.queries.timetables import get_timetable, source_of, taken_by
from app.booking.rules.timetable import LONGEST_TITLE, Class
from app.booking.services.teaching.plan import Planned, Term, left_out_of, with_dates, with_equipment
from app.booking.services.waitlist.promote import offer_freed
from app.core.clock import now
from app.core.db import unit_of_work
from app.core.errors import Forbidden, InvalidInput, WrongState
from app.core.events import publish
from app.core.spans import Span
from app.core.text import clean
from app.extensions import db
from app.inventory.models import Lab
from app.inventory.permissions import may_manage_lab
from app.inventory.problems import Problem
from app.inventory.queries.places import get_lab
from app.occupancy.services import claims

E = TypeVar("E", bound=TimetableEvent)
LONGEST_TERM = timedelta(days=366)


@dataclass(frozen=True)
class Foreseen:
    """What importing would do."""

    planned: tuple[Planned, ...]
    problems: tuple[Problem, ...]
    """Rows that name nothing of the lab, or more of it than there is."""


def foresee_timetable(*, actor: User, term: Term, classes: Sequence[Class]) -> Foreseen:
    """What `import_timetable` would do now. Changes nothing. Raises NotFound, Forbidden, InvalidInput."""
    lab = _checked(actor, term)
    found, problems = with_equipment(lab, classes)
    return Foreseen(with_dates(lab, term, found), tuple(problems))


@unit_of_work
def import_timetable(*, actor: User, term: Term, classes: Sequence[Class]) -> Timetable:
    """Let the classes have the dates that are free; the others can be had later, by complete_timetable.

    Rows that name nothing of the lab are left out, and so are holidays. Raises NotFound, Forbidden,
    InvalidInput (the name, the term, no class at all).
    """
    lab = _checked(actor, term)
    found, _problems = with_equipment(lab, classes)
    if not found:
        raise InvalidInput(("classes", "none"))
    claims.lock({one.equipment_id for one in found})
    planned = with_dates(lab, term, found)
    timetable = Timetable(
        lab_id=lab.id,
        name=clean(term.name),
        first_on=term.first_on,
        last_on=term.last_on,
        made_by_id=actor.id,
        made_at=now(),
        classes=[_class(one) for one in planned],
    )
    db.session.add(timetable)
    db.session.flush()
    _take({one: plan.spans for one, plan in zip(timetable.classes, planned, strict=True)})
    dates, left_out = sum(len(one.spans) for one in planned), sum(len(one.blocked) for one in planned)
    _tell(TimetableImported, timetable, actor, dates=dates, left_out=left_out)
    return timetable


@unit_of_work
def complete_timetable(*, actor: User, timetable_id: int) -> int:
    """Take the dates that were left out and are free by now; how many. Raises as end_timetable does."""
    timetable = _changeable(actor, timetable_id)
    claims.lock({one.equipment_id for one in timetable.classes})
    has, planned = taken_by(timetable.classes), left_out_of(timetable)
    many = sum(len(one.spans) for one in planned)
    if many:
        pairs = zip(timetable.classes, planned, strict=True)
        _take({one: (*has[one.id], *plan.spans) for one, plan in pairs})
        _tell(TimetableCompleted, timetable, actor, dates=many)
    return many


@unit_of_work
def end_timetable(*, actor: User, timetable_id: int) -> Timetable:
    """Teach it no more: the time ahead is free. Raises NotFound, Forbidden, and WrongState where it ended."""
    timetable = _changeable(actor, timetable_id)
    equipment_ids = {one.equipment_id for one in timetable.classes}
    claims.lock(equipment_ids)
    has = taken_by(timetable.classes)
    _take({one: [span for span in has[one.id] if span.start <= now()] for one in timetable.classes})
    timetable.ended_at = now()
    _tell(TimetableEnded, timetable, actor)
    offer_freed(equipment_ids)
    return timetable


def _checked(actor: User, term: Term) -> Lab:
    lab, name = get_lab(term.lab_id), clean(term.name)
    if not may_manage_lab(actor, lab.id):
        raise Forbidden
    if not name or len(name) > LONGEST_TITLE:
        raise InvalidInput(("name", "too-long" if name else "required"))
    if term.last_on < term.first_on:
        raise InvalidInput(("last_on", "before_first"))
    if term.last_on - term.first_on > LONGEST_TERM:
        raise InvalidInput(("last_on", "term_too_long"))
    if term.last_on < now().astimezone(lab.site.zone).date():
        raise InvalidInput(("last_on", "past"))
    return lab


def _changeable(actor: User, timetable_id: int) -> Timetable:
    timetable = get_timetable(actor, timetable_id, for_update=True)
    if not may_manage_lab(actor, timetable.lab_id):
        raise Forbidden
    if timetable.ended_at is not None:
        raise WrongState(state="ended")
    return timetable


def _class(one: Planned) -> TimetableClass:
    return TimetableClass(
        title=one.row.title,
        weekday=one.row.weekday,
        starts=one.row.starts,
        ends=one.row.ends,
        weeks=one.row.weeks,
        equipment_id=one.equipment_id,
        quantity=one.quantity,
    )


def _take(spans: Mapping[TimetableClass, Collection[Span]]) -> None:
    claims.replace(
        {
            source_of(one): [claims.Wanted(one.equipment_id, span, one.quantity) for span in its]
            for one, its in spans.items()
        }
    )


def _tell(event: type[E], timetable: Timetable, actor: User, **more: object) -> None:
    publish(
        event(
            actor_id=actor.id,
            subject_id=timetable.id,
            lab_id=timetable.lab_id,
            equipment_ids=tuple(sorted({one.equipment_id for one in timetable.classes})),
            name=timetable.name,
            **more,
        )
    )
