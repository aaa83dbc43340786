"""Find a time: say what, how long and when; see what fits, earliest first."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TypedDict
from zoneinfo import ZoneInfo

from flask import render_template, request
from flask_babel import gettext as _

from app.accounts.viewer import viewer
from app.booking.services.free import Free, list_free
from app.booking.services.misses import remember_search
from app.booking.services.wishes import wanted_of
from app.core.clock import now
from app.core.i18n import localized
from app.core.spans import Span
from app.core.zones import day_span
from app.inventory.models import Equipment, Lab
from app.inventory.queries.places import home_zone, labs_at_home, list_labs
from app.inventory.queries.search import list_equipment
from app.site.find import Fit, earliest_first, fits_of
from app.site.forms import FindForm
from app.site.views.blueprint import blueprint
from app.web import access

USUAL_LENGTH = 120
USUAL_DAYS = 7
MOST_DAYS = 60
SHOWN = 20
"""A page."""
MOST = 1000
"""How much equipment is looked at; beyond that somebody has to say more of what they need."""


@blueprint.get("/find")
@access.public
def find() -> str:
    """Without words: every instrument of the lab. An empty answer to somebody's company is remembered."""
    labs = list_labs()
    form = _form(labs)
    zone, page = home_zone(), max(1, request.args.get("page", 1, type=int))
    looked_at: Sequence[Equipment] = ()
    window, free, fits = None, list[Free](), list[Fit]()
    valid, wish = form.validate(), _wish(form)
    if valid and labs:
        window, lab = _window(form, zone), _lab(form, labs)
        looked_at = list_equipment(viewer(), q=form.q.data or "", lab=lab, limit=MOST)
        free = earliest_first(list_free(equipment=looked_at, window=window, **wish))
        fits = fits_of(free[(page - 1) * SHOWN : page * SHOWN], window, **wish)
        if form.q.data and len(looked_at) < MOST:
            _remember(form, window, lab, free)
    return render_template(
        "site/find.html",
        form=form,
        any_called_that=bool(looked_at),
        fitting=sum(bool(one.spans) for one in free),
        fits=[fit for fit in fits if fit.spans],
        close=[fit for fit in fits if not fit.spans],
        page_number=page,
        has_more=len(free) > page * SHOWN,
        window=window,
        zone=zone,
        first_weekday=labs_at_home(labs)[0].site.first_weekday if labs else 0,
        **wish,
    )


class Wish(TypedDict):
    """How long and how many, as the search takes it."""

    minutes: int
    quantity: int


def _wish(form: FindForm) -> Wish:
    return {"minutes": form.length.data or USUAL_LENGTH, "quantity": form.quantity.data or 1}


def _form(labs: Sequence[Lab]) -> FindForm:
    today = now().astimezone(home_zone()).date()
    form = FindForm(
        request.args or None,
        data={
            "length": USUAL_LENGTH,
            "quantity": 1,
            "since": today,
            "until": today + timedelta(days=USUAL_DAYS),
        },
    )
    form.lab.choices = [("", _("All labs")), *((lab.slug, localized(lab)) for lab in labs)]
    for field, usual in ((form.length, USUAL_LENGTH), (form.since, today)):
        if not field.errors and field.data is None and not field.typed:
            field.data = usual
    if form.until.data is None and not form.until.typed:
        form.until.data = (form.since.data or today) + timedelta(days=USUAL_DAYS)
    return form


def _window(form: FindForm, zone: ZoneInfo) -> Span:
    """From the first day to the end of the last; an end before the beginning is a week."""
    first: date = form.since.data or now().astimezone(zone).date()
    last: date = form.until.data or first
    if not first <= last <= first + timedelta(days=MOST_DAYS):
        last = first + timedelta(days=USUAL_DAYS)
    return Span(day_span(first, zone).start, day_span(last, zone).end)


def _lab(form: FindForm, labs: Sequence[Lab]) -> Lab | None:
    return next((one for one in labs if one.slug == form.lab.data), None)


def _remember(form: FindForm, window: Span, lab: Lab | None, free: Sequence[Free]) -> None:
    """Somebody's company looked for this and there was none: that is demand."""
    person = viewer()
    if person is None:
        return
    one = free[0].equipment if len(free) == 1 else None
    searched = wanted_of(window=window, equipment=one, lab=lab, query=form.q.data or "", **_wish(form))
    remember_search(actor=person, searched=searched, found=free)
