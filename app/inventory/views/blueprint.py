"""Where the pages of inventory are registered."""

from flask import Blueprint

blueprint = Blueprint("inventory", __name__, template_folder="../templates")
