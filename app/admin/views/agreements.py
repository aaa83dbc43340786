"""What was agreed with an organisation, for the liaison office."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from app.accounts.models import Role
from app.accounts.services.organisations import get_organisation_for
from app.admin.accepting import accepted
from app.admin.agreement_forms import AgreementForm
from app.admin.rights_forms import PaperForm
from app.agreements.queries import list_agreements, list_papers
from app.agreements.services.papers import check_paper
from app.agreements.services.record import record_agreement
from app.agreements.wording import KINDS, PAPERS, REFUSALS
from app.inventory.queries.places import home_today
from app.web import access

blueprint = Blueprint(
    "admin_agreements",
    __name__,
    url_prefix="/admin/organisations/<int:organisation_id>/agreements",
    template_folder="../templates",
)
office = access.requires(Role.ADMIN, Role.LIAISON)

Answer = str | Response | tuple[str, int]


@blueprint.get("")
@office
def index(organisation_id: int) -> Answer:
    return _page(organisation_id, AgreementForm())


@blueprint.post("")
@office
def record(organisation_id: int) -> Answer:
    form = AgreementForm()
    if accepted(
        form,
        lambda: record_agreement(actor=current_user, organisation_id=organisation_id, **form.values()),
        REFUSALS,
    ):
        flash(_("Saved."))
        return redirect(url_for("admin_agreements.index", organisation_id=organisation_id))
    return _page(organisation_id, form), 422


@blueprint.post("/papers")
@office
def record_paper(organisation_id: int) -> Answer:
    form = PaperForm(prefix="paper-")
    if accepted(
        form,
        lambda: check_paper(actor=current_user, organisation_id=organisation_id, **form.values()),
        REFUSALS,
    ):
        flash(_("Saved."))
        return redirect(url_for("admin_agreements.index", organisation_id=organisation_id))
    return _page(organisation_id, AgreementForm(formdata=None), form), 422


def _page(organisation_id: int, form: AgreementForm, paper_form: PaperForm | None = None) -> str:
    return render_template(
        "admin/agreements.html",
        organisation=get_organisation_for(current_user, organisation_id),
        agreements=list_agreements(current_user, organisation_id),
        papers=list_papers(current_user, organisation_id),
        form=form,
        paper_form=paper_form or PaperForm(formdata=None, prefix="paper-"),
        kinds=KINDS,
        paper_kinds=PAPERS,
        today=home_today(),
    )
