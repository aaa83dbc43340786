"""Where the pages of money are registered."""

from flask import Blueprint

blueprint = Blueprint("charges", __name__, template_folder="../templates")
