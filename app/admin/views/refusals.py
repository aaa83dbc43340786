"""Answers that a lab keeps ready for when it has to say no."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts.models import Role
from app.accounts.viewer import person
from app.admin.accepting import accepted
from app.admin.managed import managed_lab
from app.admin.rights_forms import RefusalForm
from app.booking.access_wording import RIGHTS_REFUSED
from app.booking.models import RefusalTemplate
from app.booking.queries.refusals import list_refusals
from app.booking.services.refusals import add_refusal, change_refusal, remove_refusal
from app.booking.wording import DECLINE_REASONS
from app.core.errors import NotFound
from app.inventory.models import Lab
from app.web import access

blueprint = Blueprint(
    "admin_refusals", __name__, url_prefix="/admin/refusals", template_folder="../templates"
)
managers = access.requires(Role.ADMIN, Role.MANAGER)

Answer = str | Response | tuple[str, int]


@blueprint.get("/lab/<int:lab_id>")
@managers
def index(lab_id: int) -> Answer:
    lab = managed_lab(lab_id)
    return _page(lab, None, RefusalForm(formdata=None))


@blueprint.post("/lab/<int:lab_id>")
@managers
def add(lab_id: int) -> Answer:
    lab, form = managed_lab(lab_id), RefusalForm()
    if accepted(form, lambda: add_refusal(actor=person(), lab_id=lab_id, **form.values()), RIGHTS_REFUSED):
        return _saved(lab_id)
    return _page(lab, None, form), 422


@blueprint.get("/lab/<int:lab_id>/<int:refusal_id>")
@managers
def one(lab_id: int, refusal_id: int) -> Answer:
    lab = managed_lab(lab_id)
    kept = _kept(lab, refusal_id)
    return _page(lab, kept, RefusalForm(formdata=None, obj=kept))


@blueprint.post("/lab/<int:lab_id>/<int:refusal_id>")
@managers
def change(lab_id: int, refusal_id: int) -> Answer:
    lab, form = managed_lab(lab_id), RefusalForm()
    kept = _kept(lab, refusal_id)
    if accepted(
        form,
        lambda: change_refusal(actor=person(), refusal_id=refusal_id, **form.values()),
        RIGHTS_REFUSED,
    ):
        return _saved(lab_id)
    return _page(lab, kept, form), 422


@blueprint.post("/lab/<int:lab_id>/<int:refusal_id>/remove")
@managers
def remove(lab_id: int, refusal_id: int) -> Answer:
    _kept(managed_lab(lab_id), refusal_id)
    remove_refusal(actor=person(), refusal_id=refusal_id)
    flash(_("Removed. What was declined with it stays as it is."))
    return redirect(url_for("admin_refusals.index", lab_id=lab_id))


def _kept(lab: Lab, refusal_id: int) -> RefusalTemplate:
    found = next((one for one in list_refusals([lab.id]) if one.id == refusal_id), None)
    if found is None:
        raise NotFound
    return found


def _saved(lab_id: int) -> Response:
    flash(_("Saved. Whoever declines a request can choose it now."))
    return redirect(url_for("admin_refusals.index", lab_id=lab_id))


def _page(lab: Lab, kept: RefusalTemplate | None, form: RefusalForm) -> str:
    return render_template(
        "admin/refusals.html",
        lab=lab,
        kept=kept,
        form=form,
        refusals=list_refusals([lab.id]),
        reasons=DECLINE_REASONS,
    )
