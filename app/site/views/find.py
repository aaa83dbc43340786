"""Find a time: say what, how long and when; see what fits, earliest first."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from flask import render_template, request
from flask_babel import gettext as _

from app.accounts.viewer import viewer
from app.booking.services.wishes import remember_wish
from app.core.clock import now
from app.core.i18n import localized
from app.core.spans import Span
from app.core.zones import day_span
from app.demand.models import MissReason
from app.demand.rules.wishes import Wanted
from app.inventory.models import EquipmentStatus, Lab
from app.inventory.queries.places import list_labs
from app.inventory.queries.search import Found, search_equipment
from app.site.find import Fit, find_times
from app.site.forms import FindForm
from app.site.views.blueprint import blueprint
from app.web import access

USUAL_LENGTH = 120
USUAL_DAYS = 7
MOST_DAYS = 60
SHOWN = 20


@blueprint.get("/find")
@access.public
def find() -> str:
    """Without words: every instrument of the lab. An empty answer to somebody's company is remembered."""
    labs = list_labs()
    form = _form(labs)
    valid = form.validate()
    zone = labs[0].site.zone if labs else ZoneInfo("UTC")
    found, fits, window = None, [], None
    if valid and labs:
        window = _window(form, zone)
        found = _search(form, labs)
        fits = find_times(
            found.items, window, minutes=form.length.data or USUAL_LENGTH, quantity=form.quantity.data or 1
        )
        if request.args.get("q") and not any(fit.spans for fit in fits):
            _remember(form, window, fits)
    return render_template(
        "site/find.html",
        form=form,
        found=found,
        fits=[fit for fit in fits if fit.spans],
        close=[fit for fit in fits if not fit.spans],
        window=window,
        zone=zone,
        first_weekday=labs[0].site.first_weekday if labs else 0,
        minutes=form.length.data or USUAL_LENGTH,
        quantity=form.quantity.data or 1,
    )


def _form(labs: list[Lab]) -> FindForm:
    today = now().astimezone(labs[0].site.zone).date() if labs else now().date()
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


def _search(form: FindForm, labs: list[Lab]) -> Found:
    lab = next((one for one in labs if one.slug == form.lab.data), None)
    return search_equipment(
        viewer(), q=form.q.data or "", lab=lab, status=EquipmentStatus.IN_SERVICE, size=SHOWN
    )


def _remember(form: FindForm, window: Span, fits: list[Fit]) -> None:
    """Somebody's company looked for this and there was none: that is demand."""
    person = viewer()
    if person is None:
        return
    one = fits[0].equipment if len(fits) == 1 else None
    wanted = Wanted(
        minutes=form.length.data or USUAL_LENGTH,
        quantity=form.quantity.data or 1,
        window=window,
        equipment_id=one.id if one else None,
        category_id=one.category_id if one else None,
        lab_id=one.lab_id if one else None,
        query=form.q.data or "",
    )
    remember_wish(actor=person, wanted=wanted, reason=MissReason.NONE_FREE)
