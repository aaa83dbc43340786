"""The list for the gate, and saying who comes."""

from datetime import date

from flask import flash, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts.models import Role
from app.accounts.viewer import person
from app.booking.pages.booking import BookingPage
from app.booking.pages.gate import GatePage
from app.booking.permissions import LAB_STAFF, may_change, may_see_the_gate
from app.booking.queries.bookings import get_booking
from app.booking.queries.visitors import latest_end
from app.booking.services.visitors import name_visitors
from app.booking.views.blueprint import Answer, blueprint, path_to
from app.booking.visitor_form import VisitorsForm
from app.core.clock import now
from app.core.errors import Forbidden, InvalidInput, NotFound, WrongState
from app.core.i18n import localized
from app.core.jalali import parse_date
from app.core.tables import csv_file, workbook_file
from app.inventory.models import Site
from app.inventory.queries.places import list_labs, list_sites
from app.web import access
from app.web.downloads import download
from app.web.once import do_once

gate_staff = access.requires(Role.ADMIN, Role.LIAISON, Role.GATE, *LAB_STAFF)
LONGEST_SEARCH = 100


@blueprint.get("/gate")
@gate_staff
def gate() -> Answer:
    """Today at the first site, unless another one or another day is named; `q` looks for a person."""
    return render_template("booking/gate.html", it=_gate_page())


@blueprint.get("/gate/list/<form>")
@gate_staff
def gate_file(form: str) -> Response:
    """The same as a table."""
    it = _gate_page()
    header = [_("Time"), _("Name"), _("Card or passport number"), _("Number plate")]
    header += [_("Organisation"), _("Where"), _("Phone")]
    rows = [
        [row.when, row.name, row.identity, row.plate, row.organisation, row.where, row.phones]
        for row in it.rows
    ]
    if form == "csv":
        return download(csv_file(header, rows), name="visitors", ending="csv")
    if form == "xlsx":
        return download(workbook_file(it.day.isoformat(), header, rows), name="visitors", ending="xlsx")
    raise NotFound


@blueprint.get("/bookings/<reference>/visitors")
@access.signed_in
def visitors(reference: str) -> Answer:
    page = _to_name(reference)
    return _visitors_page(page, VisitorsForm(formdata=None, data={"people": page.booking.people}))


@blueprint.post("/bookings/<reference>/visitors")
@access.signed_in
def keep_visitors(reference: str) -> Answer:
    page, form = _to_name(reference), VisitorsForm()
    if not form.validate():
        return _visitors_page(page, form, 422)
    who = page.who
    try:
        path = do_once(
            who.id, lambda: path_to(name_visitors(actor=who, reference=reference, visitors=form.visitors))
        )
    except InvalidInput as refused:
        form.take(refused)
        return _visitors_page(page, form, 422)
    flash(_("Saved. The gate has them on its list."))
    return redirect(path)


def _to_name(reference: str) -> BookingPage:
    who = person()
    booking = get_booking(who, reference)
    if not may_change(who, booking):
        raise Forbidden
    if latest_end(booking) <= now():
        raise WrongState
    return BookingPage.of(booking, who)


def _visitors_page(page: BookingPage, form: VisitorsForm, status: int = 200) -> Answer:
    form.with_blank_lines()
    return render_template("booking/visitors.html", it=page, form=form), status


def _gate_page() -> GatePage:
    sites = _sites()
    slug = request.args.get("site")
    site = next((one for one in sites if slug in (None, one.slug)), None)
    if site is None:
        raise NotFound
    today = now().astimezone(site.zone).date()
    return GatePage.of(site, sites, _day() or today, request.args.get("q", "")[:LONGEST_SEARCH].strip())


def _sites() -> list[Site]:
    """The sites whose gate this person may look at."""
    labs = list_labs()
    return sorted(
        (
            site
            for site in list_sites()
            if may_see_the_gate(person(), {lab.id for lab in labs if lab.site_id == site.id})
        ),
        key=localized,
    )


def _day() -> date | None:
    """The day in the address, in either calendar; None when there is none that can be read."""
    try:
        return parse_date(request.args.get("day", ""))
    except ValueError:
        return None
