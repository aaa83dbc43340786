"""Where the pages of booking are registered, and what they share."""

from flask import Blueprint, url_for
from werkzeug.wrappers import Response

from app.booking.models import Booking
from app.booking.pages.bars import look_of
from app.booking.pages.lanes import lane, word_of
from app.web.filters import when_rendered

blueprint = Blueprint("booking", __name__, template_folder="../templates")
blueprint.add_app_template_filter(look_of, "look")
blueprint.add_app_template_filter(when_rendered(word_of), "look_word")
blueprint.add_app_template_global(lane, "lane")

Answer = str | Response | tuple[str, int] | tuple[str, int, dict[str, str]]


def path_to(booking: Booking) -> str:
    """Where a booking is shown."""
    return url_for("booking.show", reference=booking.reference)
