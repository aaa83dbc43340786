"""A lab: where it is, when it is open, who works there, what it has."""

from flask import render_template

from app.accounts.viewer import viewer
from app.inventory.queries.places import get_lab_by_slug
from app.inventory.queries.search import search_equipment
from app.inventory.rules.week import a_day_of, weekdays_from
from app.inventory.views.blueprint import blueprint
from app.inventory.wording import EQUIPMENT_STATUSES
from app.web import access


@blueprint.get("/labs/<slug>")
@access.public
def lab(slug: str) -> str:
    found = get_lab_by_slug(slug)
    return render_template(
        "inventory/lab.html",
        lab=found,
        week=[
            (a_day_of(weekday), [hours for hours in found.hours if hours.weekday == weekday])
            for weekday in weekdays_from(found.site.first_weekday)
        ],
        statuses=EQUIPMENT_STATUSES,
        found=search_equipment(viewer(), lab=found, size=100),
    )
