"""How much of a lab each organisation may have."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts.models import Role
from app.accounts.queries import list_known_organisations
from app.accounts.viewer import person
from app.accounts.wording import ORGANISATION_KINDS
from app.admin.accepting import accepted
from app.admin.managed import managed_lab
from app.admin.rights_forms import QuotaForm
from app.agreements.queries import list_in_force
from app.agreements.wording import agreement_text
from app.booking.access_wording import RIGHTS_REFUSED
from app.booking.queries.quotas import list_quotas
from app.booking.queries.standing import LETS_IN
from app.booking.services.quotas import lift_quota, set_quota
from app.core.clock import now
from app.inventory.models import Lab
from app.inventory.queries.equipment import list_of_labs
from app.inventory.rules.week import a_day_of
from app.web import access
from app.web.formats import weekday_short_text

blueprint = Blueprint("admin_quotas", __name__, url_prefix="/admin/quotas", template_folder="../templates")
managers = access.requires(Role.ADMIN, Role.MANAGER)

Answer = str | Response | tuple[str, int]


@blueprint.get("/lab/<int:lab_id>")
@managers
def index(lab_id: int) -> Answer:
    lab = managed_lab(lab_id)
    return _page(lab, _form(lab, formdata=None))


@blueprint.post("/lab/<int:lab_id>")
@managers
def add(lab_id: int) -> Answer:
    lab = managed_lab(lab_id)
    form = _form(lab)
    if accepted(form, lambda: set_quota(actor=person(), lab_id=lab_id, **form.values()), RIGHTS_REFUSED):
        return _saved(lab_id)
    return _page(lab, form), 422


@blueprint.post("/lab/<int:lab_id>/<int:quota_id>/lift")
@managers
def lift(lab_id: int, quota_id: int) -> Answer:
    managed_lab(lab_id)
    lift_quota(actor=person(), quota_id=quota_id)
    return _saved(lab_id)


def _form(lab: Lab, **more: object) -> QuotaForm:
    form = QuotaForm(**more)
    today = now().astimezone(lab.site.zone).date()
    under = list_in_force(LETS_IN, today)
    form.offer(list_of_labs([lab.id]), list_known_organisations(), under, lab.site.first_weekday)
    return form


def _saved(lab_id: int) -> Response:
    flash(_("Saved. Requests that come now are judged by this."))
    return redirect(url_for("admin_quotas.index", lab_id=lab_id))


def _page(lab: Lab, form: QuotaForm) -> str:
    return render_template(
        "admin/quotas.html",
        lab=lab,
        form=form,
        quotas=list_quotas(lab.id),
        kinds=ORGANISATION_KINDS,
        agreement_text=agreement_text,
        weekdays=[weekday_short_text(a_day_of(day)) for day in range(7)],
    )
