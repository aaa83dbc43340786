"""Labs: what they say of themselves, and when they are open."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from app.accounts.models import Role
from app.admin.accepting import accepted
from app.admin.place_forms import HoursForm, LabForm, LabStatusForm, NewLabForm
from app.core.errors import NotFound
from app.core.i18n import localized
from app.inventory.models import Lab
from app.inventory.permissions import may_manage_lab, may_manage_places
from app.inventory.queries.places import get_lab, list_managed_labs, list_sites
from app.inventory.services.hours import set_opening_hours
from app.inventory.services.places import change_lab, create_lab
from app.inventory.wording import LAB_STATUSES
from app.web import access
from app.web.forms import BaseForm, choices_of

blueprint = Blueprint("admin_labs", __name__, url_prefix="/admin/labs", template_folder="../templates")
managers = access.requires(Role.ADMIN, Role.MANAGER)

Answer = str | Response | tuple[str, int]


@blueprint.get("")
@managers
def index() -> Answer:
    return _index(_new_form() if may_manage_places(current_user) else None)


@blueprint.post("")
@access.requires(Role.ADMIN)
def create() -> Answer:
    form = _new_form()
    if accepted(
        form,
        lambda: create_lab(
            actor=current_user, site_id=form.site.data, slug=form.slug.data or "", **form.values()
        ),
    ):
        return _saved("admin_labs.index")
    return _index(form), 422


@blueprint.get("/<int:lab_id>")
@managers
def show(lab_id: int) -> Answer:
    return _page(_managed(lab_id))


@blueprint.post("/<int:lab_id>")
@managers
def change(lab_id: int) -> Answer:
    lab, form = _managed(lab_id), _form()
    if accepted(form, lambda: change_lab(actor=current_user, lab_id=lab_id, **form.values())):
        return _saved("admin_labs.show", lab_id=lab_id)
    return _page(lab, form=form)


@blueprint.post("/<int:lab_id>/hours")
@managers
def hours(lab_id: int) -> Answer:
    lab = _managed(lab_id)
    form = HoursForm.of(lab.hours)
    if accepted(form, lambda: set_opening_hours(actor=current_user, lab_id=lab_id, hours=form.hours())):
        return _saved("admin_labs.show", lab_id=lab_id)
    return _page(lab, hours_form=form)


def _managed(lab_id: int) -> Lab:
    """The lab, where it is this person's to manage; for others the page does not exist."""
    lab = get_lab(lab_id)
    if not may_manage_lab(current_user, lab_id):
        raise NotFound
    return lab


def _form(**more: object) -> LabForm:
    return (LabStatusForm if may_manage_places(current_user) else LabForm)(**more)


def _new_form() -> NewLabForm:
    form = NewLabForm()
    form.site.choices = choices_of({site.id: localized(site) for site in list_sites()})
    return form


def _saved(endpoint: str, **values: int) -> Response:
    flash(_("Saved."))
    return redirect(url_for(endpoint, **values))  # type: ignore[arg-type]


def _index(form: NewLabForm | None) -> str:
    labs = list_managed_labs(current_user)
    return render_template("admin/labs.html", labs=labs, form=form, statuses=LAB_STATUSES)


def _page(lab: Lab, **refused: BaseForm) -> Answer:
    """The page of one lab; a form that was refused stands in it as it was sent."""
    forms = {"form": _form(obj=lab, formdata=None), "hours_form": HoursForm.of(lab.hours, formdata=None)}
    return render_template("admin/lab.html", lab=lab, **(forms | refused)), 422 if refused else 200
