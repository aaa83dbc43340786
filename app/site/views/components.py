"""Every component on one page: for whoever builds pages, and for the tests that look at them."""

from flask import render_template

from app.site.samples import samples
from app.site.views.blueprint import blueprint
from app.web import access


@blueprint.get("/admin/components")
@access.public
def components() -> str:
    return render_template("site/components.html", **samples())
