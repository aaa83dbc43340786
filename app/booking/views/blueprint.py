"""Where the pages of booking are registered, and what they share."""

from flask import Blueprint, url_for
from werkzeug.wrappers import Response

from app.booking.models import Booking

blueprint = Blueprint("booking", __name__, template_folder="../templates")

Answer = str | Response | tuple[str, int] | tuple[str, int, dict[str, str]]


def path_to(booking: Booking) -> str:
    """Where a booking is shown."""
    return url_for("booking.show", reference=booking.reference)
