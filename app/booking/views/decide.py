"""The lab's answer, and the liaison office's word for a company, from wherever they are given."""

from zoneinfo import ZoneInfo

from flask import redirect, request
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from app.accounts.models import Role
from app.accounts.services.organisations import verify_organisation
from app.accounts.viewer import person
from app.booking.errors import OutsidePolicy
from app.booking.forms import (
    LONGEST_TEXT,
    TIME_FIELDS,
    ApproveForm,
    DecideForm,
    DeclineForm,
    TimeForm,
)
from app.booking.models import Booking
from app.booking.pages.booking import BookingPage
from app.booking.permissions import ANSWERERS
from app.booking.queries.bookings import get_booking
from app.booking.services.decide import Answer as Saying
from app.booking.services.decide import Approve, Decline, approve_booking, decide_dates
from app.booking.services.propose import Propose
from app.booking.services.refuse import refuse_booking
from app.booking.views.answering import decide_form_of, decline_form, show_page
from app.booking.views.asking import span_of
from app.booking.views.blueprint import Answer, blueprint, path_to
from app.booking.views.undo import flash_answered
from app.booking.wording import REFUSALS
from app.core.errors import InvalidInput
from app.core.spans import Span
from app.core.text import isolated
from app.occupancy.errors import SlotTaken
from app.web import access
from app.web.once import do_once
from app.web.redirects import next_path


@blueprint.post("/bookings/<reference>/approve")
@access.requires(Role.ADMIN, *ANSWERERS)
def approve(reference: str) -> Answer:
    who, form = person(), ApproveForm()
    if not form.validate():
        return _again(reference, approve_form=form)
    try:
        path = do_once(
            who.id,
            lambda: _then(
                approve_booking(
                    actor=who,
                    reference=reference,
                    occurrence_ids=_dates(),
                    note=form.note.data or "",
                    override=(form.override.data or "").strip() or None,
                )
            ),
        )
    except OutsidePolicy:
        return _again(reference, status=422)
    except SlotTaken:
        return _again(reference, status=409)
    flash_answered(_("%(reference)s is approved.", reference=isolated(reference)), [reference])
    return redirect(path)


@blueprint.post("/bookings/<reference>/decline")
@access.requires(Role.ADMIN, *ANSWERERS)
def decline(reference: str) -> Answer:
    who = person()
    form = decline_form(who, get_booking(who, reference))
    if not form.validate():
        return _again(reference, refusing=form)
    try:
        path = do_once(
            who.id,
            lambda: _then(
                refuse_booking(
                    actor=who,
                    reference=reference,
                    occurrence_ids=_dates(),
                    reason_code=form.reason_code.data,
                    reason=form.reason.data or "",
                    template_id=form.template_id,
                )
            ),
        )
    except InvalidInput as refused:
        form.take(refused, REFUSALS)
        return _again(reference, refusing=form)
    flash_answered(_("%(reference)s is declined.", reference=isolated(reference)), [reference])
    return redirect(path)


@blueprint.post("/bookings/<reference>/decide")
@access.requires(Role.ADMIN, *ANSWERERS)
def decide(reference: str) -> Answer:
    """Each date gets its own answer, all of them at once."""
    who = person()
    form = decide_form_of(who, get_booking(who, reference))
    if not form.validate():
        return _again(reference, decide_form=form)
    answers = _answers(form, BookingPage.of(get_booking(who, reference), who).zone)
    if form.errors:
        return _again(reference, decide_form=form)
    try:
        path = do_once(who.id, lambda: _then(decide_dates(actor=who, reference=reference, answers=answers)))
    except InvalidInput as refused:
        form.take(refused, REFUSALS)
        return _again(reference, decide_form=form)
    except OutsidePolicy:
        return _again(reference, status=422)
    except SlotTaken:
        return _again(reference, status=409)
    flash_answered(_("The answers are given. They are sent in one letter."), [reference])
    return redirect(path)


@blueprint.post("/bookings/<reference>/verify")
@access.requires(Role.ADMIN, Role.LIAISON)
def verify(reference: str) -> Answer:
    """Vouch for the company that asks, without leaving the case."""
    who = person()
    booking = get_booking(who, reference)
    verify_organisation(actor=who, organisation_id=booking.organisation_id)
    return redirect(next_path(path_to(booking)))


def _answers(form: DecideForm, zone: ZoneInfo) -> dict[int, Saying]:
    """What was said to each date; a date without a reason of its own has the common one."""
    answers: dict[int, Saying] = {}
    for name, said in request.form.items():
        number = name.removeprefix("answer-")
        if name == number or not number.isascii() or not number.isdecimal() or len(number) > 9:
            continue
        own = request.form.get(f"reason-{number}", "")[:LONGEST_TEXT].strip()
        override = (form.override.data or "").strip() or None
        if said == "approve":
            answers[int(number)] = Approve(form.note.data or "", override)
        elif said == "propose":
            if (span := _named(number, zone)) is None:
                form.form_errors.append(_("Write the other time: a day, and from when until when."))
            else:
                answers[int(number)] = Propose(span, own, override)
        elif said == "decline":
            answers[int(number)] = Decline(*form.refusal(own))
    return answers


def _named(number: str, zone: ZoneInfo) -> Span | None:
    """The other time that was written beside a date; None where it is none."""
    typed = MultiDict({name: request.form.get(f"{name}-{number}", "") for name in TIME_FIELDS})
    form = TimeForm(formdata=typed, meta={"csrf": False})
    return span_of(form, zone) if form.validate() else None


def _dates() -> list[int]:
    return request.form.getlist("occurrence", type=int)


def _then(booking: Booking) -> str:
    """Back to the inbox, where the next case is open, or to the booking."""
    return next_path(path_to(booking))


def _again(
    reference: str,
    *,
    status: int = 422,
    approve_form: ApproveForm | None = None,
    refusing: DeclineForm | None = None,
    decide_form: DecideForm | None = None,
) -> Answer:
    """The case, with what was typed and what is in the way now."""
    who = person()
    page = BookingPage.of(
        get_booking(who, reference), who, request.form.get("occurrence", type=int), request.form
    )
    typed = approve_form or refusing or decide_form
    return show_page(
        page,
        status=status,
        refused=status if typed is None else None,
        approve_form=approve_form,
        refusing=refusing,
        decide_form=decide_form,
    )
