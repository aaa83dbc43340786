"""Coming to a booking and leaving it: from its page, or from the sign at the unit."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from flask import abort, flash, redirect, request
from flask_babel import gettext as _

from app.accounts.viewer import person
from app.booking.errors import OutsidePolicy
from app.booking.models import Booking
from app.booking.pages.booking import EXTENSIONS, BookingPage
from app.booking.queries.bookings import get_booking
from app.booking.services.extend import UNTIL, extend_use
from app.booking.services.pass_on import pass_on as give
from app.booking.services.use import check_in as come
from app.booking.services.use import check_out as leave
from app.booking.verdicts import Severity
from app.booking.views.blueprint import Answer, blueprint, path_to
from app.booking.wording import REFUSALS, worded
from app.core.errors import InvalidInput, WrongState
from app.occupancy.errors import SlotTaken
from app.web import access
from app.web.formats import clock_text
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


@blueprint.post("/bookings/<reference>/extend")
@access.signed_in
def extend(reference: str) -> Answer:
    """Stay so many minutes longer."""
    page = BookingPage.of(
        get_booking(person(), reference), person(), request.form.get("occurrence", type=int)
    )
    more = request.form.get("minutes", type=int)
    if more not in EXTENSIONS:
        abort(400)
    who, date, zone = page.who, page.date, page.zone
    ends_at, ids = date.ends_at + timedelta(minutes=more), [date.id]
    try:
        return _done(
            reference,
            lambda: extend_use(actor=who, reference=reference, ends_at=ends_at, occurrence_ids=ids),
            _("It goes on until %(when)s.", when=clock_text(ends_at, zone)),
            _("This is not in use."),
        )
    except SlotTaken as taken:
        until = taken.params.get(UNTIL)
        return _refused(reference, _could_until(until, zone))
    except OutsidePolicy as outside:
        return _refused(reference, _said(outside, zone))


@blueprint.post("/bookings/<reference>/hand-over")
@access.signed_in
def pass_on(reference: str) -> Answer:
    """Give it to a colleague."""
    who, user_id = person(), request.form.get("user", 0, type=int)
    try:
        return _done(
            reference,
            lambda: give(actor=who, reference=reference, user_id=user_id),
            _("It is handed over."),
            _("Nothing of it is to come."),
        )
    except InvalidInput:
        return _refused(reference, str(REFUSALS["user", "no_colleague"]))
    except OutsidePolicy as outside:
        zone = BookingPage.of(get_booking(who, reference), who).zone
        return _refused(reference, _said(outside, zone))


def _said(outside: OutsidePolicy, zone: ZoneInfo) -> str:
    return " ".join(worded(one, zone).text for one in outside.verdicts if one.severity is Severity.BLOCK)


def _could_until(until: datetime | None, zone: ZoneInfo) -> str:
    if until is None:
        return str(_("The time after it is taken by somebody else. Nothing was changed."))
    when = clock_text(until, zone)
    return str(_("It is taken after that. You can stay until %(when)s; nothing was changed.", when=when))


def _done(reference: str, work: Callable[[], Booking], said: str, too_late: str) -> Answer:
    """Do it and go back to where the button stood, whatever became of it."""
    try:
        path = do_once(person().id, lambda: next_path(path_to(work())))
    except WrongState:
        return _refused(reference, too_late)
    except SlotTaken as taken:
        if UNTIL in taken.params:
            raise
        return _refused(reference, _("The time after it is taken by somebody else. Nothing was changed."))
    flash(said)
    return redirect(path)


def _refused(reference: str, why: str) -> Answer:
    flash(why, "error")
    return redirect(next_path(f"/bookings/{reference}"))
