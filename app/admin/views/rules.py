"""The rules of a lab, and where one equipment differs: what every request is judged by."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts.models import Role
from app.accounts.viewer import person
from app.admin.accepting import accepted
from app.admin.managed import managed_equipment, managed_lab
from app.admin.rules_form import PresetForm, RulesForm, SamplesForm
from app.admin.rules_held import held
from app.booking.access_wording import RIGHTS_REFUSED
from app.booking.queries.policies import find_policy_of_equipment, find_policy_of_lab
from app.booking.queries.things import rules_of, rules_of_lab, sample_minutes
from app.booking.rules.policy import origins
from app.booking.services.policies import apply_preset, set_equipment_policy, set_lab_policy
from app.booking.services.samples import set_sample_durations
from app.booking.wording import RULES_REFUSED
from app.inventory.models import Equipment, Lab
from app.web import access

blueprint = Blueprint("admin_rules", __name__, url_prefix="/admin/rules", template_folder="../templates")
managers = access.requires(Role.ADMIN, Role.MANAGER)

Answer = str | Response | tuple[str, int]


@blueprint.get("/lab/<int:lab_id>")
@managers
def lab(lab_id: int) -> Answer:
    found = managed_lab(lab_id)
    return _page(found, None, RulesForm.of(find_policy_of_lab(lab_id), formdata=None))


@blueprint.post("/lab/<int:lab_id>")
@managers
def change_lab(lab_id: int) -> Answer:
    found, form = managed_lab(lab_id), RulesForm()
    if accepted(form, lambda: set_lab_policy(actor=person(), lab_id=lab_id, **form.said()), RULES_REFUSED):
        return _saved(url_for("admin_rules.lab", lab_id=lab_id))
    return _page(found, None, form), 422


@blueprint.get("/equipment/<int:equipment_id>")
@managers
def equipment(equipment_id: int) -> Answer:
    found = managed_equipment(equipment_id)
    form = RulesForm.of(find_policy_of_equipment(equipment_id), formdata=None)
    return _page(found.lab, found, form)


@blueprint.post("/equipment/<int:equipment_id>")
@managers
def change_equipment(equipment_id: int) -> Answer:
    found, form = managed_equipment(equipment_id), RulesForm()
    if accepted(
        form,
        lambda: set_equipment_policy(actor=person(), equipment_id=equipment_id, **form.said()),
        RULES_REFUSED,
    ):
        return _saved(url_for("admin_rules.equipment", equipment_id=equipment_id))
    return _page(found.lab, found, form), 422


@blueprint.post("/lab/<int:lab_id>/preset")
@managers
def start_lab(lab_id: int) -> Answer:
    found, form = managed_lab(lab_id), PresetForm()
    here = RulesForm.of(find_policy_of_lab(lab_id), formdata=None)
    if accepted(
        form, lambda: apply_preset(actor=person(), preset=form.preset.data, lab_id=lab_id), RULES_REFUSED
    ):
        return _saved(url_for("admin_rules.lab", lab_id=lab_id))
    return _page(found, None, here, form), 422


@blueprint.post("/equipment/<int:equipment_id>/preset")
@managers
def start_equipment(equipment_id: int) -> Answer:
    found, form = managed_equipment(equipment_id), PresetForm()
    here = RulesForm.of(find_policy_of_equipment(equipment_id), formdata=None)
    if accepted(
        form,
        lambda: apply_preset(actor=person(), preset=form.preset.data, equipment_id=equipment_id),
        RULES_REFUSED,
    ):
        return _saved(url_for("admin_rules.equipment", equipment_id=equipment_id))
    return _page(found.lab, found, here, form), 422


@blueprint.post("/equipment/<int:equipment_id>/samples")
@managers
def set_samples(equipment_id: int) -> Answer:
    found, form = managed_equipment(equipment_id), SamplesForm()
    here = RulesForm.of(find_policy_of_equipment(equipment_id), formdata=None)
    if accepted(
        form,
        lambda: set_sample_durations(actor=person(), equipment_id=equipment_id, rows=form.rows.data or []),
        RIGHTS_REFUSED,
    ):
        return _saved(url_for("admin_rules.equipment", equipment_id=equipment_id))
    return _page(found.lab, found, here, samples_form=form), 422


def _saved(address: str) -> Response:
    flash(_("Saved. Requests that come now are judged by this."))
    return redirect(address)


def _page(
    lab: Lab,
    equipment: Equipment | None,
    form: RulesForm,
    preset_form: PresetForm | None = None,
    samples_form: SamplesForm | None = None,
) -> str:
    in_force = rules_of([equipment])[equipment.id] if equipment else rules_of_lab(lab.id)
    own = find_policy_of_equipment(equipment.id) if equipment else None
    if samples_form is None and equipment:
        samples_form = SamplesForm(formdata=None, data={"rows": sample_minutes([equipment.id])[equipment.id]})
    return render_template(
        "admin/rules.html",
        lab=lab,
        equipment=equipment,
        form=form,
        samples_form=samples_form,
        preset_form=preset_form or PresetForm(formdata=None),
        held=held(in_force, origins(find_policy_of_lab(lab.id), own)),
    )
