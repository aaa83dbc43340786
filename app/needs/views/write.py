"""Writing a need and changing it."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts.viewer import person
from app.core.errors import Forbidden, InvalidInput
from app.core.i18n import localized
from app.inventory.queries.categories import all_categories
from app.needs.forms import LowerForm, NeedForm, NewNeedForm
from app.needs.models import Need
from app.needs.permissions import WRITERS, may_write_need
from app.needs.queries.evidence import has_gap
from app.needs.queries.needs import get_need
from app.needs.rules.states import DRAFTS
from app.needs.services.write import change_need, write_need
from app.needs.views.blueprint import blueprint
from app.needs.wording import REFUSALS
from app.web import access
from app.web.forms import BaseForm
from app.web.once import do_once

Answer = str | Response | tuple[str, int]
writers = access.requires(*WRITERS)


@blueprint.get("/needs/new")
@writers
def new() -> Answer:
    """An empty form; with a category and a lab, as from the page of a gap, it proposes from there."""
    given = {name: request.args.get(name, type=int) for name in ("category", "lab")}
    category = all_categories().get(given["category"] or 0)
    from_gap = category is not None and given["lab"] is not None and has_gap(category.id, given["lab"])
    title = localized(category) if category else ""
    return _new(NewNeedForm.of(person(), title=title, from_gap=from_gap, quantity=1, **given))


@blueprint.post("/needs/new")
@writers
def create() -> Answer:
    who, form = person(), NewNeedForm.of(person())
    if not form.validate():
        return _new(form), 422
    try:
        path = do_once(
            who.id,
            lambda: path_to(
                write_need(
                    actor=who,
                    lab_id=form.lab.data,
                    category_id=form.category.data,
                    from_gap=form.from_gap.data,
                    **form.values(),
                )
            ),
        )
    except InvalidInput as refused:
        take(form, refused)
        return _new(form), 422
    flash(_("It is kept as a draft. Hand it in when it says what you mean."))
    return redirect(path)


@blueprint.get("/needs/<int:need_id>/edit")
@writers
def edit(need_id: int) -> Answer:
    need = _get_writable(need_id)
    return _edit(need, _form_of(need)(obj=need, formdata=None))


@blueprint.post("/needs/<int:need_id>/edit")
@writers
def change(need_id: int) -> Answer:
    need = _get_writable(need_id)
    form = _form_of(need)()
    if not form.validate():
        return _edit(need, form), 422
    values = form.values() if isinstance(form, NeedForm) else {"quantity": form.quantity.data or 0}
    try:
        change_need(actor=person(), need_id=need_id, **values)
    except InvalidInput as refused:
        take(form, refused)
        return _edit(get_need(person(), need_id), form), 422
    flash(_("Saved."))
    return redirect(url_for("needs.show", need_id=need_id))


def path_to(need: Need) -> str:
    """Where a need is shown."""
    return url_for("needs.show", need_id=need.id)


def take(form: BaseForm, refused: InvalidInput) -> None:
    form.take(refused, {key: str(words) for key, words in REFUSALS.items()})


def _form_of(need: Need) -> type[NeedForm] | type[LowerForm]:
    """All of it before it is published; afterwards only how many."""
    return NeedForm if need.state in DRAFTS else LowerForm


def _get_writable(need_id: int) -> Need:
    need = get_need(person(), need_id)
    if not may_write_need(person(), need.lab_id):
        raise Forbidden
    return need


def _new(form: NewNeedForm) -> str:
    return render_template("needs/new.html", form=form)


def _edit(need: Need, form: BaseForm) -> str:
    return render_template("needs/edit.html", need=need, form=form)
