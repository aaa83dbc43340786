"""What today and the next days bring to who has signed in."""

from itertools import groupby

from flask import render_template

from app.core.clock import now
from app.inventory.queries.places import home_zone
from app.site.views.blueprint import blueprint
from app.web import access
from app.web.my_day import lines


@blueprint.get("/my-day")
@access.signed_in
def my_day() -> str:
    """What waits, then day by day in order of time, then what was decided; each with its next step."""
    home = home_zone()
    found = lines(home)
    timed = sorted(
        ((line.at.astimezone(line.zone or home), line) for line in found if line.at), key=lambda one: one[0]
    )
    today = now().astimezone(home).date()
    return render_template(
        "site/my_day.html",
        today=today,
        waits=[line for line in found if line.at is None and not line.is_news],
        days=[
            (day, [line for _at, line in group])
            for day, group in groupby(timed, key=lambda one: max(today, one[0].date()))
        ],
        news=[line for line in found if line.is_news],
    )
