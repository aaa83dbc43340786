"""Sites: their zone and week, when offices answer, and on which days nobody is there."""

from datetime import date

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response

from app.accounts.models import Role
from app.admin.accepting import accepted
from app.admin.place_forms import DraftForm, HolidayForm, HoursForm, NewSiteForm, SiteForm
from app.core.clock import now
from app.core.errors import NotFound
from app.core.i18n import localized
from app.inventory.models import Site
from app.inventory.queries.places import get_site, list_sites, list_universities
from app.inventory.rules.public_holidays import public_holidays
from app.inventory.services.holidays import add_public_holidays, put_holiday, remove_holiday
from app.inventory.services.hours import set_working_hours
from app.inventory.services.places import change_site, create_site
from app.web import access
from app.web.formats import number_text
from app.web.forms import BaseForm, choices_of

blueprint = Blueprint("admin_sites", __name__, url_prefix="/admin/sites", template_folder="../templates")
admins = access.requires(Role.ADMIN)

Answer = str | Response | tuple[str, int]


@blueprint.get("")
@admins
def index() -> Answer:
    return render_template("admin/sites.html", sites=list_sites(), form=_new_form())


@blueprint.post("")
@admins
def create() -> Answer:
    form = _new_form()
    if accepted(
        form,
        lambda: create_site(
            actor=current_user,
            slug=form.slug.data or "",
            organisation_id=form.organisation.data,
            **form.values(),
        ),
    ):
        return _saved("admin_sites.index")
    return render_template("admin/sites.html", sites=list_sites(), form=form), 422


@blueprint.get("/<int:site_id>")
@admins
def show(site_id: int) -> Answer:
    return _page(get_site(site_id))


@blueprint.post("/<int:site_id>")
@admins
def change(site_id: int) -> Answer:
    site, form = get_site(site_id), SiteForm()
    if accepted(form, lambda: change_site(actor=current_user, site_id=site_id, **form.values())):
        return _saved("admin_sites.show", site_id=site_id)
    return _page(site, form=form)


@blueprint.post("/<int:site_id>/hours")
@admins
def hours(site_id: int) -> Answer:
    site = get_site(site_id)
    form = HoursForm.of(site.working_hours)
    if accepted(form, lambda: set_working_hours(actor=current_user, site_id=site_id, hours=form.hours())):
        return _saved("admin_sites.show", site_id=site_id)
    return _page(site, hours_form=form)


@blueprint.post("/<int:site_id>/holidays")
@admins
def holiday(site_id: int) -> Answer:
    site, form = get_site(site_id), HolidayForm()
    if accepted(form, lambda: put_holiday(actor=current_user, site_id=site_id, **form.values())):
        return _saved("admin_sites.show", site_id=site_id)
    return _page(site, holiday_form=form)


@blueprint.post("/<int:site_id>/holidays/draft")
@admins
def draft(site_id: int) -> Answer:
    """Add the public holidays of a year that are not in the list yet."""
    site, form = get_site(site_id), DraftForm()
    if not form.validate():
        return _page(site, draft_form=form)
    found = public_holidays(site.country, [form.year.data or 0])
    added = add_public_holidays(actor=current_user, site_id=site_id, holidays=found)
    flash(ngettext("%(shown)s day was added.", "%(shown)s days were added.", added, shown=number_text(added)))
    return redirect(url_for("admin_sites.show", site_id=site_id))


@blueprint.post("/<int:site_id>/holidays/<on>/remove")
@admins
def remove(site_id: int, on: str) -> Answer:
    try:
        day = date.fromisoformat(on)
    except ValueError:
        raise NotFound from None
    remove_holiday(actor=current_user, site_id=site_id, on=day)
    return _saved("admin_sites.show", site_id=site_id)


def _new_form() -> NewSiteForm:
    form = NewSiteForm()
    form.organisation.choices = choices_of({one.id: localized(one) for one in list_universities()})
    return form


def _saved(endpoint: str, **values: int) -> Response:
    flash(_("Saved."))
    return redirect(url_for(endpoint, **values))  # type: ignore[arg-type]


def _page(site: Site, **refused: BaseForm) -> Answer:
    """The page of one site; a form that was refused stands in it as it was sent."""
    today = now().astimezone(site.zone).date()
    forms = {
        "form": SiteForm(obj=site, formdata=None),
        "hours_form": HoursForm.of(site.working_hours, formdata=None),
        "holiday_form": HolidayForm(formdata=None),
        "draft_form": DraftForm(formdata=None, year=today.year + 1),
    }
    holidays = [row for row in site.holidays if row.on >= today]
    page = render_template("admin/site.html", site=site, holidays=holidays, **(forms | refused))
    return page, 422 if refused else 200
