"""My bookings, and one of them."""

from flask import render_template, request

from app.accounts.models import Role
from app.accounts.viewer import person
from app.booking.models import OccurrenceState
from app.booking.pages.booking import BookingPage, Listed
from app.booking.permissions import LAB_STAFF
from app.booking.queries.bookings import get_booking
from app.booking.queries.mine import PAGE, list_in_order
from app.booking.queries.waitlist import count_held_for
from app.booking.views.answering import show_page
from app.booking.views.blueprint import Answer, blueprint
from app.web import access

S = OccurrenceState
GROUPS = {
    "waiting": (S.REQUESTED, S.PROPOSED, S.DISPLACED),
    "approved": (S.APPROVED, S.IN_USE),
    "over": (S.COMPLETED, S.NO_SHOW),
    "off": (S.DECLINED, S.CANCELLED, S.EXPIRED),
}
"""States that a person looks for together."""
LONGEST_SEARCH = 100


@blueprint.get("/bookings")
@access.signed_in
def index() -> Answer:
    """One's own and the organisation's; `whose=labs` shows staff those of their labs as well."""
    who = person()
    chosen, text = request.args.get("state", ""), request.args.get("q", "")[:LONGEST_SEARCH]
    works_here = who.has_role(Role.ADMIN, Role.LIAISON, *LAB_STAFF)
    whose = "labs" if works_here and request.args.get("whose") == "labs" else "mine"
    page = max(1, request.args.get("page", 1, type=int))
    found = list_in_order(
        who, mine=whose == "mine", states=GROUPS.get(chosen, ()), text=text, page=min(page, 10_000)
    )
    return render_template(
        "booking/index.html",
        listed=[Listed.of(booking) for booking in found[:PAGE]],
        chosen=chosen if chosen in GROUPS else "",
        text=text,
        whose=whose if works_here else "",
        page_number=page,
        has_more=len(found) > PAGE,
        held=count_held_for(who),
    )


@blueprint.get("/bookings/<reference>")
@access.signed_in
def show(reference: str) -> Answer:
    who = person()
    booking = get_booking(who, reference)
    return show_page(BookingPage.of(booking, who, request.args.get("occurrence", type=int)))
