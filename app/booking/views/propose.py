"""Another time: named by the lab, taken by the company."""

from flask import flash, redirect, render_template, request
from flask_babel import gettext as _

from app.accounts.models import Role
from app.accounts.viewer import person
from app.booking.errors import OutsidePolicy
from app.booking.forms import ProposeForm
from app.booking.pages.booking import BookingPage
from app.booking.pages.checked import checked
from app.booking.permissions import DECIDERS
from app.booking.queries.bookings import get_booking
from app.booking.queries.things import may_take_days
from app.booking.services.decide import propose_time
from app.booking.services.move import check_move
from app.booking.services.propose import accept_proposal
from app.booking.views.asking import span_of
from app.booking.views.blueprint import Answer, blueprint, path_to
from app.booking.wording import REFUSALS
from app.core.errors import InvalidInput, WrongState
from app.core.spans import Span
from app.core.text import isolated
from app.occupancy.errors import SlotTaken
from app.web import access
from app.web.fields import WallClock
from app.web.once import do_once


@blueprint.get("/bookings/<reference>/propose")
@access.requires(Role.ADMIN, *DECIDERS)
def propose(reference: str) -> Answer:
    """Which time instead?"""
    page = _to_answer(reference)
    if not page.may_decide:
        raise WrongState
    asked = WallClock.of(page.date.span, page.zone)
    form = ProposeForm(
        data={"date": asked.day, "start": asked.start, "end_date": asked.end_date, "end": asked.end}
    )
    return _propose_page(page, form)


@blueprint.post("/bookings/<reference>/propose")
@access.requires(Role.ADMIN, *DECIDERS)
def send_proposal(reference: str) -> Answer:
    page, form = _to_answer(reference), ProposeForm()
    span = span_of(form, page.zone) if form.validate() else None
    if span is None:
        return _propose_page(page, form, status=422)
    who, date_id = page.who, page.date.id
    try:
        path = do_once(
            who.id,
            lambda: path_to(
                propose_time(
                    actor=who,
                    reference=reference,
                    span=span,
                    occurrence_ids=[date_id],
                    message=form.message.data or "",
                    override=(form.override.data or "").strip() or None,
                )
            ),
        )
    except InvalidInput as refused:
        form.take(refused, REFUSALS)
        return _propose_page(page, form, status=422)
    except OutsidePolicy:
        return _propose_page(page, form, span, 422)
    except SlotTaken:
        return _propose_page(page, form, span, 409)
    flash(_("The other time is proposed and held for the company."))
    return redirect(path)


@blueprint.post("/bookings/<reference>/accept")
@access.signed_in
def accept(reference: str) -> Answer:
    """Take the time that the lab named."""
    who, ids = person(), request.form.getlist("occurrence", type=int)
    try:
        path = do_once(
            who.id,
            lambda: path_to(accept_proposal(actor=who, reference=reference, occurrence_ids=ids)),
        )
    except SlotTaken:
        flash(_("The time has been taken meanwhile. Nothing was changed."), "error")
        return redirect(path_to(get_booking(who, reference)))
    flash(_("%(reference)s: the other time is accepted.", reference=isolated(reference)))
    return redirect(path)


def _to_answer(reference: str) -> BookingPage:
    who = person()
    return BookingPage.of(get_booking(who, reference), who, request.values.get("occurrence", type=int))


def _propose_page(
    page: BookingPage, form: ProposeForm, span: Span | None = None, status: int = 200
) -> Answer:
    """The form, and what is in the way of the time that was named."""
    found = check_move(date=page.date, span=span) if span is not None else None
    return render_template(
        "booking/propose.html",
        it=page,
        form=form,
        found=(looked := checked(found) if found is not None else None),
        may_override=looked is not None and looked.is_overridable and page.is_staff_of_all,
        may_take_days=may_take_days(page.equipment),
    ), status
