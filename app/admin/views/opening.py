"""Hours that differ: of a lab on single days, and of one equipment every week."""

from datetime import date

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts.models import Role
from app.accounts.viewer import person
from app.admin.accepting import accepted
from app.admin.managed import managed_equipment, managed_lab
from app.admin.place_forms import DatedHoursForm, HoursForm
from app.core.clock import now
from app.core.errors import NotFound
from app.inventory.models import Equipment, Lab
from app.inventory.queries.hours import list_dated_hours, list_equipment_hours
from app.inventory.rules.week import openings_text
from app.inventory.services.hours import drop_dated_hours, set_dated_hours, set_equipment_hours
from app.web import access

blueprint = Blueprint("admin_opening", __name__, url_prefix="/admin/hours", template_folder="../templates")
managers = access.requires(Role.ADMIN, Role.MANAGER)

Answer = str | Response | tuple[str, int]


@blueprint.get("/lab/<int:lab_id>")
@managers
def days(lab_id: int) -> Answer:
    return _days_page(managed_lab(lab_id), DatedHoursForm(formdata=None))


@blueprint.post("/lab/<int:lab_id>")
@managers
def put_day(lab_id: int) -> Answer:
    lab, form = managed_lab(lab_id), DatedHoursForm()
    if accepted(form, lambda: set_dated_hours(actor=person(), lab_id=lab_id, **form.values())):
        return _saved(url_for("admin_opening.days", lab_id=lab_id))
    return _days_page(lab, form), 422


@blueprint.post("/lab/<int:lab_id>/<on>/remove")
@managers
def drop_day(lab_id: int, on: str) -> Answer:
    managed_lab(lab_id)
    try:
        day = date.fromisoformat(on)
    except ValueError:
        raise NotFound from None
    drop_dated_hours(actor=person(), lab_id=lab_id, on=day)
    return _saved(url_for("admin_opening.days", lab_id=lab_id))


@blueprint.get("/equipment/<int:equipment_id>")
@managers
def equipment(equipment_id: int) -> Answer:
    found = managed_equipment(equipment_id)
    return _equipment_page(found, HoursForm.of(list_equipment_hours(equipment_id), formdata=None))


@blueprint.post("/equipment/<int:equipment_id>")
@managers
def put_hours(equipment_id: int) -> Answer:
    found, form = managed_equipment(equipment_id), HoursForm.of(list_equipment_hours(equipment_id))
    if accepted(
        form, lambda: set_equipment_hours(actor=person(), equipment_id=equipment_id, hours=form.hours())
    ):
        return _saved(url_for("admin_opening.equipment", equipment_id=equipment_id))
    return _equipment_page(found, form), 422


def _saved(address: str) -> Response:
    flash(_("Saved."))
    return redirect(address)


def _days_page(lab: Lab, form: DatedHoursForm) -> str:
    today = now().astimezone(lab.site.zone).date()
    days = [(day, openings_text(day.openings)) for day in list_dated_hours(lab.id, first=today)]
    return render_template("admin/days.html", lab=lab, form=form, days=days)


def _equipment_page(found: Equipment, form: HoursForm) -> str:
    return render_template("admin/equipment_hours.html", equipment=found, lab=found.lab, form=form)
