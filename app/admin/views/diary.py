"""The diary that a lab kept before: from a file or pasted, looked at first, then brought in."""

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from app.accounts.models import Role
from app.accounts.queries import list_known_organisations
from app.accounts.viewer import person
from app.admin.diary_forms import PROBLEMS, REFUSALS, DiaryForm, DiaryLabForm
from app.admin.table_problems import sentence
from app.booking.queries.things import list_equipment_with_place
from app.booking.rules.diary import Entry, read_diary
from app.booking.services.diary.bring_in import foresee_diary, import_diary
from app.booking.services.diary.plan import Foreseen
from app.core.clock import now
from app.core.errors import InvalidInput
from app.core.i18n import localized
from app.inventory.errors import ImportRefused
from app.inventory.problems import Problem
from app.inventory.queries.places import get_lab, list_managed_labs
from app.inventory.rules.importing.sheet import read_sheet
from app.inventory.uploads import uploaded_lists
from app.web import access
from app.web.formats import number_text
from app.web.forms import choices_of

blueprint = Blueprint("admin_diary", __name__, url_prefix="/admin/diary", template_folder="../templates")
managers = access.requires(Role.ADMIN, Role.MANAGER)

SHOWN = 100
"""Lines of a preview; the figures are of all."""
Answer = str | Response | tuple[str, int]


@blueprint.get("")
@managers
def index() -> Answer:
    return _first_page(_offered(DiaryForm(formdata=None)))


@blueprint.post("")
@managers
def keep() -> Answer:
    """Look at the table, and keep it while its owner looks at what it would do."""
    form = _offered(DiaryForm())
    if not form.validate():
        return _first_page(form, status=422)
    data = form.content()
    try:
        _entries, problems = read_diary(read_sheet(data))
    except ImportRefused as refused:
        return _first_page(form, refused.problems, 422)
    if problems and problems[0].line is None:
        return _first_page(form, problems, 422)
    kept = uploaded_lists().keep(data, owner=person().id)
    return redirect(url_for("admin_diary.check", kept=kept, lab=form.lab_id, instead=form.instead_id))


@blueprint.get("/check/<kept>")
@managers
def check(kept: str) -> Answer:
    """What it would bring in, and what it would leave out."""
    return _check_page(kept, _offered(DiaryLabForm(formdata=request.args, meta={"csrf": False})))


@blueprint.post("/check/<kept>")
@managers
def bring_in(kept: str) -> Answer:
    form, who, found = _offered(DiaryLabForm()), person(), _kept(kept)
    if found is None:
        return _gone()
    if not form.validate():
        return _check_page(kept, form, 422)
    try:
        done = import_diary(actor=who, lab_id=form.lab_id, entries=found[0], instead_id=form.instead_id)
    except InvalidInput as refused:
        form.take(refused, REFUSALS)
        return _check_page(kept, form, 422)
    uploaded_lists().remove(kept, owner=who.id)
    many = len(done.planned)
    words = ngettext(
        "%(shown)s booking is brought in. Nobody was told.",
        "%(shown)s bookings are brought in. Nobody was told.",
        many,
        shown=number_text(many),
    )
    flash(words)
    return redirect(url_for("booking.index", whose="labs"))


def _offered(form: DiaryLabForm) -> DiaryLabForm:
    form.lab.choices = choices_of({lab.id: localized(lab) for lab in list_managed_labs(person())})
    known = {str(one.id): localized(one) for one in list_known_organisations()}
    form.instead.choices = choices_of({"": _("Leave them out"), **known})
    return form


def _kept(name: str) -> tuple[list[Entry], list[Problem]] | None:
    data = uploaded_lists().read(name, owner=person().id)
    return None if data is None else read_diary(read_sheet(data))


def _gone() -> Answer:
    flash(_("This file is no longer kept. Choose it again."), "error")
    return redirect(url_for("admin_diary.index"))


def _first_page(form: DiaryLabForm, problems: Sequence[Problem] = (), status: int = 200) -> Answer:
    told = [sentence(one, PROBLEMS) for one in problems]
    return render_template("admin/diary.html", form=form, problems=told), status


def _check_page(kept: str, form: DiaryLabForm, status: int = 200) -> Answer:
    read = _kept(kept)
    if read is None:
        return _gone()
    entries, problems = read
    found = Foreseen()
    if form.validate():
        try:
            found = foresee_diary(
                actor=person(), lab_id=form.lab_id, entries=entries, instead_id=form.instead_id
            )
        except InvalidInput as refused:
            form.take(refused, REFUSALS)
            status = 422
    else:
        status = 422
    left_out = sorted([*problems, *found.problems], key=lambda one: one.line or 0)
    equipment = list_equipment_with_place({one.equipment_id for one in found.planned})
    return render_template(
        "admin/diary_check.html",
        kept=kept,
        form=form,
        found=found,
        shown=found.planned[:SHOWN],
        equipment={one.id: one for one in equipment},
        past=sum(one.span.end <= now() for one in found.planned),
        problems=[sentence(one, PROBLEMS) for one in left_out],
        zone=get_lab(form.lab_id).site.zone if found.planned else None,
    ), status
