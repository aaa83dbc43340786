"""The guides, to be read or printed."""

from flask import abort, render_template, url_for

from app.core.i18n import language
from app.site.guides import GUIDES
from app.site.views.blueprint import blueprint
from app.web import access
from app.web.links import public_address


@blueprint.get("/guide")
@access.public
def guides() -> str:
    """Which there are."""
    return render_template("site/guides.html", guides=GUIDES.values())


@blueprint.get("/guide/<slug>")
@access.public
def guide(slug: str) -> str:
    """One of them; on paper it is one page."""
    found = GUIDES.get(slug)
    if found is None:
        abort(404)
    return render_template(
        "site/guide.html", it=found, language=language(), start=public_address(url_for(found.start))
    )
