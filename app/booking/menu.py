"""Where booking stands in the menu."""

from flask_babel import gettext as _

from app.accounts.models import Role
from app.accounts.viewer import viewer
from app.booking.permissions import ANSWERERS
from app.booking.queries.bookings import select_to_decide
from app.booking.queries.waitlist import select_held_for
from app.web.navigation import Entry


def menu() -> list[Entry]:
    """What waits for who decides; one's own bookings for everybody who has signed in."""
    who = viewer()
    if who is None:
        return []
    if who.has_role(Role.GATE) and not who.memberships:
        return [Entry(endpoint="booking.gate", label=_("Who is expected"), icon="people", short=_("Gate"))]
    own = Entry(
        endpoint="booking.index",
        label=_("My bookings"),
        icon="cal",
        short=_("Bookings"),
        count=select_held_for(who),
    )
    if not who.has_role(Role.ADMIN, *ANSWERERS):
        return [own]
    requests = Entry(
        endpoint="booking.approvals", label=_("Requests"), icon="inbox", count=select_to_decide(who)
    )
    return [requests, own]
