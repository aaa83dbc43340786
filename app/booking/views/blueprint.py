"""Where the pages of booking are registered."""

from flask import Blueprint

blueprint = Blueprint("booking", __name__, template_folder="../templates")
