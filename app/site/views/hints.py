"""Putting the hints of pages away, and having them back."""

from flask import flash, redirect, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts.services.hints import put_hint_away, show_hints_again
from app.accounts.viewer import person, viewer
from app.core.errors import NotFound
from app.site.hints import HINTS, SESSION
from app.site.views.blueprint import blueprint
from app.web import access
from app.web.redirects import next_path


@blueprint.post("/hints/<slug>/read")
@access.public
def hint_read(slug: str) -> Response:
    """For good: in the account, or in the browser of who has none. Back to where it stood."""
    if slug not in {hint.slug for hint in HINTS.values()}:
        raise NotFound
    who = viewer()
    if who is not None:
        put_hint_away(actor=who, slug=slug)
    else:
        session[SESSION] = sorted({*session.get(SESSION, []), slug})
    return redirect(next_path("/"))


@blueprint.post("/hints/again")
@access.signed_in
def hints_again() -> Response:
    show_hints_again(actor=person())
    flash(_("The pages explain themselves again."))
    return redirect(url_for("accounts.account"))
