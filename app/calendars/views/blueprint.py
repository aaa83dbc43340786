"""Where the addresses of calendars are registered."""

from flask import Blueprint

blueprint = Blueprint("calendars", __name__, template_folder="../templates")
