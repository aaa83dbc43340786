"""The first page: what this is, what is going on right now, and where to go."""

from flask import render_template

from app.accounts.viewer import viewer
from app.core.clock import now
from app.inventory.permissions import may_manage_places
from app.inventory.queries.equipment import list_of_labs
from app.inventory.queries.places import labs_at_home, list_labs
from app.inventory.queries.search import search_equipment
from app.site.calendar import day_of
from app.site.views.blueprint import blueprint
from app.web import access

ROWS = 5
"""How many instruments the live drawing shows: the busiest of the day."""


@blueprint.get("/")
@access.public
def home() -> str:
    here = labs_at_home(list_labs())
    found = None
    if here:
        equipment = list_of_labs([lab.id for lab in here])
        today = now().astimezone(here[0].site.zone).date()
        found = day_of(viewer(), equipment, today, now(), rows="name") if equipment else None
    rows = [(line.equipment, line.row) for line in found.lines] if found else []
    rows.sort(key=lambda pair: -sum(bar.entry is not None for bar in pair[1].bars))
    return render_template(
        "site/home.html",
        may_set_up=(who := viewer()) is not None and may_manage_places(who),
        university=here[0].site.organisation if here else None,
        found=found,
        rows=rows[:ROWS],
        free_now=sum(row.free_from is not None and row.free_from <= now() for _, row in rows),
        shown=len(rows),
        total=search_equipment(viewer(), size=1).total,
        now=now(),
    )
