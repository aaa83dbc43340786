"""The shared calendar: a day or a week of many rows, a month, or a list."""

from collections.abc import Mapping
from datetime import date, timedelta
from urllib.parse import urlencode

from flask import render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from app.accounts.viewer import viewer
from app.core.clock import now
from app.core.jalali import week_start
from app.inventory.queries.categories import tree
from app.inventory.queries.places import list_labs
from app.site import calendar as shown
from app.site.calendar.chosen import labs_worked_in
from app.site.months import month_around
from app.site.views.blueprint import blueprint
from app.web import access
from app.web.conditional import Version, respond

SIZES = {"day": 200, "week": 60, "month": 1000, "list": 1000}
"""How much equipment stands on a page."""
A_WEEK = timedelta(days=7)


@blueprint.get("/calendar")
@access.public
def calendar() -> str | Response:
    """The view that the address names (calendar.chosen). `part` asks for what stands below the bar alone,
    and only if it has changed: open pages look again by it.
    """
    labs = list_labs()
    if not labs:
        return render_template("site/calendar/empty.html")
    chosen = shown.Chosen.of(request.args, labs, viewer(), now())
    version = shown.version_of(viewer(), chosen, now())
    if "part" in request.args:
        return respond(
            Version(version, now()),
            lambda: _body(chosen).encode(),
            content_type="text/html; charset=utf-8",
            headers={},
        )
    return render_template(
        "site/calendar/page.html",
        chosen=chosen,
        body=Markup(_body(chosen)),  # noqa: S704 - a template's own output
        version=version,
        part=f"{url_for('site.calendar')}?{urlencode({'part': 1} | chosen.query(page=chosen.page))}",
        labs=labs,
        works_in=labs_worked_in(viewer(), labs),
        categories=tree(),
        site=chosen.labs[0].site,
        **_around(chosen),
    )


def _around(chosen: shown.Chosen) -> dict[str, object]:
    """What stands on the bar: the days shown, and a day before and after them."""
    day, first_weekday = chosen.day, chosen.labs[0].site.first_weekday
    if chosen.view == "month":
        month = month_around(day, first_weekday)
        return {"first": month.first, "previous": month.previous, "following": month.following}
    if chosen.view == "day":
        return {"first": day, "previous": day - timedelta(days=1), "following": day + timedelta(days=1)}
    first = week_start(day, first_weekday) if chosen.view == "week" else day
    return {"first": first, "previous": first - A_WEEK, "following": first + A_WEEK}


def _body(chosen: shown.Chosen) -> str:
    found = shown.shown_by(viewer(), chosen, now(), size=SIZES[chosen.view])
    drawn = DRAW[chosen.view](chosen, found) if found.equipment else {}
    return render_template(
        BODIES[chosen.view] if found.equipment else "site/calendar/_none.html",
        chosen=chosen,
        found=found,
        site=chosen.labs[0].site,
        now=now(),
        **drawn,
    )


def _day(chosen: shown.Chosen, found: shown.Shown) -> Mapping[str, object]:
    return {"it": shown.day_of(viewer(), found.equipment, chosen.day, now(), rows=chosen.rows)}


def _week(chosen: shown.Chosen, found: shown.Shown) -> Mapping[str, object]:
    first = week_start(chosen.day, chosen.labs[0].site.first_weekday)
    return {"it": shown.week_of(viewer(), found.equipment, first)}


def _month(chosen: shown.Chosen, found: shown.Shown) -> Mapping[str, object]:
    month = month_around(chosen.day, chosen.labs[0].site.first_weekday)
    return {"days": shown.days_of(viewer(), found.equipment, month.days), "month": month}


def _list(chosen: shown.Chosen, found: shown.Shown) -> Mapping[str, object]:
    days: list[date] = [chosen.day + timedelta(days=n) for n in range(A_WEEK.days)]
    return {"days": shown.days_of(viewer(), found.equipment, days)}


BODIES = {
    "day": "site/calendar/_day.html",
    "week": "site/calendar/_week.html",
    "month": "site/calendar/_month.html",
    "list": "site/calendar/_list.html",
}
DRAW = {"day": _day, "week": _week, "month": _month, "list": _list}
