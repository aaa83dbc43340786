"""What comes along with a thing: an operator, a room, accessories."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from app.accounts.models import Role
from app.accounts.viewer import person
from app.admin.accepting import accepted
from app.admin.requirement_form import RequirementForm
from app.booking.wording import MODES
from app.core.errors import NotFound
from app.inventory.models import Equipment, Mode, Requirement
from app.inventory.permissions import may_manage_lab
from app.inventory.queries.equipment import get_equipment, list_of_labs
from app.inventory.queries.places import list_managed_labs
from app.inventory.queries.requirements import list_both_ways, list_requirements
from app.inventory.requirement_wording import number_said
from app.inventory.rules.requirements import Link
from app.inventory.services.requirements import set_requirements
from app.inventory.wording import REFUSALS
from app.web import access

blueprint = Blueprint(
    "admin_requirements",
    __name__,
    url_prefix="/admin/equipment/<int:equipment_id>/along",
    template_folder="../templates",
)
managers = access.requires(Role.ADMIN, Role.MANAGER)

REFUSED = REFUSALS | {
    "circle": _l("That one takes this one along already: nothing can need itself."),
    "itself": _l("Nothing can need itself."),
    "too_many": _l("No more can come along with one thing."),
}

Answer = str | Response | tuple[str, int]


@blueprint.get("")
@managers
def index(equipment_id: int) -> Answer:
    return _page(_managed(equipment_id), None)


@blueprint.post("")
@managers
def add(equipment_id: int) -> Answer:
    """One thing more, or another number of one that comes along already."""
    equipment = _managed(equipment_id)
    form = _form(equipment)
    if accepted(form, lambda: _put(equipment, form.link(equipment_id)), REFUSED):
        flash(_("Saved. It counts from the next request on."))
        return _to(equipment_id)
    return _page(equipment, form), 422


@blueprint.post("/<int:needs_id>/remove")
@managers
def remove(equipment_id: int, needs_id: int) -> Answer:
    equipment = _managed(equipment_id)
    links = [_link(one) for one in list_requirements(equipment.id) if one.needs_id != needs_id]
    set_requirements(actor=person(), equipment_id=equipment.id, links=links)
    flash(_("Removed. What is booked stays as it is."))
    return _to(equipment_id)


def _put(equipment: Equipment, link: Link) -> None:
    kept = [_link(one) for one in list_requirements(equipment.id) if one.needs_id != link.needs_id]
    set_requirements(actor=person(), equipment_id=equipment.id, links=[*kept, link])


def _link(one: Requirement) -> Link:
    return Link(one.equipment_id, one.needs_id, one.quantity, one.is_shared, frozenset(one.modes))


def _managed(equipment_id: int) -> Equipment:
    """The equipment, where its lab is this person's; for others the page does not exist."""
    equipment = get_equipment(person(), equipment_id)
    if not may_manage_lab(person(), equipment.lab_id):
        raise NotFound
    return equipment


def _form(equipment: Equipment, **more: object) -> RequirementForm:
    labs = {lab.id for lab in list_managed_labs(person())}
    return RequirementForm.of([one for one in list_of_labs(labs) if one.id != equipment.id], **more)


def _to(equipment_id: int) -> Response:
    return redirect(url_for("admin_requirements.index", equipment_id=equipment_id))


def _page(equipment: Equipment, form: RequirementForm | None) -> str:
    requirements, needed_by = list_both_ways(equipment.id)
    return render_template(
        "admin/requirements.html",
        equipment=equipment,
        requirements=requirements,
        needed_by=needed_by,
        number_said=number_said,
        modes={mode.value: MODES[mode] for mode in Mode},
        form=form or _form(equipment, formdata=None),
    )
