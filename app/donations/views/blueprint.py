"""Where the pages of gifts are registered."""

from flask import Blueprint

blueprint = Blueprint("donations", __name__, template_folder="../templates")
