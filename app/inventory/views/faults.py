"""Saying that something is wrong with an equipment, and what became of that."""

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.accounts.viewer import person
from app.core.errors import InvalidInput, NotFound
from app.core.files import MOST_BYTES, accept
from app.inventory.forms import FaultForm
from app.inventory.models import Equipment, EquipmentStatus
from app.inventory.pages.upkeep import FaultRow
from app.inventory.queries.equipment import get_equipment
from app.inventory.queries.faults import get_photo, list_known, list_reported_by
from app.inventory.rules.faults import may_break
from app.inventory.services.faults import Photo, report_fault
from app.inventory.upkeep_wording import UPKEEP_REFUSED
from app.inventory.uploads import fault_photos
from app.inventory.views.blueprint import Answer, blueprint
from app.inventory.wording import REFUSALS
from app.web import access
from app.web.kept_files import answer_with


@blueprint.get("/equipment/<int:equipment_id>/fault")
@access.signed_in
def fault(equipment_id: int) -> Answer:
    """The form, and what this person reported before; `unit` in the address is the number on it."""
    equipment, form = _in_use(equipment_id), FaultForm(formdata=None)
    number = request.args.get("unit", type=int)
    form.unit.data = next((unit.id for unit in equipment.units if unit.number == number), None)
    return _page(equipment, form)


@blueprint.post("/equipment/<int:equipment_id>/fault")
@access.signed_in
def report(equipment_id: int) -> Answer:
    equipment, form = _in_use(equipment_id), FaultForm()
    form.offer(equipment.units)
    if not form.validate():
        return _page(equipment, form, 422)
    try:
        photo = _kept(form)
        said = report_fault(actor=person(), equipment_id=equipment_id, photo=photo, **form.values())
    except InvalidInput as refused:
        words = REFUSALS | UPKEEP_REFUSED
        form.take(refused, {(field, code): str(words.get(code, code)) for field, code in refused.errors})
        return _page(equipment, form, 422)
    if said.is_new:
        flash(_("Thank you. The lab's staff gets a letter, and you hear what becomes of it."))
    else:
        flash(_("You reported this already, and the lab has not finished with it."), "info")
    return redirect(url_for("inventory.fault", equipment_id=equipment_id, _anchor=f"fault-{said.fault.id}"))


@blueprint.get("/fault-photos/<token>")
@access.signed_in
def fault_photo(token: str) -> Response:
    """For who may see the fault."""
    found = get_photo(person(), token)
    data = fault_photos().read(token)
    if data is None:
        raise NotFound
    return answer_with(
        data, media_type=found.media_type, token=token, title=f"fault-{found.fault_id}", inline=True
    )


def _in_use(equipment_id: int) -> Equipment:
    found = get_equipment(person(), equipment_id)
    if found.status is EquipmentStatus.RETIRED or not may_break(found.kind):
        raise NotFound
    return found


def _kept(form: FaultForm) -> Photo | None:
    """The picture on disk, before its row. Raises InvalidInput about `photo`."""
    if not form.photo.data:
        return None
    try:
        taken = accept(form.photo.data.read(MOST_BYTES + 1))
    except InvalidInput as refused:
        raise InvalidInput(*(("photo", code) for _field, code in refused.errors)) from refused
    if taken.thumbnail is None:
        raise InvalidInput(("photo", "no-picture"))
    return Photo(taken, fault_photos().keep(taken.data), fault_photos().keep(taken.thumbnail))


def _page(equipment: Equipment, form: FaultForm, status: int = 200) -> Answer:
    form.offer(equipment.units)
    return render_template(
        "inventory/fault.html",
        equipment=equipment,
        form=form,
        own=[FaultRow(one) for one in list_reported_by(person(), equipment.id)],
        known=[FaultRow(one) for one in list_known(equipment.id)],
    ), status
