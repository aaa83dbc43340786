"""Coming to a booking and leaving it: from its page, or from the sign at the unit."""

from collections.abc import Callable

from flask import flash, redirect, request
from flask_babel import gettext as _

from app.accounts.viewer import person
from app.booking.models import Booking
from app.booking.services.use import check_in as come
from app.booking.services.use import check_out as leave
from app.booking.views.blueprint import Answer, blueprint, path_to
from app.core.errors import WrongState
from app.occupancy.errors import SlotTaken
from app.web import access
from app.web.once import do_once
from app.web.redirects import next_path


@blueprint.post("/bookings/<reference>/check-in")
@access.signed_in
def check_in(reference: str) -> Answer:
    who, ids = person(), request.form.getlist("occurrence", type=int)
    return _done(
        reference,
        lambda: come(actor=who, reference=reference, occurrence_ids=ids),
        _("You are checked in."),
        _("This cannot be checked in to now."),
    )


@blueprint.post("/bookings/<reference>/check-out")
@access.signed_in
def check_out(reference: str) -> Answer:
    who, ids = person(), request.form.getlist("occurrence", type=int)
    return _done(
        reference,
        lambda: leave(actor=who, reference=reference, occurrence_ids=ids),
        _("You are checked out. What was left of the time is free."),
        _("This has ended already."),
    )


def _done(reference: str, work: Callable[[], Booking], said: str, too_late: str) -> Answer:
    """Do it and go back to where the button stood, whatever became of it."""
    try:
        path = do_once(person().id, lambda: next_path(path_to(work())))
    except WrongState:
        return _refused(reference, too_late)
    except SlotTaken:
        return _refused(reference, _("The time after it is taken by somebody else. Nothing was changed."))
    flash(said)
    return redirect(path)


def _refused(reference: str, why: str) -> Answer:
    flash(why, "error")
    return redirect(next_path(f"/bookings/{reference}"))
