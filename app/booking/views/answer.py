"""Answering from a letter. Looking answers nothing: mail scanners open every link. Only the form does.

Nobody is signed in by it: the page is the letter's person for this one answer, in their language.
"""

from collections.abc import Callable
from functools import wraps

from flask import Response, make_response, redirect, render_template, request, url_for

from app.accounts.errors import LinkUnusable
from app.booking.errors import NoLongerTheirs, OutsidePolicy
from app.booking.forms import ApproveForm, DeclineForm
from app.booking.models import AnswerPurpose
from app.booking.pages.answer import AnswerPage
from app.booking.services.answer_links import (
    Opened,
    accept_by_link,
    admit,
    approve_by_link,
    decline_by_link,
    open_answer_link,
)
from app.booking.views.answering import decline_form
from app.booking.views.blueprint import Answer, blueprint
from app.booking.wording import REFUSALS
from app.core.errors import InvalidInput, WrongState
from app.core.i18n import LANGUAGES, in_language
from app.occupancy.errors import SlotTaken
from app.web import access
from app.web.forms import BaseForm

ADDRESS = "/answer/<token>/<any(approve, decline, accept):verb>"


def kept_private(view: Callable[..., Answer]) -> Callable[..., Response]:
    """The address is a secret: no other site hears of it, and nothing keeps the page."""

    @wraps(view)
    def private(token: str, verb: str) -> Response:
        try:
            answer = make_response(view(token, verb))
        except LinkUnusable:
            answer = make_response(render_template("booking/answer/gone.html"), 404)
        except NoLongerTheirs as error:
            with in_language(_language(error.language)):
                answer = make_response(render_template("booking/answer/not_yours.html"), 403)
        answer.headers["Referrer-Policy"] = "no-referrer"
        answer.headers["Cache-Control"] = "no-store"
        return answer

    return private


@blueprint.get(ADDRESS)
@access.public
@kept_private
def answer(token: str, verb: str) -> Answer:
    """What is asked, and a form that answers it."""
    opened = _opened(token, verb)
    with in_language(_language(opened.link.user.language)):
        return _page(opened, token, verb)


@blueprint.post(ADDRESS)
@access.public
@kept_private
def send_answer(token: str, verb: str) -> Answer:
    admit(request.remote_addr or "")
    opened = _opened(token, verb)
    with in_language(_language(opened.link.user.language)):
        form = _form(opened, verb)
        if not form.validate():
            return _page(opened, token, verb, form=form, status=422)
        try:
            _act(token, form)
        except InvalidInput as wrong:
            form.take(wrong, REFUSALS)
            return _page(_opened(token, verb), token, verb, form=form, status=422)
        except OutsidePolicy:
            return _page(_opened(token, verb), token, verb, form=form, status=422, refused=422)
        except (SlotTaken, WrongState) as error:
            refused = 409 if isinstance(error, SlotTaken) else 410
            return _page(_opened(token, verb), token, verb, form=form, status=409, refused=refused)
    return redirect(url_for("booking.answer", token=token, verb=verb))


def _act(token: str, form: BaseForm) -> None:
    ids = request.form.getlist("occurrence", type=int)
    if isinstance(form, ApproveForm):
        approve_by_link(token=token, occurrence_ids=ids, note=form.note.data or "")
    elif isinstance(form, DeclineForm):
        decline_by_link(
            token=token,
            occurrence_ids=ids,
            reason_code=form.reason_code.data,
            reason=form.reason.data or "",
            template_id=form.template_id,
        )
    else:
        accept_by_link(token=token, occurrence_ids=ids)


def _opened(token: str, verb: str) -> Opened:
    opened = open_answer_link(token)
    if (opened.link.purpose is AnswerPurpose.ACCEPT) != (verb == "accept"):
        raise LinkUnusable
    return opened


def _form(opened: Opened, verb: str) -> BaseForm:
    if verb == "decline":
        return decline_form(opened.link.user, opened.booking)
    return ApproveForm() if verb == "approve" else BaseForm()


def _language(own: str) -> str:
    """Theirs, unless the page itself was asked for in another one."""
    asked = request.args.get("lang", "")
    return asked if asked in LANGUAGES else own


def _page(
    opened: Opened,
    token: str,
    verb: str,
    *,
    form: BaseForm | None = None,
    status: int = 200,
    refused: int | None = None,
) -> Answer:
    page = AnswerPage(opened)
    if not opened.waiting:
        return render_template("booking/answer/over.html", letter=page), status
    return render_template(
        "booking/answer/show.html",
        letter=page,
        it=page.case,
        form=form or _form(opened, verb),
        token=token,
        verb=verb,
        refused=refused,
    ), status
