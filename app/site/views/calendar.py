"""The shared calendar: a day of all labs, a week, a month, or a list."""

from collections.abc import Mapping
from datetime import date, timedelta

from flask import render_template, request

from app.accounts.viewer import viewer
from app.core.clock import now
from app.core.errors import NotFound
from app.core.jalali import parse_date, week_start
from app.inventory.models import Lab
from app.inventory.queries.places import find_lab, labs_at_home, list_labs
from app.site import calendar as shown
from app.site.months import month_around
from app.site.views.blueprint import blueprint
from app.web import access

VIEWS = ("day", "week", "month", "list")


@blueprint.get("/calendar")
@access.public
def calendar() -> str:
    """The calendar of one lab (`lab`), or of all of a site; `date` in either calendar; `view`."""
    labs = list_labs()
    if not labs:
        return render_template("site/calendar_empty.html")
    lab = _lab()
    here = [lab] if lab else labs_at_home(labs)
    site = here[0].site
    today = now().astimezone(site.zone).date()
    day, view = _day(today), _view()
    common = {"labs": labs, "lab": lab, "site": site, "day": day, "today": today, "view": view, "now": now()}
    return DRAW[view](here, day, common)


def _draw_day(here: list[Lab], day: date, common: Mapping[str, object]) -> str:
    found = shown.day_of(viewer(), here, day, now())
    return render_template(
        "site/calendar_list.html" if common["view"] == "list" else "site/calendar_day.html",
        found=found,
        previous=day - timedelta(days=1),
        following=day + timedelta(days=1),
        **common,
    )


def _draw_week(here: list[Lab], day: date, common: Mapping[str, object]) -> str:
    first = week_start(day, here[0].site.first_weekday)
    days = [first + timedelta(days=n) for n in range(7)]
    found = shown.days_of(viewer(), here, days)
    return render_template(
        "site/calendar_week.html",
        found=found,
        previous=first - timedelta(days=7),
        following=first + timedelta(days=7),
        **common,
    )


def _draw_month(here: list[Lab], day: date, common: Mapping[str, object]) -> str:
    month = month_around(day, here[0].site.first_weekday)
    found = shown.days_of(viewer(), here, month.days)
    return render_template(
        "site/calendar_month.html",
        found={one.day: one for one in found},
        month=month,
        previous=month.previous,
        following=month.following,
        **common,
    )


DRAW = {"day": _draw_day, "list": _draw_day, "week": _draw_week, "month": _draw_month}


def _lab() -> Lab | None:
    slug = request.args.get("lab")
    if not slug:
        return None
    lab = find_lab(slug)
    if lab is None:
        raise NotFound
    return lab


def _view() -> str:
    view = request.args.get("view", "day")
    return view if view in VIEWS else "day"


def _day(today: date) -> date:
    """The day asked for; one that cannot be read is today."""
    try:
        return parse_date(request.args.get("date", ""))
    except ValueError:
        return today
