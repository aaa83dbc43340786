"""The page of news, and the two buttons on it."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.notifications import queries
from app.notifications.services.read import mark_all_read, mark_read
from app.web import access

blueprint = Blueprint("notifications", __name__, template_folder="templates")


@blueprint.get("/notices")
@access.signed_in
def index() -> str:
    """News, newest first; `before` asks for the page that follows a notice."""
    notices = queries.list_notices(current_user, before=request.args.get("before", type=int))
    older = notices[-1].id if len(notices) == queries.PAGE else None
    unread = queries.count_unread(current_user)
    return render_template("notifications/index.html", notices=notices, older=older, unread=unread)


@blueprint.post("/notices/<int:notice_id>/read")
@access.signed_in
def read(notice_id: int) -> Response:
    """Mark one as read and go where it leads."""
    return redirect(mark_read(actor=current_user, notice_id=notice_id).path)


@blueprint.post("/notices/read")
@access.signed_in
def read_all() -> Response:
    mark_all_read(actor=current_user)
    return redirect(url_for("notifications.index"))
