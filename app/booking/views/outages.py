"""What cannot be used: the list, saying so, and looking after what had to give way."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.accounts.models import Role, User
from app.accounts.viewer import person
from app.booking.models import Outage, OutageKind
from app.booking.outage_form import OutageForm, UntilForm
from app.booking.pages.outages import FateRow, OutageRow, fates, state_text
from app.booking.permissions import LAB_STAFF, may_declare_outage
from app.booking.queries.outages import get_outage, list_outages, units_of
from app.booking.services.outages.change import change_outage, end_outage, repair_outage
from app.booking.services.outages.declare import declare_outage, foresee_outage
from app.booking.services.outages.plan import Trouble
from app.booking.views.blueprint import Answer, blueprint
from app.core.clock import now
from app.core.errors import InvalidInput, NotFound, WrongState
from app.inventory.models import Equipment, Lab, Site
from app.inventory.queries.equipment import list_of_labs
from app.inventory.queries.places import home_zone, list_labs
from app.web import access
from app.web.formats import number_text
from app.web.once import do_once

staff = access.requires(Role.ADMIN, Role.LIAISON, *LAB_STAFF)
declarers = access.requires(Role.ADMIN, Role.MANAGER, Role.TECHNICIAN)
PAGE = 30


@blueprint.get("/outages")
@staff
def outages() -> Answer:
    """What cannot be used now or later; `over`: what could not."""
    is_over = bool(request.args.get("over"))
    found = list_outages(
        person(), is_over=is_over, before=request.args.get("before", type=int), limit=PAGE + 1
    )
    older = (
        url_for("booking.outages", over=is_over or None, before=found[PAGE - 1].id)
        if len(found) > PAGE
        else None
    )
    return render_template(
        "booking/outages/index.html",
        rows=[OutageRow(one) for one in found[:PAGE]],
        is_over=is_over,
        may_declare=person().has_role(Role.ADMIN, Role.MANAGER, Role.TECHNICIAN),
        older=older,
    )


@blueprint.get("/outages/new")
@declarers
def new_outage() -> Answer:
    """What is known stands in the address: equipment, unit (its number), kind, from, to and reason."""
    form, zone = OutageForm(formdata=None), _zone_of(request.args.get("equipment", type=int))
    begins, ends = _typed("from"), _typed("to")
    begins = begins or now().astimezone(zone).replace(tzinfo=None)
    form.date.data, form.start.data = begins.date(), begins.time().replace(second=0, microsecond=0)
    if ends is not None:
        form.end_date.data, form.end.data = ends.date(), ends.time().replace(second=0, microsecond=0)
    if request.args.get("kind") in list(OutageKind):
        form.kind.data = request.args["kind"]
    if equipment_id := request.args.get("equipment", type=int):
        form.place.data = f"equipment:{equipment_id}"
    elif lab_id := request.args.get("lab", type=int):
        form.place.data = f"lab:{lab_id}"
    form.unit.data = request.args.get("unit", type=int)
    form.reason.data = request.args.get("reason", "")
    return _new_page(form)


@blueprint.post("/outages/new")
@declarers
def declare() -> Answer:
    """Look at what would happen, or let it happen."""
    who, form = person(), OutageForm()
    _offer(form, who)
    trouble = _trouble(form) if form.validate() else None
    if trouble is None:
        return _new_page(form, status=422)
    try:
        if request.form.get("step") != "declare":
            plan = foresee_outage(actor=who, trouble=trouble)
            return _new_page(form, fates(plan.hits, _zone(form)), held=len(plan.offers))
        path = do_once(who.id, lambda: _path_to(declare_outage(actor=who, trouble=trouble)))
    except InvalidInput as refused:
        form.take_end(refused)
        return _new_page(form, status=422)
    flash(_("Noted. Everybody concerned gets one letter."))
    return redirect(path)


@blueprint.get("/outages/<int:outage_id>")
@staff
def outage(outage_id: int) -> Answer:
    row = OutageRow(get_outage(person(), outage_id))
    form = UntilForm(formdata=None)
    if row.outage.ends_at is not None:
        local = row.outage.ends_at.astimezone(row.zone)
        form.end_date.data, form.end.data = local.date(), local.time()
    form.reason.data = row.outage.reason
    return _outage_page(row, form)


@blueprint.post("/outages/<int:outage_id>")
@declarers
def change_this_outage(outage_id: int) -> Answer:
    who = person()
    row, form = OutageRow(get_outage(who, outage_id)), UntilForm()
    ends_at = form.ends_at(row.zone) if form.validate() else None
    if any(form.wrong_fields()):
        return _outage_page(row, form, 422)
    try:
        path = do_once(
            who.id,
            lambda: _path_to(
                change_outage(actor=who, outage_id=outage_id, ends_at=ends_at, reason=form.reason.data or "")
            ),
        )
    except InvalidInput as refused:
        form.take_end(refused)
        return _outage_page(OutageRow(get_outage(who, outage_id)), form, 422)
    flash(_("Saved."))
    return redirect(path)


@blueprint.post("/outages/<int:outage_id>/end")
@declarers
def end_this_outage(outage_id: int) -> Answer:
    """It works again."""
    who = person()
    try:
        path = do_once(who.id, lambda: _path_to(end_outage(actor=who, outage_id=outage_id)))
    except WrongState:
        flash(_("This is over already."), "error")
        return redirect(url_for("booking.outage", outage_id=outage_id))
    flash(_("It can be used again."))
    return redirect(path)


@blueprint.post("/outages/<int:outage_id>/repair")
@declarers
def repair_this_outage(outage_id: int) -> Answer:
    """Look once more for places for what has none."""
    many = repair_outage(actor=person(), outage_id=outage_id)
    flash(
        ngettext(
            "%(shown)s date has a place now.",
            "%(shown)s dates have a place now.",
            many,
            shown=number_text(many),
        )
        if many
        else _("Nothing free was found.")
    )
    return redirect(url_for("booking.outage", outage_id=outage_id))


def _path_to(found: Outage) -> str:
    return url_for("booking.outage", outage_id=found.id)


def _places(who: User) -> tuple[Sequence[Equipment], list[Lab], list[Site]]:
    """What this person may say it of."""
    every = list_labs()
    labs = [lab for lab in every if may_declare_outage(who, {lab.id})]
    sites = {lab.site_id: lab.site for lab in labs}
    whole = [
        site
        for site in sites.values()
        if may_declare_outage(who, {lab.id for lab in every if lab.site_id == site.id})
    ]
    return list_of_labs([lab.id for lab in labs]), labs, whole


def _offer(form: OutageForm, who: User) -> None:
    form.offer(*_places(who))


def _trouble(form: OutageForm) -> Trouble | None:
    """What was typed; None where it cannot be read, which is said at its field."""
    zone = _zone(form)
    starts_at, ends_at = form.starts_at(zone), form.ends_at(zone)
    place = form.named
    unit_id = None
    if form.unit.data is not None:
        units = units_of(place.get("equipment_id", 0), form.unit.data)
        unit_id = units[0].id if units else 0
    if starts_at is None or any(form.wrong_fields()):
        return None
    return Trouble(
        kind=OutageKind(form.kind.data),
        starts_at=starts_at,
        ends_at=ends_at,
        unit_id=unit_id,
        quantity=form.number.data,
        reason=form.reason.data or "",
        **place,
    )


def _zone(form: OutageForm) -> ZoneInfo:
    """The zone of the place that was chosen."""
    equipment, labs, sites = _places(person())
    found = {
        **{f"equipment:{one.id}": one.lab.site for one in equipment},
        **{f"lab:{lab.id}": lab.site for lab in labs},
        **{f"site:{site.id}": site for site in sites},
    }
    site = found.get(str(form.place.data))
    if site is None:
        raise NotFound
    return site.zone


def _zone_of(equipment_id: int | None) -> ZoneInfo:
    equipment, labs, _sites = _places(person())
    found = next((one.lab.site.zone for one in equipment if one.id == equipment_id), None)
    return found or (labs[0].site.zone if labs else home_zone())


def _typed(name: str) -> datetime | None:
    """A local time of the address; None when there is none that can be read."""
    try:
        return datetime.fromisoformat(request.args.get(name, "")).replace(tzinfo=None)
    except ValueError:
        return None


def _new_page(
    form: OutageForm, rows: Sequence[FateRow] | None = None, *, held: int = 0, status: int = 200
) -> Answer:
    equipment, labs, sites = _places(person())
    form.offer(equipment, labs, sites)
    if not labs:
        raise NotFound
    return render_template(
        "booking/outages/new.html",
        form=form,
        rows=rows,
        held=held,
        first_weekday=labs[0].site.first_weekday,
    ), status


def _outage_page(row: OutageRow, form: UntilForm, status: int = 200) -> Answer:
    site = row.place.lab.site if isinstance(row.place, Equipment) else row.place
    first_weekday = (site.site if isinstance(site, Lab) else site).first_weekday
    return render_template(
        "booking/outages/show.html",
        it=row,
        form=form,
        may_change=row.may_change(person()) and not row.is_over,
        first_weekday=first_weekday,
        state_text=state_text,
    ), status
