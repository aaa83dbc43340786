"""Plans of maintenance: what is due, what was done, and the plans themselves."""

from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts.models import Role
from app.accounts.viewer import person
from app.admin.accepting import accepted
from app.admin.upkeep_forms import DoneForm, NewPlanForm, PlanForm
from app.admin.views.faults import chosen_lab
from app.core.errors import NotFound, WrongState
from app.inventory.models import MaintenancePlan
from app.inventory.pages.upkeep import PlanRow
from app.inventory.permissions import may_keep_maintenance
from app.inventory.queries.equipment import get_equipment, list_of_labs
from app.inventory.queries.maintenance import get_plan, list_due, list_plans
from app.inventory.queries.places import list_served_labs
from app.inventory.services.maintenance import carry_out, change_plan, plan_maintenance, retire_plan
from app.inventory.upkeep_wording import UPKEEP_REFUSED
from app.web import access
from app.web.forms import BaseForm

blueprint = Blueprint(
    "admin_maintenance", __name__, url_prefix="/admin/maintenance", template_folder="../templates"
)
staff = access.requires(Role.ADMIN, Role.MANAGER, Role.TECHNICIAN)
PAGE = 50

Answer = str | Response | tuple[str, int]


@blueprint.get("")
@staff
def index() -> Answer:
    """What has to be done, the most urgent first; `over`: plans that do not count any more."""
    labs, lab = chosen_lab()
    is_over = bool(request.args.get("over"))
    if is_over:
        found = list_plans(person(), lab_id=lab.id if lab else None, is_retired=True)
    else:
        ids = [lab.id] if lab else [one.id for one in labs]
        found = list_due(person(), lab_ids=ids, after=_after(), limit=PAGE + 1)
    more = None
    if not is_over and len(found) > PAGE:
        last = found[PAGE - 1]
        after = f"{last.due_on}.{last.id}"
        more = url_for("admin_maintenance.index", lab=lab.slug if lab else None, after=after)
        found = found[:PAGE]
    return render_template(
        "admin/maintenance.html",
        rows=[PlanRow(one) for one in found],
        labs=labs,
        lab=lab,
        is_over=is_over,
        more=more,
    )


@blueprint.get("/new")
@staff
def new() -> Answer:
    """`equipment` in the address is chosen already."""
    form = NewPlanForm(formdata=None)
    form.equipment.data = request.args.get("equipment", type=int)
    return _new_page(form)


@blueprint.post("/new")
@staff
def create() -> Answer:
    form = NewPlanForm()
    _offer(form)
    if not form.validate():
        return _new_page(form, 422)
    equipment = get_equipment(person(), form.equipment.data)
    values = form.values(equipment)
    if not accepted(
        form,
        lambda: plan_maintenance(actor=person(), equipment_id=equipment.id, **values),
        UPKEEP_REFUSED,
    ):
        return _new_page(form, 422)
    flash(_("Saved. The lab's managers get a letter two weeks before each day it is due."))
    return redirect(url_for("admin_maintenance.index"))


@blueprint.get("/<int:plan_id>")
@staff
def show(plan_id: int) -> Answer:
    return _page(_kept(plan_id))


@blueprint.post("/<int:plan_id>")
@staff
def change(plan_id: int) -> Answer:
    plan, form = _kept(plan_id), PlanForm()
    if not form.validate():
        return _page(plan, form=form)
    values = form.values(plan.equipment)
    try:
        if not accepted(form, lambda: change_plan(actor=person(), plan_id=plan_id, **values), UPKEEP_REFUSED):
            return _page(plan, form=form)
        flash(_("Saved."))
    except WrongState:
        _say_that_it_is_over()
    return redirect(url_for("admin_maintenance.show", plan_id=plan_id))


@blueprint.post("/<int:plan_id>/done")
@staff
def done(plan_id: int) -> Answer:
    plan, form = _kept(plan_id), DoneForm()
    try:
        if not accepted(
            form, lambda: carry_out(actor=person(), plan_id=plan_id, **form.values()), UPKEEP_REFUSED
        ):
            return _page(plan, done_form=form)
        flash(_("Noted."))
    except WrongState:
        _say_that_it_is_over()
    return redirect(url_for("admin_maintenance.show", plan_id=plan_id))


@blueprint.post("/<int:plan_id>/retire")
@staff
def retire(plan_id: int) -> Answer:
    """It need not be done any more."""
    _kept(plan_id)
    try:
        retire_plan(actor=person(), plan_id=plan_id)
        flash(_("Noted: it need not be done any more. What was done stays here."))
    except WrongState:
        _say_that_it_is_over()
    return redirect(url_for("admin_maintenance.show", plan_id=plan_id))


def _say_that_it_is_over() -> None:
    flash(_("This is over already."), "error")


def _after() -> tuple[date, int] | None:
    """The day and number of the plan that was shown last."""
    day, _dot, number = request.args.get("after", "").partition(".")
    try:
        return date.fromisoformat(day), int(number)
    except ValueError:
        return None


def _kept(plan_id: int) -> MaintenancePlan:
    """The plan, where its lab is this person's; for others the page does not exist."""
    found = get_plan(person(), plan_id)
    if not may_keep_maintenance(person(), found.equipment.lab_id):
        raise NotFound
    return found


def _offer(form: NewPlanForm) -> int:
    """Let it choose among what the person serves; the first weekday of their site."""
    labs = list_served_labs(person())
    if not labs:
        raise NotFound
    form.offer(list_of_labs([lab.id for lab in labs]), labs)
    return labs[0].site.first_weekday


def _new_page(form: NewPlanForm, status: int = 200) -> Answer:
    first_weekday = _offer(form)
    return render_template("admin/new_plan.html", form=form, first_weekday=first_weekday), status


def _page(plan: MaintenancePlan, **refused: BaseForm) -> Answer:
    """The page of one plan; a form that was refused stands in it as it was sent."""
    row = PlanRow(plan)
    forms = {
        "form": PlanForm.of(plan),
        "done_form": DoneForm(formdata=None, data={"done_on": row.today}),
    }
    return render_template(
        "admin/plan.html",
        it=row,
        is_over=plan.retired_at is not None,
        first_weekday=plan.equipment.lab.site.first_weekday,
        **(forms | refused),
    ), 422 if refused else 200
