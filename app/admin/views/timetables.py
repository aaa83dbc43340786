"""Teaching: a timetable from a file or pasted, looked at first, then taken over; and what it left out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from app.accounts.models import Role
from app.accounts.viewer import person
from app.admin.table_problems import sentence
from app.admin.timetable_forms import PROBLEMS, REFUSALS, WEEKS, TermForm, TimetableForm
from app.booking.models import Timetable
from app.booking.permissions import LAB_STAFF
from app.booking.queries.things import list_equipment_with_place
from app.booking.queries.timetables import get_timetable, list_timetables, taken_by
from app.booking.rules.timetable import Class, read_classes
from app.booking.services.teaching.plan import Planned, Term, left_out_of
from app.booking.services.teaching.timetables import (
    Foreseen,
    complete_timetable,
    end_timetable,
    foresee_timetable,
    import_timetable,
)
from app.booking.wording import TAKEN_BY
from app.core.errors import InvalidInput, WrongState
from app.core.i18n import localized
from app.inventory.errors import ImportRefused
from app.inventory.models import Equipment, Lab
from app.inventory.permissions import may_manage_lab
from app.inventory.problems import Problem
from app.inventory.queries.places import get_lab, list_managed_labs
from app.inventory.rules.importing.sheet import read_sheet
from app.inventory.uploads import uploaded_lists
from app.web import access
from app.web.formats import number_text, weekday_text
from app.web.forms import choices_of
from app.web.once import do_once

blueprint = Blueprint(
    "admin_timetables", __name__, url_prefix="/admin/timetables", template_folder="../templates"
)
managers = access.requires(Role.ADMIN, Role.MANAGER)
staff = access.requires(Role.ADMIN, Role.LIAISON, *LAB_STAFF)

A_MONDAY = date(2024, 1, 1)
Answer = str | Response | tuple[str, int]


@dataclass(frozen=True)
class ClassRow:
    """A class, what it is on, how many dates it has, and those it has not."""

    planned: Planned
    equipment: Equipment
    dates: int

    @property
    def weeks(self) -> str:
        return str(WEEKS[self.planned.row.weeks])

    @property
    def day(self) -> str:
        return weekday_text(A_MONDAY + timedelta(days=self.planned.row.weekday))


@blueprint.get("")
@staff
def index() -> Answer:
    return render_template("admin/timetables.html", timetables=list_timetables(person()))


@blueprint.get("/new")
@managers
def new() -> Answer:
    return _new_page(_offered(TimetableForm(formdata=None)))


@blueprint.post("/new")
@managers
def keep() -> Answer:
    """Look at the table, and keep it while its owner looks at what it would do."""
    form = _offered(TimetableForm())
    if not form.validate():
        return _new_page(form, status=422)
    data = form.content()
    try:
        _classes, problems = read_classes(read_sheet(data))
    except ImportRefused as refused:
        return _new_page(form, [sentence(one, PROBLEMS) for one in refused.problems], 422)
    if problems and problems[0].line is None:
        return _new_page(form, [sentence(one, PROBLEMS) for one in problems], 422)
    kept, term = uploaded_lists().keep(data, owner=person().id), _term(form)
    return redirect(
        url_for(
            "admin_timetables.check",
            kept=kept,
            lab=term.lab_id,
            name=term.name,
            first_on=term.first_on.isoformat(),
            last_on=term.last_on.isoformat(),
        )
    )


@blueprint.get("/check/<kept>")
@managers
def check(kept: str) -> Answer:
    """What it would take, and what it would leave out."""
    form = _offered(TermForm(formdata=request.args, meta={"csrf": False}))
    return _check_page(kept, form)


@blueprint.post("/check/<kept>")
@managers
def bring_in(kept: str) -> Answer:
    form, who = _offered(TermForm()), person()
    found = _kept(kept)
    if found is None:
        return _gone()
    if not form.validate():
        return _check_page(kept, form, 422)
    classes, term = found[0], _term(form)
    try:
        path = do_once(who.id, lambda: _path_to(import_timetable(actor=who, term=term, classes=classes)))
    except InvalidInput as refused:
        form.take(refused, REFUSALS)
        return _check_page(kept, form, 422)
    uploaded_lists().remove(kept, owner=who.id)
    flash(_("The timetable has its time."))
    return redirect(path)


@blueprint.get("/<int:timetable_id>")
@staff
def show(timetable_id: int) -> Answer:
    found = get_timetable(person(), timetable_id)
    has = taken_by(found.classes)
    planned = left_out_of(found)
    rows = [
        ClassRow(plan, one.equipment, len(has[one.id]))
        for one, plan in zip(found.classes, planned, strict=True)
    ]
    return render_template(
        "admin/timetable.html",
        it=found,
        rows=rows,
        zone=found.lab.site.zone,
        kinds=_kinds(),
        can_be_had=sum(len(one.spans) for one in planned),
        may_change=found.ended_at is None and may_manage_lab(person(), found.lab_id),
    )


@blueprint.post("/<int:timetable_id>/complete")
@managers
def complete(timetable_id: int) -> Answer:
    """Take what was left out and is free by now."""
    try:
        many = complete_timetable(actor=person(), timetable_id=timetable_id)
    except WrongState:
        flash(_("This timetable has ended."), "error")
    else:
        words = ngettext("%(shown)s date more.", "%(shown)s dates more.", many, shown=number_text(many))
        flash(words if many else _("Nothing of it is free."))
    return redirect(url_for("admin_timetables.show", timetable_id=timetable_id))


@blueprint.post("/<int:timetable_id>/end")
@managers
def end(timetable_id: int) -> Answer:
    try:
        end_timetable(actor=person(), timetable_id=timetable_id)
    except WrongState:
        flash(_("This timetable has ended."), "error")
    else:
        flash(_("Its time ahead is free again."))
    return redirect(url_for("admin_timetables.show", timetable_id=timetable_id))


def _offered(form: TermForm) -> TermForm:
    form.lab.choices = choices_of({lab.id: localized(lab) for lab in list_managed_labs(person())})
    return form


def _term(form: TermForm) -> Term:
    """Of a form that is complete."""
    first, last = form.first_on.data, form.last_on.data
    if first is None or last is None:
        raise InvalidInput(("last_on", "required"))
    return Term(int(form.lab.data), form.name.data or "", first, last)


def _kept(name: str) -> tuple[list[Class], list[Problem]] | None:
    data = uploaded_lists().read(name, owner=person().id)
    return None if data is None else read_classes(read_sheet(data))


def _gone() -> Answer:
    flash(_("This file is no longer kept. Choose it again."), "error")
    return redirect(url_for("admin_timetables.new"))


def _path_to(found: Timetable) -> str:
    return url_for("admin_timetables.show", timetable_id=found.id)


def _kinds() -> Mapping[str, str]:
    return {kind.value: str(words) for kind, words in TAKEN_BY.items()}


def _rows(foreseen: Foreseen) -> list[ClassRow]:
    ids = {one.equipment_id for one in foreseen.planned}
    equipment = {one.id: one for one in list_equipment_with_place(ids)}
    return [ClassRow(one, equipment[one.equipment_id], len(one.spans)) for one in foreseen.planned]


def _new_page(form: TermForm, problems: Sequence[str] = (), status: int = 200) -> Answer:
    labs = list_managed_labs(person())
    return render_template(
        "admin/timetable_new.html",
        form=form,
        problems=problems,
        first_weekday=labs[0].site.first_weekday if labs else 0,
    ), status


def _check_page(kept: str, form: TermForm, status: int = 200) -> Answer:
    found = _kept(kept)
    if found is None:
        return _gone()
    classes, problems = found
    lab: Lab | None = None
    foreseen = Foreseen((), ())
    if form.validate():
        try:
            foreseen = foresee_timetable(actor=person(), term=_term(form), classes=classes)
            lab = get_lab(int(form.lab.data))
        except InvalidInput as refused:
            form.take(refused, REFUSALS)
            status = 422
    else:
        status = 422
    unread = sorted([*problems, *foreseen.problems], key=lambda one: one.line or 0)
    return render_template(
        "admin/timetable_check.html",
        kept=kept,
        form=form,
        lab=lab,
        rows=_rows(foreseen),
        problems=[sentence(one, PROBLEMS) for one in unread],
        kinds=_kinds(),
    ), status
