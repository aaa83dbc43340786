"""Who came: a day of a lab, said by its people in one go."""

from datetime import date, timedelta

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.accounts.models import Role
from app.accounts.viewer import person
from app.booking.pages.day import DayPage, today
from app.booking.permissions import LAB_STAFF, is_staff_of_all
from app.booking.services.presence import record_presence
from app.booking.views.blueprint import Answer, blueprint
from app.core.errors import NotFound, WrongState
from app.inventory.queries.places import list_labs
from app.web import access
from app.web.once import do_once

ONE_DAY = timedelta(days=1)


@blueprint.get("/labs-day")
@access.requires(Role.ADMIN, *LAB_STAFF)
def labs_day() -> Answer:
    """Yesterday in the first of one's labs, unless another lab or day is named."""
    return render_template("booking/day.html", it=_page())


@blueprint.post("/labs-day")
@access.requires(Role.ADMIN, *LAB_STAFF)
def record_day() -> Answer:
    who, page = person(), _page()
    came, missed = (request.form.getlist(name, type=int) for name in ("came", "missed"))
    back = url_for("booking.labs_day", lab=page.lab.slug, day=page.day.isoformat())

    def record() -> str:
        record_presence(actor=who, came=came, missed=missed)
        return back

    try:
        path = do_once(who.id, record)
    except WrongState:
        flash(_("Somebody has said so meanwhile, or it is not over yet. Nothing was changed."), "error")
        return redirect(back)
    flash(_("Saved."))
    return redirect(path)


def _page() -> DayPage:
    labs = [lab for lab in list_labs() if is_staff_of_all(person(), [lab.id])]
    slug = request.values.get("lab")
    lab = next((one for one in labs if slug in (None, one.slug)), None)
    if lab is None:
        raise NotFound
    return DayPage.of(lab, labs, _day() or today(lab) - ONE_DAY)


def _day() -> date | None:
    """The day in the address; None when there is none, or none that can be read."""
    try:
        return date.fromisoformat(request.values.get("day", ""))
    except ValueError:
        return None
