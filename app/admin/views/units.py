"""One unit, for those who keep the list."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from app.accounts.models import Role
from app.accounts.viewer import person
from app.admin.accepting import accepted
from app.admin.equipment_forms import ReasonForm, UnitForm
from app.core.errors import NotFound, WrongState
from app.donations.pages.given import gifts_shown_to
from app.inventory.models import Equipment, Unit, UnitStatus
from app.inventory.permissions import may_change_service, may_manage_lab
from app.inventory.queries.equipment import get_unit
from app.inventory.rules.states import UNIT_CHANGES
from app.inventory.services.units import change_unit, change_unit_status
from app.inventory.wording import ACQUISITIONS, UNIT_STATUSES
from app.occupancy.errors import CapacityInUse
from app.web import access
from app.web.forms import BaseForm
from app.web.links import address_of

blueprint = Blueprint("admin_units", __name__, url_prefix="/admin/units", template_folder="../templates")
managers = access.requires(Role.ADMIN, Role.MANAGER)
staff = access.requires(Role.ADMIN, Role.MANAGER, Role.TECHNICIAN)

Answer = str | Response | tuple[str, int]


@blueprint.get("/<int:unit_id>")
@staff
def show(unit_id: int) -> Answer:
    return _page(*_served(unit_id))


@blueprint.post("/<int:unit_id>")
@managers
def change(unit_id: int) -> Answer:
    equipment, unit = _served(unit_id)
    form = UnitForm(obj=unit)
    if accepted(form, lambda: change_unit(actor=current_user, unit_id=unit_id, **form.values())):
        flash(_("Saved."))
        return redirect(url_for("admin_equipment.show", equipment_id=equipment.id))
    return _page(equipment, unit, form=form)


@blueprint.post("/<int:unit_id>/status/<status>")
@staff
def status(unit_id: int, status: str) -> Answer:
    """Take it out of service, put it back, or retire it for good."""
    equipment, _unit = _served(unit_id)
    form = ReasonForm()
    if status not in set(UnitStatus) or not form.validate():
        abort(404)
    try:
        change_unit_status(
            actor=current_user, unit_id=unit_id, status=UnitStatus(status), reason=form.reason.data or ""
        )
        flash(_("Saved."))
    except CapacityInUse:
        flash(_("Bookings ahead need it. Move or cancel them first."), "error")
    except WrongState:
        flash(_("It is so already."), "error")
    return redirect(url_for("admin_equipment.show", equipment_id=equipment.id))


def _served(unit_id: int) -> tuple[Equipment, Unit]:
    """The unit and its equipment, where its lab is this person's; for others the page does not exist."""
    equipment, unit = get_unit(current_user, unit_id)
    if not may_change_service(current_user, equipment.lab_id):
        raise NotFound
    return equipment, unit


def _page(equipment: Equipment, unit: Unit, **refused: BaseForm) -> Answer:
    may_manage = may_manage_lab(current_user, equipment.lab_id)
    verbs = [to for of, to in sorted(UNIT_CHANGES) if of is unit.status]
    page = render_template(
        "admin/unit.html",
        unit=unit,
        equipment=equipment,
        form=refused.get("form") or (UnitForm(obj=unit, formdata=None) if may_manage else None),
        reason_form=ReasonForm(formdata=None),
        verbs=[verb for verb in verbs if may_manage or verb is not UnitStatus.RETIRED],
        statuses=UNIT_STATUSES,
        acquisitions=ACQUISITIONS,
        gift=gifts_shown_to(person(), [unit]).get(unit.id),
        sign=address_of("booking.here", unit_id=unit.id),
    )
    return page, 422 if refused else 200
