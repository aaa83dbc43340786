"""The pages of booking."""

from flask import Blueprint

blueprint = Blueprint("booking", __name__, template_folder="../templates")
