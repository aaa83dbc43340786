"""From an empty installation to the first instrument that can be booked, in four steps."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts.models import Role
from app.accounts.viewer import person
from app.admin.accepting import accepted
from app.admin.start import STEPS, progress
from app.admin.start_forms import StartLabForm, StartSiteForm, usual_week
from app.inventory.queries.places import get_site, list_sites, list_universities
from app.inventory.services.start import start_lab, start_site
from app.web import access

blueprint = Blueprint("admin_start", __name__, url_prefix="/admin/start", template_folder="../templates")
admins = access.requires(Role.ADMIN)

Answer = str | Response | tuple[str, int]


@blueprint.get("")
@admins
def index() -> str:
    """The steps, with the form of the next one."""
    return _page()


@blueprint.post("/site")
@admins
def site() -> Answer:
    if list_sites():
        return _on(_("There is a site already: change it under Sites."))
    form = StartSiteForm.of(usual_week())
    if accepted(form, lambda: start_site(actor=person(), **form.values())):
        return _on(_("The site is there, with its public holidays."))
    return _page(site_form=form), 422


@blueprint.post("/lab")
@admins
def lab() -> Answer:
    sites = list_sites()
    if not sites:
        return redirect(url_for("admin_start.index"))
    form = StartLabForm.of(usual_week())
    if accepted(form, lambda: start_lab(actor=person(), site_id=sites[0].id, **form.values())):
        return _on(_("The lab is there and open."))
    return _page(lab_form=form), 422


def _on(said: str) -> Response:
    flash(said)
    return redirect(url_for("admin_start.index"))


def _page(**refused: Any) -> str:
    sites, universities = list_sites(), list_universities()
    forms = {
        "site_form": StartSiteForm.of(usual_week(), formdata=None),
        "lab_form": StartLabForm.of(
            get_site(sites[0].id).working_hours if sites else usual_week(), formdata=None
        ),
    }
    return render_template(
        "admin/start.html",
        progress=progress(),
        steps=STEPS,
        site=sites[0] if sites else None,
        university=sites[0].organisation if sites else next(iter(universities), None),
        first_weekday=sites[0].first_weekday if sites else 5,
        **forms | refused,
    )
