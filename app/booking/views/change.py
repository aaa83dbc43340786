"""Putting a booking on another time, and calling it off."""

from urllib.parse import parse_qsl

from flask import flash, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from app.accounts.viewer import person
from app.booking.errors import OutsidePolicy
from app.booking.forms import TIME_FIELDS, CancelForm, MoveForm
from app.booking.pages.booking import BookingPage
from app.booking.pages.checked import checked
from app.booking.permissions import may_change
from app.booking.queries.bookings import get_booking
from app.booking.queries.things import may_take_days
from app.booking.services.add import add_dates
from app.booking.services.cancel import cancel_booking
from app.booking.services.move import asks_again, check_move, move_booking
from app.booking.views.asking import span_of
from app.booking.views.blueprint import Answer, blueprint, path_to
from app.core.errors import Forbidden, WrongState
from app.core.spans import Span
from app.core.text import isolated
from app.occupancy.errors import SlotTaken
from app.web import access
from app.web.fields import WallClock
from app.web.once import do_once
from app.web.redirects import next_path


@blueprint.get("/bookings/<reference>/move")
@access.signed_in
def move(reference: str) -> Answer:
    """Where to? A time that is complete in the address is looked at right away."""
    page = _to_change(reference)
    if not page.may_move:
        raise WrongState
    form = MoveForm(formdata=request.args if "date" in request.args else None, meta={"csrf": False})
    if "date" in request.args:
        return _move_page(page, form, span_of(form, page.zone))
    now = WallClock.of(page.date.span, page.zone)
    form.process(data={"date": now.day, "start": now.start, "end_date": now.end_date, "end": now.end})
    return _move_page(page, form, None)


@blueprint.post("/bookings/<reference>/move")
@access.signed_in
def put(reference: str) -> Answer:
    """Look again, or move it."""
    page, form = _to_change(reference), MoveForm(formdata=_as_chosen())
    moves = request.form.get("do") == "move"
    span = span_of(form, page.zone) if form.validate() else None
    if span is None or not moves:
        return _move_page(page, form, span, 422 if span is None else 200)
    date_id, who, is_there = page.date.id, page.who, span == page.date.span
    try:
        path = do_once(
            who.id,
            lambda: path_to(
                move_booking(
                    actor=who,
                    reference=reference,
                    span=span,
                    occurrence_ids=[date_id],
                    override=(form.override.data or "").strip() or None,
                )
            ),
        )
    except OutsidePolicy:
        return _move_page(page, form, span, 422)
    except SlotTaken:
        return _move_page(page, form, span, 409)
    moved = _("%(reference)s is moved.", reference=isolated(reference))
    flash(_("It is at this time already.") if is_there else moved)
    return redirect(next_path(path))


@blueprint.get("/bookings/<reference>/cancel")
@access.signed_in
def ask_to_cancel(reference: str) -> Answer:
    page = _to_change(reference)
    if not page.may_cancel:
        raise WrongState
    return render_template("booking/cancel.html", it=page, form=CancelForm())


@blueprint.post("/bookings/<reference>/cancel")
@access.signed_in
def cancel(reference: str) -> Answer:
    page, form = _to_change(reference), CancelForm()
    if not form.validate():
        return render_template("booking/cancel.html", it=page, form=form), 422
    who, note, (dates, and_following) = page.who, form.reason.data or "", _scope(form)
    if dates == [] and form.scope.data != "all":
        form.scope.errors = [_("Choose at least one date.")]
        return render_template("booking/cancel.html", it=page, form=form), 422
    path = do_once(
        who.id,
        lambda: path_to(
            cancel_booking(
                actor=who,
                reference=reference,
                occurrence_ids=dates,
                and_following=and_following,
                note=note,
            )
        ),
    )
    flash(_("%(reference)s is called off.", reference=isolated(reference)))
    return redirect(path)


@blueprint.post("/bookings/<reference>/add")
@access.signed_in
def add(reference: str) -> Answer:
    """Ask for a date that was left out of a series."""
    page, ids = _to_change(reference), request.form.getlist("skipped", type=int)
    who = page.who
    try:
        path = do_once(who.id, lambda: path_to(add_dates(actor=who, reference=reference, skipped_ids=ids)))
    except (OutsidePolicy, SlotTaken):
        flash(_("It has been taken meanwhile, or a rule is not met. Nothing was changed."), "error")
        return redirect(path_to(page.booking))
    flash(_("The date is added."))
    return redirect(path)


def _scope(form: CancelForm) -> tuple[list[int], bool]:
    """Which dates are meant, and whether those that follow are too."""
    if form.scope.data == "all":
        return [], False
    if form.scope.data == "following":
        return request.form.getlist("from", type=int)[:1], True
    return request.form.getlist("occurrence", type=int), False


def _to_change(reference: str) -> BookingPage:
    """The booking, and of its dates the one that is named."""
    who = person()
    booking = get_booking(who, reference)
    if not may_change(who, booking):
        raise Forbidden
    return BookingPage.of(booking, who, request.values.get("occurrence", type=int))


def _as_chosen() -> MultiDict[str, str]:
    """What was typed, or the time of the button that was pressed instead."""
    values = request.form.copy()
    if "instead" in values:
        chosen = MultiDict(parse_qsl(values["instead"]))
        for name in TIME_FIELDS:
            values.setlist(name, chosen.getlist(name))
    return values


def _move_page(page: BookingPage, form: MoveForm, span: Span | None, status: int = 200) -> Answer:
    """The form, and what moving there would mean: said before it is done. `part`: the last alone."""
    is_there = span == page.date.span
    found = check_move(date=page.date, span=span) if span is not None and not is_there else None
    return render_template(
        "booking/_move_look.html" if "part" in request.args else "booking/move.html",
        it=page,
        form=form,
        is_there=is_there,
        found=(looked := checked(found) if found is not None else None),
        may_override=looked is not None and looked.is_overridable and page.is_staff_of_all,
        may_take_days=may_take_days(page.equipment),
        will_ask=found is not None and asks_again(page.date, found, page.who),
    ), status
