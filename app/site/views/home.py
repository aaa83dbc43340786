"""The first page."""

from flask import render_template

from app.site.views.blueprint import blueprint
from app.web import access


@blueprint.get("/")
@access.public
def home() -> str:
    return render_template("site/home.html")
