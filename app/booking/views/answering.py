"""What the pages with answers have in common."""

from app.accounts.models import User
from app.booking.forms import DeclineForm
from app.booking.models import Booking
from app.booking.queries.refusals import refusals_for


def decline_form(who: User, booking: Booking) -> DeclineForm:
    """A no of this person to the booking, with what their labs keep ready."""
    return DeclineForm().offer(refusals_for(who, booking))
