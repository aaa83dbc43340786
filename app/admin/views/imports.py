"""A list of equipment from a file: upload, dry run, then import."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from app.accounts.models import Role
from app.admin.import_forms import SHEET, MappingForm, UploadForm, meanings_in, unknown_statuses
from app.inventory.errors import ImportRefused
from app.inventory.import_wording import FIELDS, OUTCOMES, place_text, problem_text
from app.inventory.rules.importing.decoding import MOST_BYTES
from app.inventory.rules.importing.plan import Outcome, Plan
from app.inventory.rules.importing.sheet import Sheet, read_sheet
from app.inventory.services.importing import import_equipment, plan_import
from app.inventory.uploads import uploaded_lists
from app.inventory.wording import EQUIPMENT_STATUSES
from app.web import access
from app.web.formats import number_text

blueprint = Blueprint("admin_imports", __name__, url_prefix="/admin/import", template_folder="../templates")
managers = access.requires(Role.ADMIN, Role.MANAGER)

MOST_SHOWN = 300
"""Lines on a page; the counts above them are of all."""

Answer = str | Response | tuple[str, int]


@blueprint.get("")
@managers
def upload() -> Answer:
    return render_template("admin/upload.html", form=UploadForm(), problems=[])


@blueprint.post("")
@managers
def keep() -> Answer:
    """Look at the file, and keep it while its owner looks at the dry run."""
    form = UploadForm()
    problems: list[str] = []
    if form.validate():
        data = form.file.data.read(MOST_BYTES + 1)
        try:
            read_sheet(data)
        except ImportRefused as refused:
            problems = _sentences(refused)
        else:
            name = uploaded_lists().keep(data, owner=current_user.id)
            return redirect(url_for("admin_imports.check", name=name))
    return render_template("admin/upload.html", form=form, problems=problems), 422


@blueprint.get("/<name>")
@managers
def check(name: str) -> Answer:
    """What importing it would do, as the address says which column is what."""
    sheet = _kept(name)
    if sheet is None:
        return _gone()
    if isinstance(sheet, ImportRefused):
        return _other_sheet(name, sheet)
    sent = request.args.to_dict()
    # Looking changes nothing, so the form in the address carries no token.
    form = MappingForm.of(sheet, sent, actor=current_user, formdata=None, meta={"csrf": False})
    if not form.validate():
        return _page(name, sheet, form, Plan()), 422
    told = form.settings(meanings_in(sent))
    return _page(name, sheet, form, plan_import(actor=current_user, sheet=sheet, told=told))


@blueprint.post("/<name>")
@managers
def bring_in(name: str) -> Answer:
    sheet = _kept(name)
    if sheet is None:
        return _gone()
    if isinstance(sheet, ImportRefused):
        return _other_sheet(name, sheet)
    form = MappingForm.of(sheet, request.form.to_dict(), actor=current_user)
    if not form.validate():
        return _page(name, sheet, form, Plan()), 422
    told = form.settings(meanings_in(request.form))
    try:
        done = import_equipment(actor=current_user, sheet=sheet, told=told)
    except ImportRefused as refused:
        return _page(name, sheet, form, Plan(problems=refused.problems)), 422
    uploaded_lists().remove(name, owner=current_user.id)
    flash(_counts(done))
    return redirect(url_for("admin_equipment.index", lab=form.lab.data))


@blueprint.post("/<name>/forget")
@managers
def forget(name: str) -> Answer:
    uploaded_lists().remove(name, owner=current_user.id)
    return redirect(url_for("admin_imports.upload"))


def _kept(name: str) -> Sheet | ImportRefused | None:
    """The list that this person keeps under the name: the sheet that the address or the form says."""
    data = uploaded_lists().read(name, owner=current_user.id)
    if data is None:
        return None
    try:
        return read_sheet(data, request.values.get(SHEET) or None)
    except ImportRefused as refused:
        # The file itself was looked at when it came: it is another of its sheets that is no list.
        return refused


def _other_sheet(name: str, refused: ImportRefused) -> Answer:
    if not request.values.get(SHEET):
        return _gone()
    for sentence in _sentences(refused):
        flash(sentence, "error")
    return redirect(url_for("admin_imports.check", name=name))


def _gone() -> Answer:
    flash(_("This file is no longer kept. Choose it again."), "error")
    return redirect(url_for("admin_imports.upload"))


def _page(name: str, sheet: Sheet, form: MappingForm, plan: Plan) -> str:
    return render_template(
        "admin/import.html",
        name=name,
        sheet=sheet,
        form=form,
        sent=[
            (field.name, field.data) for field in (form.key, form.lab, form.every_category, *form.columns())
        ],
        unknown=unknown_statuses(sheet, form.status.data),
        meanings=meanings_in(request.values),
        plan=plan,
        problems=[(place_text(one), problem_text(one)) for one in plan.problems[:MOST_SHOWN]],
        lines=plan.lines[:MOST_SHOWN],
        counts=_counts(plan),
        fields={field.value: label for field, label in FIELDS.items()},
        outcomes=OUTCOMES,
        statuses=EQUIPMENT_STATUSES,
        worded=problem_text,
    )


def _counts(plan: Plan) -> str:
    numbers = {outcome.value: number_text(plan.count(outcome)) for outcome in Outcome}
    return str(_("%(created)s new, %(updated)s changed, %(unchanged)s as they were", **numbers))


def _sentences(refused: ImportRefused) -> list[str]:
    """The problems of a file that is no list, in words."""
    shown = refused.problems[:MOST_SHOWN]
    return [": ".join(filter(None, (place_text(one), problem_text(one)))) for one in shown]
