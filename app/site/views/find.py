"""Find a time: say what, how long and when; see what fits, earliest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypedDict
from zoneinfo import ZoneInfo

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from app.accounts.models import UserClass
from app.accounts.viewer import person as signed_in_person
from app.accounts.viewer import viewer
from app.booking.errors import StillFree
from app.booking.pages.checked import filled_in
from app.booking.permissions import is_of_the_university
from app.booking.rules.facts import Want
from app.booking.services.free import Free, list_free, list_together
from app.booking.services.misses import remember_search, report_too_late
from app.booking.services.wishes import wanted_of
from app.booking.wording import MODES
from app.core.clock import now
from app.core.errors import InvalidInput
from app.core.i18n import localized
from app.core.spans import Span
from app.core.text import isolated
from app.core.zones import BadLocalTime, day_span, to_utc
from app.inventory.models import Equipment, Lab, Mode
from app.inventory.queries.places import home_zone, labs_at_home, list_labs
from app.inventory.queries.search import list_equipment, mended
from app.site.find import Fit, earliest_first, fits_of
from app.site.forms import FindForm, TooLateForm
from app.site.views.blueprint import blueprint
from app.web import access
from app.web.formats import day_text, span_text

TOO_LATE_REFUSED = {
    ("to", "past"): _l("This day is past."),
    ("needed_on", "past"): _l("This day is past."),
    ("to", "too_soon"): _l("The length you searched for does not fit before this day."),
    ("needed_on", "too_soon"): _l("The length you searched for does not fit before this day."),
    ("needed_on", "no_search"): _l("Search for something first."),
    ("needed_at", "no_such_time"): _l("The clocks change then: choose another time."),
    ("organisation", "choose"): _l("Choose for which organisation you ask."),
    ("organisation", "join"): _l(
        "You belong to no organisation yet. Ask its administrator to invite you, or register it."
    ),
}

USUAL_LENGTH = 120
USUAL_DAYS = 7
MOST_DAYS = 60
SHOWN = 20
"""A page."""
MOST_TOGETHER = 6
MOST = 1000
"""How much equipment is looked at; beyond that somebody has to say more of what they need."""


@blueprint.get("/find")
@access.public
def find() -> str:
    """Without words: every instrument of the lab. An empty answer to somebody's company is remembered."""
    return _page(_too_late_form(None))


@blueprint.post("/find/too-late")
@access.signed_in
def too_late() -> str | Response | tuple[str, int]:
    """What was searched for (in the address) is needed by a day on which it is not to be had."""
    form = _too_late_form(request.form)
    if not form.validate():
        return _page(form), 422
    try:
        said = _report(form)
    except StillFree as free:
        zone = home_zone()
        form.needed_on.errors = [
            _(
                "It is not too late: %(when)s is still free, before you need it.",
                when=span_text(free.span, zone),
            )
        ]
        return _page(form), 422
    except InvalidInput as refused:
        form.take(refused, TOO_LATE_REFUSED)
        return _page(form), 422
    flash(said)
    return redirect(f"{url_for('site.find')}?{request.query_string.decode()}")


def _page(too_late_form: TooLateForm) -> str:
    labs = list_labs()
    form = _form(labs)
    zone, page = _zone(labs), max(1, request.args.get("page", 1, type=int))
    looked_at: Sequence[Equipment] = ()
    window, free, fits, meant = None, list[Free](), list[Fit](), None
    valid, wish, mode = form.validate(), _wish(form), form.mode.data or None
    together: Together | None = None
    if valid and labs:
        window, lab = _window(form, zone), _lab(form, labs)
        looked_at = list_equipment(viewer(), q=form.q.data or "", lab=lab, limit=MOST)
        looked_at = [one for one in looked_at if mode in (None, *one.modes)]
        free = _free(looked_at, window, wish, mode, form.samples.data)
        shown = free[(page - 1) * SHOWN : page * SHOWN]
        fits = fits_of(viewer(), shown, window, quantity=wish["quantity"], mode=mode)
        together = _together(window, wish["minutes"], mode)
        meant = mended(viewer(), form.q.data or "") if not looked_at else None
        # A slip of the hand is not something that the region lacks.
        if form.q.data and len(looked_at) < MOST and not meant:
            _remember(form, window, lab, free)
    return render_template(
        "site/find.html",
        form=form,
        too_late=too_late_form if valid and form.q.data else None,
        person=viewer(),
        any_called_that=bool(looked_at),
        meant=meant,
        fitting=sum(bool(one.spans) for one in free),
        fits=[fit for fit in fits if fit.spans],
        close=[fit for fit in fits if not fit.spans],
        page_number=page,
        has_more=len(free) > page * SHOWN,
        window=window,
        zone=zone,
        mode=mode,
        together=together,
        first_weekday=labs_at_home(labs)[0].site.first_weekday if labs else 0,
        **wish,
    )


@dataclass(frozen=True)
class Together:
    """Several things at once: when all of them could be had."""

    equipment: Sequence[Equipment]
    spans: Sequence[Span]
    zone: ZoneInfo
    mode: str | None

    def fill_in(self, span: Span) -> str:
        """The query of the request page for the first of a span."""
        return filled_in([Want(one.id) for one in self.equipment], span, self.zone, self.mode)


def _together(window: Span, minutes: int, mode: str | None) -> Together | None:
    """What was ticked to be had together; None where that is not several."""
    ids = request.args.getlist("with", type=int)[:MOST_TOGETHER]
    equipment = list_equipment(viewer(), ids=ids, limit=MOST_TOGETHER) if len(ids) > 1 else ()
    if len(equipment) < 2 or len({one.lab.site_id for one in equipment}) > 1:
        return None
    found = list_together(
        equipment=equipment,
        window=window,
        minutes=minutes,
        is_internal=is_of_the_university(viewer()),
        mode=mode,
    )
    spans = [span.starting(minutes) for span in found]
    return Together(equipment, spans, equipment[0].lab.site.zone, mode)


class Wish(TypedDict):
    """How long and how many, as the search takes it."""

    minutes: int
    quantity: int


def _free(
    looked_at: Sequence[Equipment], window: Span, wish: Wish, mode: str | None, samples: int | None
) -> list[Free]:
    return earliest_first(
        list_free(
            equipment=looked_at,
            window=window,
            is_internal=is_of_the_university(viewer()),
            mode=mode,
            samples=samples if mode == Mode.SAMPLES else None,
            **wish,
        )
    )


def _wish(form: FindForm) -> Wish:
    return {"minutes": form.length.data or USUAL_LENGTH, "quantity": form.quantity.data or 1}


def _zone(labs: Sequence[Lab]) -> ZoneInfo:
    """The zone in which days are meant; the labs have been read anyway."""
    return labs_at_home(labs)[0].site.zone if labs else home_zone()


def _form(labs: Sequence[Lab]) -> FindForm:
    today = now().astimezone(_zone(labs)).date()
    form = FindForm(
        request.args or None,
        data={
            "length": USUAL_LENGTH,
            "quantity": 1,
            "since": today,
            "until": today + timedelta(days=USUAL_DAYS),
        },
    )
    form.mode.choices = [("", _("Any way")), *((mode.value, words) for mode, words in MODES.items())]
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


def _too_late_form(sent: MultiDict[str, str] | None) -> TooLateForm:
    form, person = TooLateForm(sent), viewer()
    own = [one.organisation for one in person.memberships] if person else []
    form.organisation.choices = [(str(one.id), one.name) for one in own]
    return form


def _report(form: TooLateForm) -> str:
    """Remember it; what is said to whom it is remembered for."""
    actor, labs, zone = signed_in_person(), list_labs(), home_zone()
    search = _form(labs)
    if not search.validate() or not search.q.data or form.needed_on.data is None:
        raise InvalidInput(("needed_on", "no_search"))
    needed_by = _needed_by(form.needed_on.data, form.needed_at.data, zone)
    start, lab = _window(search, zone).start, _lab(search, labs)
    if needed_by <= start:
        raise InvalidInput(("needed_on", "past" if needed_by <= now() else "too_soon"))
    looked_at = list_equipment(actor, q=search.q.data, lab=lab, limit=MOST)
    new = report_too_late(
        actor=actor,
        wanted=wanted_of(
            window=Span(start, needed_by),
            equipment=looked_at[0] if len(looked_at) == 1 else None,
            lab=lab,
            query=search.q.data,
            **_wish(search),
        ),
        equipment=looked_at,
        organisation_id=int(form.organisation.data) if form.organisation.data else None,
        note=form.note.data or "",
    )
    if new:
        said: str = _(
            "Remembered: the university sees that “%(what)s” was needed by %(when)s.",
            what=isolated(search.q.data),
            when=day_text(needed_by - timedelta(minutes=1), zone),
        )
    elif actor.grants or any(one.organisation.user_class is UserClass.INTERNAL for one in actor.memberships):
        said = _("Thank you. Wishes of the university’s own people are not counted.")
    else:
        said = _("This is remembered already: once a day is enough.")
    return said


def _needed_by(day: date, at: time | None, zone: ZoneInfo) -> datetime:
    """Without a time: the end of the day."""
    if at is None:
        return day_span(day, zone).end
    try:
        return to_utc(datetime.combine(day, at), zone)
    except BadLocalTime as bad:
        raise InvalidInput(("needed_at", "no_such_time")) from bad
