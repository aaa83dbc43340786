"""Faults that people report: what is open, and what the lab makes of it."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts.models import Role
from app.accounts.viewer import person
from app.admin.accepting import accepted
from app.admin.upkeep_forms import ConfirmForm, DismissForm, RepairForm
from app.booking.pages.outages import OutageRow
from app.booking.queries.outages import list_running
from app.core.errors import NotFound, WrongState
from app.inventory.models import Fault, Lab
from app.inventory.pages.upkeep import FaultRow
from app.inventory.permissions import may_decide_fault
from app.inventory.queries.faults import get_fault, list_faults
from app.inventory.queries.places import list_served_labs
from app.inventory.rules.faults import FaultState, may_become
from app.inventory.services.faults import confirm_fault, dismiss_fault, repair_fault
from app.inventory.upkeep_wording import UPKEEP_REFUSED
from app.web import access
from app.web.forms import BaseForm

blueprint = Blueprint("admin_faults", __name__, url_prefix="/admin/faults", template_folder="../templates")
staff = access.requires(Role.ADMIN, Role.MANAGER, Role.TECHNICIAN)
PAGE = 30

Answer = str | Response | tuple[str, int]


@blueprint.get("")
@staff
def index() -> Answer:
    """Those of the person's own labs, the open ones; `over`: the others."""
    labs, lab = chosen_lab()
    is_over = bool(request.args.get("over"))
    found = list_faults(
        person(),
        is_open=not is_over,
        lab_ids=[lab.id] if lab else [one.id for one in labs],
        before=request.args.get("before", type=int),
        limit=PAGE + 1,
    )
    slug = lab.slug if lab else None
    older = (
        url_for("admin_faults.index", lab=slug, over=is_over or None, before=found[PAGE - 1].id)
        if len(found) > PAGE
        else None
    )
    return render_template(
        "admin/faults.html",
        rows=[FaultRow(one) for one in found[:PAGE]],
        labs=labs,
        lab=lab,
        is_over=is_over,
        older=older,
    )


@blueprint.get("/<int:fault_id>")
@staff
def show(fault_id: int) -> Answer:
    return _page(_served(fault_id))


@blueprint.post("/<int:fault_id>/confirm")
@staff
def confirm(fault_id: int) -> Answer:
    fault, form = _served(fault_id), ConfirmForm()
    return _decided(
        fault,
        form,
        lambda: confirm_fault(
            actor=person(),
            fault_id=fault_id,
            known_as=form.known_as.data or "",
            usability=form.usability.data,
        ),
        _("Confirmed. Everybody who signs in reads of it on the page of the equipment."),
        confirm_form=form,
    )


@blueprint.post("/<int:fault_id>/repair")
@staff
def repair(fault_id: int) -> Answer:
    fault, form = _served(fault_id), RepairForm()
    return _decided(
        fault,
        form,
        lambda: repair_fault(actor=person(), fault_id=fault_id, note=form.note.data or ""),
        _("Noted: it is repaired."),
        repair_form=form,
    )


@blueprint.post("/<int:fault_id>/dismiss")
@staff
def dismiss(fault_id: int) -> Answer:
    fault, form = _served(fault_id), DismissForm()
    return _decided(
        fault,
        form,
        lambda: dismiss_fault(actor=person(), fault_id=fault_id, reason=form.reason.data or ""),
        _("Noted. Who reported it reads your reason."),
        dismiss_form=form,
    )


def chosen_lab() -> tuple[list[Lab], Lab | None]:
    """The labs that this person serves, and which of them the address says; None: all of them."""
    labs = list_served_labs(person())
    if not labs:
        raise NotFound
    return labs, next((one for one in labs if one.slug == request.args.get("lab")), None)


def _served(fault_id: int) -> Fault:
    """The fault, where its lab is this person's; for others the page does not exist."""
    found = get_fault(person(), fault_id)
    if not may_decide_fault(person(), found.equipment.lab_id):
        raise NotFound
    return found


def _decided(
    fault: Fault, form: BaseForm, work: Callable[[], Fault], said: str, **refused: BaseForm
) -> Answer:
    try:
        if not accepted(form, work, UPKEEP_REFUSED):
            return _page(fault, **refused)
        flash(said)
    except WrongState:
        flash(_("Somebody has decided about it meanwhile."), "error")
    return redirect(url_for("admin_faults.show", fault_id=fault.id))


def _page(fault: Fault, **refused: BaseForm) -> Answer:
    """The page of one fault; a form that was refused stands in it as it was sent."""
    forms: dict[str, BaseForm | None] = {
        "confirm_form": ConfirmForm.of(fault),
        "repair_form": RepairForm(formdata=None),
        "dismiss_form": DismissForm(formdata=None),
    }
    if not may_become(fault.state, FaultState.CONFIRMED):
        forms["confirm_form"] = None
    return render_template(
        "admin/fault.html",
        it=FaultRow(fault),
        running=[OutageRow(one) for one in list_running(person(), fault.equipment)],
        **(forms | refused),
    ), 422 if refused else 200
