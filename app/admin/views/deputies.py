"""Who stands in for whom while somebody is away."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts.models import Role
from app.accounts.viewer import person
from app.admin.accepting import accepted
from app.admin.rights_forms import DeputyForm
from app.booking.access_wording import RIGHTS_REFUSED
from app.booking.permissions import DECIDERS
from app.booking.queries.people import (
    labs_without_decider,
    list_absences,
    list_deputies,
    list_regular_deciders,
)
from app.booking.services.absences import end_absence, note_absence
from app.booking.services.deputies import end_deputy, name_deputy
from app.core.clock import now
from app.inventory.models import Lab
from app.inventory.permissions import may_manage_lab
from app.inventory.queries.places import list_labs
from app.web import access

blueprint = Blueprint(
    "admin_deputies", __name__, url_prefix="/admin/deputies", template_folder="../templates"
)
deciders = access.requires(Role.ADMIN, *DECIDERS)

Answer = str | Response | tuple[str, int]


@blueprint.get("")
@deciders
def index() -> Answer:
    """Those of the labs in which this person answers."""
    today = now().date()
    return _page(_form(formdata=None, data={"first_on": today, "last_on": today}))


@blueprint.post("")
@deciders
def name() -> Answer:
    """Somebody stands in; without an address nobody does."""
    form = _form()
    email = (form.email.data or "").strip()
    if accepted(form, lambda: _save(form, email), RIGHTS_REFUSED):
        flash(_("Saved. The deputy gets a letter.") if email else _("Saved. The others get the letters."))
        return redirect(url_for("admin_deputies.index"))
    return _page(form, 422)


@blueprint.post("/<int:grant_id>/end")
@deciders
def end(grant_id: int) -> Answer:
    end_deputy(actor=person(), grant_id=grant_id)
    flash(_("Ended."))
    return redirect(url_for("admin_deputies.index"))


@blueprint.post("/absences/<int:absence_id>/end")
@deciders
def end_away(absence_id: int) -> Answer:
    end_absence(actor=person(), absence_id=absence_id)
    flash(_("Ended."))
    return redirect(url_for("admin_deputies.index"))


def _save(form: DeputyForm, email: str) -> None:
    if email:
        name_deputy(actor=person(), email=email, **form.values())
    else:
        note_absence(actor=person(), **form.values())


def _labs() -> list[Lab]:
    who = person()
    return [lab for lab in list_labs() if may_manage_lab(who, lab.id) or lab.id in who.lab_ids(*DECIDERS)]


def _form(**more: object) -> DeputyForm:
    who, form = person(), DeputyForm(**more)
    labs = _labs()
    deciders_of = list_regular_deciders([lab.id for lab in labs])
    form.offer(
        [
            (lab, one)
            for lab in labs
            for one in deciders_of[lab.id]
            if one.id == who.id or may_manage_lab(who, lab.id)
        ]
    )
    return form


def _page(form: DeputyForm, status: int = 200) -> Answer:
    labs = {lab.id: lab for lab in _labs()}
    return render_template(
        "admin/deputies.html",
        form=form,
        deputies=list_deputies(labs),
        absences=list_absences(labs),
        alone=[labs[lab_id] for lab_id in sorted(labs_without_decider(labs))],
        labs=labs,
        first_weekday=next((lab.site.first_weekday for lab in labs.values()), 0),
        now=now(),
        may_end={lab_id for lab_id in labs if may_manage_lab(person(), lab_id)},
    ), status
