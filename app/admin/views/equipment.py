"""Equipment and its units, for those who keep the list."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from app.accounts.models import Role
from app.admin.accepting import accepted
from app.admin.equipment_forms import AttachmentForm, EquipmentForm, NewEquipmentForm, NewUnitForm, ReasonForm
from app.core.errors import Forbidden, NotFound, WrongState
from app.core.files import MOST_BYTES, accept
from app.inventory.exporting import Format, list_file
from app.inventory.models import Equipment, EquipmentStatus, Lab
from app.inventory.permissions import may_change_service, may_manage_lab
from app.inventory.queries.attachments import list_attachments
from app.inventory.queries.equipment import get_equipment
from app.inventory.queries.places import find_lab, list_managed_labs, list_served_labs
from app.inventory.queries.search import list_found, search_equipment
from app.inventory.services.attachments import attach, detach, move_attachment
from app.inventory.services.equipment import change_equipment, change_status, create_equipment
from app.inventory.services.units import add_unit
from app.inventory.uploads import attached_files
from app.inventory.wording import ACQUISITIONS, EQUIPMENT_STATUSES, UNIT_STATUSES
from app.occupancy.errors import CapacityInUse
from app.web import access
from app.web.downloads import download
from app.web.forms import BaseForm
from app.web.links import address_of

blueprint = Blueprint(
    "admin_equipment", __name__, url_prefix="/admin/equipment", template_folder="../templates"
)
managers = access.requires(Role.ADMIN, Role.MANAGER)
staff = access.requires(Role.ADMIN, Role.MANAGER, Role.TECHNICIAN)

Answer = str | Response | tuple[str, int]


@blueprint.get("")
@staff
def index() -> Answer:
    """The list of the person's own labs, the retired as well."""
    labs, lab = _labs()
    q, page = request.args.get("q", ""), request.args.get("page", 1, type=int)
    found = search_equipment(current_user, q=q, lab=lab, page=page)
    return render_template(
        "admin/equipment.html",
        labs=labs,
        lab=lab,
        q=q,
        found=found,
        statuses=EQUIPMENT_STATUSES,
        may_add=bool(list_managed_labs(current_user)),
        downloads_of={
            form.value: url_for("admin_equipment.list_of_lab", form=form.value, lab=lab.slug, q=q or None)
            for form in (Format.CSV, Format.XLSX)
        },
    )


@blueprint.get("/list/<form>")
@staff
def list_of_lab(form: str) -> Response:
    """The same list as a file that an import takes back."""
    if form not in {Format.CSV, Format.XLSX}:
        raise NotFound
    _all, lab = _labs()
    found = list_found(current_user, q=request.args.get("q", ""), lab=lab)
    data = list_file(found, Format(form), address=address_of, managed=True)
    return download(data, name=f"equipment-{lab.slug}", ending=Format(form).ending)


def _labs() -> tuple[list[Lab], Lab]:
    """The labs that this person serves, and which of them the address says, or the first."""
    labs = list_served_labs(current_user)
    lab = find_lab(request.args.get("lab", "")) or (labs[0] if labs else None)
    if lab is None or not may_change_service(current_user, lab.id):
        abort(404)
    return labs, lab


@blueprint.route("/new", methods=["GET", "POST"])
@managers
def create() -> Answer:
    form = NewEquipmentForm.of(current_user)
    if form.is_submitted() and accepted(form, lambda: create_equipment(actor=current_user, **form.values())):
        flash(_("Saved."))
        return redirect(url_for("admin_equipment.index"))
    page = render_template("admin/new_equipment.html", form=form)
    return page, 422 if form.is_submitted() else 200


@blueprint.get("/<int:equipment_id>")
@staff
def show(equipment_id: int) -> Answer:
    return _page(_served(equipment_id))


@blueprint.post("/<int:equipment_id>")
@managers
def change(equipment_id: int) -> Answer:
    equipment = _served(equipment_id)
    form = EquipmentForm.of(current_user, equipment)
    if accepted(
        form, lambda: change_equipment(actor=current_user, equipment_id=equipment_id, **form.values())
    ):
        flash(_("Saved."))
        return _to(equipment_id)
    return _page(equipment, form=form)


@blueprint.post("/<int:equipment_id>/status/<status>")
@staff
def status(equipment_id: int, status: str) -> Answer:
    """Take all of it out of service, put it back, or retire it."""
    form = ReasonForm()
    if status not in set(EquipmentStatus) or not form.validate():
        abort(404)
    try:
        change_status(
            actor=current_user,
            equipment_id=equipment_id,
            status=EquipmentStatus(status),
            reason=form.reason.data or "",
        )
        flash(_("Saved."))
    except CapacityInUse:
        flash(_("Bookings ahead need it. Move or cancel them first."), "error")
    except WrongState:
        flash(_("It is so already."), "error")
    return _to(equipment_id)


@blueprint.post("/<int:equipment_id>/units")
@managers
def add(equipment_id: int) -> Answer:
    """One more unit."""
    equipment, form = _served(equipment_id), NewUnitForm()
    if accepted(form, lambda: add_unit(actor=current_user, equipment_id=equipment_id, **form.values())):
        flash(_("Saved."))
        return _to(equipment_id)
    return _page(equipment, unit_form=form)


@blueprint.post("/<int:equipment_id>/files")
@managers
def add_file(equipment_id: int) -> Answer:
    """A photo or a document."""
    equipment, form = _served(equipment_id), AttachmentForm()
    if not may_manage_lab(current_user, equipment.lab_id):
        raise Forbidden
    if accepted(form, lambda: _keep(equipment_id, form)):
        flash(_("Saved."))
        return _to(equipment_id)
    return _page(equipment, file_form=form)


@blueprint.post("/<int:equipment_id>/files/<int:attachment_id>/remove")
@managers
def remove_file(equipment_id: int, attachment_id: int) -> Answer:
    detach(actor=current_user, equipment_id=equipment_id, attachment_id=attachment_id)
    flash(_("Removed."))
    return _to(equipment_id)


@blueprint.post("/<int:equipment_id>/files/<int:attachment_id>/<way>")
@managers
def move_file(equipment_id: int, attachment_id: int, way: str) -> Answer:
    """One place up or down among its kind."""
    if way not in ("up", "down"):
        abort(404)
    move_attachment(
        actor=current_user, equipment_id=equipment_id, attachment_id=attachment_id, up=way == "up"
    )
    return redirect(url_for("admin_equipment.show", equipment_id=equipment_id, _anchor="files-head"))


def _keep(equipment_id: int, form: AttachmentForm) -> None:
    """The files first, then the row that names them. Raises InvalidInput."""
    taken, files = accept(form.file.data.read(MOST_BYTES + 1)), attached_files()
    attach(
        actor=current_user,
        equipment_id=equipment_id,
        title=form.title.data,
        licence=form.licence.data or "",
        accepted=taken,
        file=files.keep(taken.data),
        thumbnail=files.keep(taken.thumbnail) if taken.thumbnail else None,
    )


def _served(equipment_id: int) -> Equipment:
    """The equipment, where its lab is this person's; for others the page does not exist."""
    equipment = get_equipment(current_user, equipment_id)
    if not may_change_service(current_user, equipment.lab_id):
        raise NotFound
    return equipment


def _to(equipment_id: int) -> Response:
    return redirect(url_for("admin_equipment.show", equipment_id=equipment_id))


def _page(equipment: Equipment, **refused: BaseForm) -> Answer:
    """The page of one equipment; a form that was refused stands in it as it was sent."""
    may_manage = may_manage_lab(current_user, equipment.lab_id)
    forms = {
        "form": EquipmentForm.of(current_user, equipment, formdata=None) if may_manage else None,
        "unit_form": NewUnitForm(formdata=None) if may_manage else None,
        "file_form": AttachmentForm(formdata=None) if may_manage else None,
    }
    page = render_template(
        "admin/one_equipment.html",
        equipment=equipment,
        attachments=list_attachments(equipment.id),
        reason_form=ReasonForm(formdata=None),
        statuses=EQUIPMENT_STATUSES,
        unit_statuses=UNIT_STATUSES,
        acquisitions=ACQUISITIONS,
        **(forms | refused),
    )
    return page, 422 if refused else 200
