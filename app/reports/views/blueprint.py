"""Where the pages of reports are registered."""

from flask import Blueprint

blueprint = Blueprint("reports", __name__, template_folder="../templates")
