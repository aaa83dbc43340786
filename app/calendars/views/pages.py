"""The page where addresses are made, replaced and ended."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from app.calendars.forms import About, FeedForm
from app.calendars.models import FeedDetail
from app.calendars.permissions import may_read
from app.calendars.queries.choices import choices_for
from app.calendars.queries.feeds import Subject, get_subject, list_feeds, subjects_of
from app.calendars.services.addresses import create_feed, end_feed, replace_link
from app.calendars.views.blueprint import blueprint
from app.calendars.ways import ways_to_subscribe
from app.calendars.wording import DETAILS, calendar_name
from app.core.errors import NotFound
from app.core.i18n import language
from app.web import access
from app.web.links import public_address

UNPROCESSABLE = 422


@blueprint.get("/feeds")
@access.signed_in
def index() -> str:
    return _page(_form())


@blueprint.post("/feeds")
@access.signed_in
def create() -> str | tuple[str, int]:
    form = _form()
    about = About.read(form.about.data or "")
    if not form.validate_on_submit() or about is None:
        return _page(form), UNPROCESSABLE
    _feed, token = create_feed(
        actor=current_user,
        scope=about.scope,
        scope_id=about.scope_id,
        detail=FeedDetail(form.detail.data),
        language=language(),
    )
    return _address_page(about, token)


@blueprint.post("/feeds/<int:feed_id>/replace")
@access.signed_in
def replace(feed_id: int) -> str:
    feed, token = replace_link(actor=current_user, feed_id=feed_id)
    return _address_page(About(feed.scope, feed.scope_id), token)


@blueprint.post("/feeds/<int:feed_id>/end")
@access.signed_in
def end(feed_id: int) -> Response:
    end_feed(actor=current_user, feed_id=feed_id)
    flash(_("The address is ended. Calendars that used it will no longer be updated."))
    return redirect(url_for("calendars.index"))


def _form() -> FeedForm:
    form = FeedForm()
    form.offer(choices_for(current_user), _wanted(form.about.data or request.args.get("about", "")))
    return form


def _wanted(text: str) -> tuple[About, Subject | None] | None:
    """What the address or the form asks for, if there is such a calendar for this person."""
    about = About.read(text)
    if about is None or not may_read(current_user, about.scope, about.scope_id):
        return None
    try:
        return about, get_subject(about.scope, about.scope_id)
    except NotFound:
        return None


def _page(form: FeedForm) -> str:
    found = list_feeds(current_user)
    subjects = subjects_of((feed.scope, feed.scope_id) for feed in found)
    feeds = [
        (feed, calendar_name(feed.scope, subjects[feed.scope, feed.scope_id]), DETAILS[feed.detail])
        for feed in found
    ]
    return render_template("calendars/index.html", form=form, feeds=feeds)


def _address_page(about: About, token: str) -> str:
    """The address, this once: only its hash is kept."""
    address = public_address(url_for("calendars.secret_feed", token=token))
    name = calendar_name(about.scope, get_subject(about.scope, about.scope_id))
    return render_template("calendars/address.html", name=name, ways=ways_to_subscribe(address))
