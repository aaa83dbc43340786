"""Where the pages of site are registered."""

from flask import Blueprint

blueprint = Blueprint("site", __name__, template_folder="../templates")
