"""Asking for equipment: what would be possible, the request, and the registration that may go with it."""

from contextlib import suppress
from urllib.parse import parse_qsl

from flask import redirect, render_template, request, url_for
from flask_babel import ngettext
from werkzeug.datastructures import MultiDict

from app.accounts.services.register import Company, new_person
from app.booking.errors import OutsidePolicy
from app.booking.forms import TIME_FIELDS
from app.booking.services.newcomers import SentBefore, register_and_request, request_for_company
from app.booking.services.request import Request, request_booking
from app.booking.views.asking import Asking, opened
from app.booking.views.blueprint import Answer, blueprint, path_to
from app.booking.wording import REFUSALS
from app.core.errors import DomainError, InvalidInput, TooMany
from app.core.i18n import language
from app.occupancy.errors import SlotTaken
from app.web import access
from app.web.errors import status_of
from app.web.formats import number_text
from app.web.once import do_once, question_of
from app.web.steadily import steadily


@blueprint.get("/bookings/new")
@access.public
def new() -> Answer:
    """A time that is complete in the address is looked at right away."""
    asking = opened(request.args, csrf=False)
    if not asking.equipment:
        return render_template("booking/choose.html")
    asking.look()
    return _page(asking)


@blueprint.post("/bookings/new")
@access.public
def ask() -> Answer:
    """Look again, or ask; nothing that was typed is lost."""
    asks = request.form.get("do") in ("ask", "rest")
    asking = opened(_as_changed(request.form), csrf=True)
    if not asking.equipment:
        return render_template("booking/choose.html")
    asking.form.asks, asking.leaves_out = asks, request.form.get("do") == "rest"
    wanted = asking.request if asking.form.validate() else None
    if wanted is None or not asks:
        asking.look()
        return _page(asking, 422 if asks or asking.form.errors else 200)
    try:
        return redirect(_send(asking, wanted))
    except DomainError as refused:
        return _refused(asking, refused)


@blueprint.get("/bookings/mail-sent")
@access.public
def mail_sent() -> Answer:
    """Whether the address was known or not, the answer is this."""
    return render_template("booking/mail_sent.html")


def _send(asking: Asking, wanted: Request) -> str:
    """Ask, and where to go then."""
    who, company = asking.who, asking.company
    if who is None:
        with suppress(SentBefore):
            _register_and_ask(asking, wanted)
        return url_for("booking.mail_sent")
    if company:
        return do_once(
            who.id, lambda: path_to(request_for_company(actor=who, company=company, request=wanted))
        )
    return do_once(who.id, lambda: path_to(request_booking(actor=who, request=wanted)))


@steadily
def _register_and_ask(asking: Asking, wanted: Request) -> None:
    form = asking.form
    person = new_person(
        email=form.email.data,
        name=form.name.data,
        password=form.password.data,
        language=language(),
        company_name=form.organisation.data,
    )
    register_and_request(
        person=person,
        company=Company(name=form.organisation.data),
        address=request.remote_addr or "",
        request=wanted,
        question=question_of,
    )


def _as_changed(typed: MultiDict[str, str]) -> MultiDict[str, str]:
    """What was typed, with what the pressed button changes in it."""
    values = typed.copy()
    if "instead" in typed:
        chosen = MultiDict(parse_qsl(typed["instead"]))
        for name in ("equipment", "quantity", *TIME_FIELDS):
            values.setlist(name, chosen.getlist(name))
    if typed.get("do") == "add":
        values.add("equipment", typed.get("also", ""))
        values.add("quantity", "1")
    if "leave_out" in typed:
        kept = [
            (id_, many)
            for id_, many in zip(typed.getlist("equipment"), typed.getlist("quantity"), strict=False)
            if id_ != typed["leave_out"]
        ]
        values.setlist("equipment", [id_ for id_, _many in kept])
        values.setlist("quantity", [many for _id, many in kept])
    return values


def _refused(asking: Asking, refused: DomainError) -> Answer:
    """The page again, with why not and what would do; what is no word to the asker goes its way."""
    match refused:
        case OutsidePolicy() | SlotTaken():
            asking.look()
        case InvalidInput():
            asking.form.take(refused, REFUSALS)
        case TooMany():
            asking.form.form_errors.append(_too_often(refused))
        case _:
            raise refused
    return _page(asking, 422 if isinstance(refused, OutsidePolicy) else status_of(refused))


def _too_often(many: TooMany) -> str:
    minutes = -(-many.retry_after // 60)
    return str(
        ngettext(
            "That was tried too often. Try again in %(count)s minute.",
            "That was tried too often. Try again in %(count)s minutes.",
            minutes,
            count=number_text(minutes),
        )
    )


def _page(asking: Asking, status: int = 200) -> Answer:
    return render_template("booking/new.html", asking=asking, form=asking.form), status
