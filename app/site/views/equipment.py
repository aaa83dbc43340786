"""An equipment: what it is, its week, when it is free, and what it asks of a booking."""

from datetime import timedelta

from flask import render_template, request

from app.accounts.viewer import viewer
from app.agreements.models import PaperKind
from app.agreements.wording import PAPERS
from app.booking.permissions import is_of_the_university, may_declare_outage
from app.booking.services.free import Known, free_of, known_of
from app.booking.services.nudge import usual_answer_minutes
from app.booking.wording import MODES
from app.core.clock import now
from app.core.jalali import parse_date, week_start
from app.core.spans import Span
from app.donations.pages.given import gifts_shown_to
from app.inventory.models import Equipment, EquipmentStatus, Mode
from app.inventory.pages.upkeep import FaultRow
from app.inventory.queries.attachments import list_attachments
from app.inventory.queries.equipment import get_equipment
from app.inventory.queries.faults import list_known
from app.inventory.queries.requirements import list_both_ways
from app.inventory.requirement_wording import number_said
from app.inventory.rules.faults import may_break
from app.site.calendar import week_of_one, week_span
from app.site.views.blueprint import blueprint
from app.web import access

LOOK_AHEAD = timedelta(days=14)
WORTH_COMING = 60
"""Minutes. Shorter gaps are not offered as the next free time, where the lab lends longer ones."""


@blueprint.get("/equipment/<int:equipment_id>")
@access.public
def equipment(equipment_id: int) -> str:
    """`week` is any day of the week to show, in either calendar."""
    found = get_equipment(viewer(), equipment_id)
    site = found.lab.site
    today = now().astimezone(site.zone).date()
    try:
        day = parse_date(request.args.get("week", ""))
    except ValueError:
        day = today
    first = week_start(day, site.first_weekday)
    window = Span(now(), now() + LOOK_AHEAD)
    is_internal = is_of_the_university(viewer())
    known = known_of([found], window, is_internal=is_internal, hours_in=week_span(first, found))
    rules = known.things[found.id].rules
    along, needed_by = list_both_ways(found.id)
    return render_template(
        "site/equipment.html",
        equipment=found,
        attachments=list_attachments(found.id),
        week=week_of_one(viewer(), found, first, known.things[found.id]),
        first=first,
        last=first + timedelta(days=6),
        before=first - timedelta(days=7),
        after=first + timedelta(days=7),
        today=today,
        now=now(),
        rules=rules,
        usual_answer=usual_answer_minutes(found.lab) if rules.needs_approval else None,
        papers=[str(PAPERS[PaperKind(kind)]) for kind in rules.needs_papers],
        modes={mode: MODES[Mode(mode)] for mode in found.modes},
        along=along,
        needed_by=needed_by,
        number_said=number_said,
        gifts=gifts_shown_to(viewer(), found.units),
        may_declare_outage=(who := viewer()) is not None and may_declare_outage(who, {found.lab_id}),
        known_faults=[FaultRow(one) for one in list_known(found.id)] if viewer() is not None else [],
        may_report=viewer() is not None and _may_break(found),
        free=_next_free(found, known, window, min(rules.max_minutes, max(rules.min_minutes, WORTH_COMING))),
    )


def _may_break(equipment: Equipment) -> bool:
    return equipment.status is not EquipmentStatus.RETIRED and may_break(equipment.kind)


def _next_free(equipment: Equipment, known: Known, window: Span, minutes: int) -> Span | None:
    """The first time at which it could be booked within the window."""
    return next(iter(free_of(equipment, known, window, minutes, spans=1).spans), None)
