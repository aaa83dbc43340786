"""Where the pages of gaps and needs are registered."""

from flask import Blueprint

blueprint = Blueprint("needs", __name__, template_folder="../templates")
