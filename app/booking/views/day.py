"""The day of a lab, for its people: who comes, what else takes time, and who came, said in one go."""

from datetime import date, timedelta

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.accounts.models import Role
from app.accounts.viewer import person
from app.booking.pages.day import DayPage, today
from app.booking.permissions import LAB_STAFF, is_staff_of_all
from app.booking.services.presence import record_presence
from app.booking.views.blueprint import Answer, blueprint
from app.core.errors import Forbidden, NotFound, WrongState
from app.core.jalali import parse_date
from app.inventory.models import Lab
from app.inventory.queries.places import get_lab_by_slug, list_labs
from app.web import access
from app.web.once import do_once

ONE_DAY = timedelta(days=1)


@blueprint.get("/labs/<slug>/day")
@access.signed_in
def lab_day(slug: str) -> Answer:
    """Today, unless another `day` is named, in either calendar. Forbidden for who does not work there."""
    lab = get_lab_by_slug(slug)
    if not is_staff_of_all(person(), [lab.id]):
        raise Forbidden
    return render_template(
        "booking/day.html", it=DayPage.of(person(), lab, _own_labs(), _day() or today(lab))
    )


@blueprint.get("/labs-day")
@access.requires(Role.ADMIN, *LAB_STAFF)
def labs_day() -> Answer:
    """Yesterday in the first of one's labs, unless another lab or day is named."""
    lab = _lab()
    return redirect(_path(lab, _day() or today(lab) - ONE_DAY))


@blueprint.post("/labs-day")
@access.requires(Role.ADMIN, *LAB_STAFF)
def record_day() -> Answer:
    who, lab = person(), _lab()
    came, missed = (request.form.getlist(name, type=int) for name in ("came", "missed"))
    back = _path(lab, _day() or today(lab) - ONE_DAY)

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


def _path(lab: Lab, day: date) -> str:
    return url_for("booking.lab_day", slug=lab.slug, day=day.isoformat())


def _lab() -> Lab:
    """The lab that is named, or the first of one's own. Raises NotFound."""
    slug = request.values.get("lab")
    lab = next((one for one in _own_labs() if slug in (None, one.slug)), None)
    if lab is None:
        raise NotFound
    return lab


def _own_labs() -> list[Lab]:
    return [lab for lab in list_labs() if is_staff_of_all(person(), [lab.id])]


def _day() -> date | None:
    """The day in the address; None when there is none, or none that can be read."""
    try:
        return parse_date(request.values.get("day", ""))
    except ValueError:
        return None
