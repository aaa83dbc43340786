"""Light or dark, kept for this browser. Works without JavaScript."""

from flask import Blueprint, redirect, request, session
from werkzeug.wrappers import Response

from app.web import access
from app.web.page import THEMES
from app.web.redirects import next_path

blueprint = Blueprint("preferences", __name__)


@blueprint.post("/preferences/theme")
@access.public
def theme() -> Response:
    """Remember the theme and go back to where it was changed."""
    chosen = request.form.get("theme")
    if chosen in THEMES:
        session["theme"] = chosen
    return redirect(next_path("/"))
