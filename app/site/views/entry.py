"""One entry of the calendar: what may be known of it, and what can be done about it."""

from flask import render_template, request

from app.accounts.viewer import viewer
from app.booking.pages.booking import BookingPage
from app.booking.queries.bookings import get_booking
from app.booking.queries.calendar import Entry, find_entry
from app.core.clock import now
from app.core.errors import NotFound
from app.inventory.queries.equipment import get_equipment
from app.site.views.blueprint import blueprint
from app.web import access


@blueprint.get("/calendar/entries/<key>")
@access.public
def entry(key: str) -> str:
    """A page of its own, or (`part`) what a calendar shows beside the entry."""
    found = find_entry(viewer(), key)
    if found is None:
        raise NotFound
    equipment, is_part = get_equipment(viewer(), found.equipment_id), "part" in request.args
    return render_template(
        "site/entry/_entry.html" if is_part else "site/entry/page.html",
        is_part=is_part,
        entry=found,
        equipment=equipment,
        zone=equipment.lab.site.zone,
        it=_booking(found),
        may_wait=viewer() is not None and found.ends_at > now() and not found.is_mine,
    )


def _booking(found: Entry) -> BookingPage | None:
    """The booking behind it, for who may know it."""
    who = viewer()
    if who is None or found.reference is None:
        return None
    return BookingPage.of(get_booking(who, found.reference), who, found.occurrence_id)
