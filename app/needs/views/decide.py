"""Handing in, publishing, turning down and closing."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts.viewer import person
from app.core.errors import Forbidden, InvalidInput
from app.needs.errors import FourEyes
from app.needs.forms import CloseForm, RejectForm
from app.needs.models import ClosingReason, Need
from app.needs.permissions import WRITERS, may_review_need
from app.needs.queries.needs import get_need
from app.needs.services.close import close_need
from app.needs.services.publish import publish_need, reject_need
from app.needs.services.write import submit_need
from app.needs.views.blueprint import blueprint
from app.needs.views.needs import page_of
from app.needs.views.write import take
from app.web import access

Answer = str | Response | tuple[str, int]
writers = access.requires(*WRITERS)


@blueprint.post("/needs/<int:need_id>/submit")
@writers
def submit(need_id: int) -> Answer:
    submit_need(actor=person(), need_id=need_id)
    flash(_("It is handed in."))
    return _back(need_id)


@blueprint.post("/needs/<int:need_id>/publish")
@writers
def publish(need_id: int) -> Answer:
    try:
        publish_need(actor=person(), need_id=need_id)
    except FourEyes:
        return page_of(get_need(person(), need_id), four_eyes=True), 403
    flash(_("It is published, with the evidence of today."))
    return _back(need_id)


@blueprint.get("/needs/<int:need_id>/reject")
@writers
def ask_reject(need_id: int) -> Answer:
    return _reject(_get(need_id), RejectForm())


@blueprint.post("/needs/<int:need_id>/reject")
@writers
def reject(need_id: int) -> Answer:
    need, form = _get(need_id), RejectForm()
    if not form.validate():
        return _reject(need, form), 422
    try:
        reject_need(actor=person(), need_id=need_id, reason=form.reason.data or "")
    except InvalidInput as refused:
        take(form, refused)
        return _reject(_get(need_id), form), 422
    flash(_("It is turned down."))
    return _back(need_id)


@blueprint.get("/needs/<int:need_id>/close")
@writers
def ask_close(need_id: int) -> Answer:
    return _close(_get(need_id), CloseForm())


@blueprint.post("/needs/<int:need_id>/close")
@writers
def close(need_id: int) -> Answer:
    need, form = _get(need_id), CloseForm()
    if not form.validate():
        return _close(need, form), 422
    try:
        close_need(
            actor=person(),
            need_id=need_id,
            reason=ClosingReason(form.reason.data),
            note=form.note.data or "",
        )
    except InvalidInput as refused:
        take(form, refused)
        return _close(_get(need_id), form), 422
    flash(_("It is closed."))
    return _back(need_id)


def _get(need_id: int) -> Need:
    need = get_need(person(), need_id)
    if not may_review_need(person(), need):
        raise Forbidden
    return need


def _reject(need: Need, form: RejectForm) -> str:
    return render_template("needs/reject.html", need=need, form=form)


def _close(need: Need, form: CloseForm) -> str:
    return render_template("needs/close.html", need=need, form=form)


def _back(need_id: int) -> Response:
    return redirect(url_for("needs.show", need_id=need_id))
