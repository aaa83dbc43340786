"""The report of rules that staff set aside, and why."""

from collections.abc import Sequence

from flask import Blueprint, Response, render_template, request, url_for
from flask_babel import gettext as _

from app.accounts.models import Role
from app.accounts.viewer import person
from app.booking.models import Override
from app.booking.permissions import LAB_STAFF
from app.booking.queries.overrides import list_overrides, list_reported_labs
from app.booking.wording import RULE_NAMES
from app.core.errors import NotFound
from app.core.i18n import localized
from app.core.tables import csv_file
from app.web import access
from app.web.downloads import download

blueprint = Blueprint(
    "admin_overrides", __name__, url_prefix="/admin/overrides", template_folder="../templates"
)
staff = access.requires(Role.ADMIN, *LAB_STAFF)
PAGE = 50
MOST_LINES = 10_000


@blueprint.get("")
@staff
def index() -> str:
    """The newest first; `lab` leaves out those of others."""
    lab_id, before = request.args.get("lab", type=int), request.args.get("before", type=int)
    found = list_overrides(person(), lab_id=lab_id, before=before, limit=PAGE + 1)
    more = found[PAGE - 1].id if len(found) > PAGE else None
    return render_template(
        "admin/overrides.html",
        labs=list_reported_labs(person()),
        lab_id=lab_id,
        overrides=found[:PAGE],
        names=RULE_NAMES,
        older=url_for("admin_overrides.index", lab=lab_id, before=more) if more else None,
        file=url_for("admin_overrides.as_file", form="csv", lab=lab_id),
    )


@blueprint.get("/list/<form>")
@staff
def as_file(form: str) -> Response:
    """The same as a table."""
    if form != "csv":
        raise NotFound
    found = list_overrides(person(), lab_id=request.args.get("lab", type=int), limit=MOST_LINES)
    header = [
        _("Date and time (UTC)"),
        _("Booking"),
        _("Company"),
        _("Equipment"),
        _("Rule"),
        _("Reason"),
        _("By"),
    ]
    return download(csv_file(header, [_line(one) for one in found]), name="overrides", ending="csv")


def _line(one: Override) -> Sequence[str]:
    booking = one.occurrence.booking
    return [
        f"{one.at:%Y-%m-%d %H:%M}",
        booking.reference,
        localized(booking.organisation),
        localized(one.equipment) if one.equipment else "",
        one.code,
        one.reason,
        one.by.name,
    ]
