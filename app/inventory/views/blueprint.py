"""Where the pages of inventory are registered."""

from flask import Blueprint
from werkzeug.wrappers import Response

blueprint = Blueprint("inventory", __name__, template_folder="../templates")

Answer = str | Response | tuple[str, int]
