"""The words of the program."""

from flask import render_template

from app.site.glossary import CHAPTERS
from app.site.views.blueprint import blueprint
from app.web import access


@blueprint.get("/glossary")
@access.public
def glossary() -> str:
    return render_template("site/glossary.html", chapters=CHAPTERS)
