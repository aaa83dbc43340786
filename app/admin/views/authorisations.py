"""Who may work with a lab's equipment alone: kept by the lab's staff."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts.models import Role
from app.accounts.viewer import person
from app.admin.accepting import accepted
from app.admin.rights_forms import AuthorisationForm
from app.booking.access_wording import RIGHTS_REFUSED
from app.booking.permissions import LAB_STAFF, may_authorise_in
from app.booking.queries.authorisations import list_authorisations
from app.booking.services.authorisations import authorise, withdraw_authorisation
from app.core.clock import now
from app.core.errors import NotFound
from app.inventory.models import Lab
from app.inventory.queries.equipment import list_of_labs
from app.inventory.queries.places import get_lab, list_labs
from app.web import access

blueprint = Blueprint(
    "admin_authorisations", __name__, url_prefix="/admin/authorisations", template_folder="../templates"
)
staff = access.requires(Role.ADMIN, *LAB_STAFF)

Answer = str | Response | tuple[str, int]


@blueprint.get("")
@staff
def labs() -> str:
    """The labs whose staff this person is of."""
    found = [lab for lab in list_labs() if may_authorise_in(person(), lab.id)]
    return render_template("admin/authorisation_labs.html", labs=found)


@blueprint.get("/lab/<int:lab_id>")
@staff
def index(lab_id: int) -> Answer:
    lab = _lab(lab_id)
    form = _form(lab, formdata=None, data={"valid_from": now().astimezone(lab.site.zone).date()})
    return _page(lab, form)


@blueprint.post("/lab/<int:lab_id>")
@staff
def grant(lab_id: int) -> Answer:
    lab = _lab(lab_id)
    form = _form(lab)
    if accepted(form, lambda: authorise(actor=person(), lab_id=lab_id, **form.values()), RIGHTS_REFUSED):
        return _saved(lab_id)
    return _page(lab, form), 422


@blueprint.post("/lab/<int:lab_id>/<int:authorisation_id>/withdraw")
@staff
def withdraw(lab_id: int, authorisation_id: int) -> Answer:
    _lab(lab_id)
    withdraw_authorisation(actor=person(), authorisation_id=authorisation_id)
    return _saved(lab_id)


def _lab(lab_id: int) -> Lab:
    if not may_authorise_in(person(), lab_id):
        raise NotFound
    return get_lab(lab_id)


def _form(lab: Lab, **more: object) -> AuthorisationForm:
    form = AuthorisationForm(**more)
    form.offer(list_of_labs([lab.id]))
    return form


def _saved(lab_id: int) -> Response:
    flash(_("Saved."))
    return redirect(url_for("admin_authorisations.index", lab_id=lab_id))


def _page(lab: Lab, form: AuthorisationForm) -> str:
    return render_template(
        "admin/authorisations.html",
        lab=lab,
        form=form,
        given=list_authorisations(person(), lab.id),
        today=now().astimezone(lab.site.zone).date(),
    )
