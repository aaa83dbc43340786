"""Where the pages of site are registered."""

from flask import Blueprint

from app.booking.pages.bars import look_of

blueprint = Blueprint("site", __name__, template_folder="../templates")
blueprint.add_app_template_filter(look_of, "look")
