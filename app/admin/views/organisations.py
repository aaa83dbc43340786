"""The liaison office's page: which companies there are, who waits to be verified, what belongs together."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from app.accounts import queries, wording
from app.accounts.models import Organisation, OrganisationKind, Role, UserClass
from app.accounts.services import invitations as services
from app.accounts.services.merge import merge_organisation
from app.accounts.services.organisations import (
    correct_organisation,
    enter_organisation,
    get_organisation_for,
    verify_organisation,
)
from app.admin.forms import EnterForm, MergeForm, OrganisationForm
from app.core.errors import InvalidInput
from app.core.i18n import localized
from app.web import access
from app.web.forms import BaseForm

blueprint = Blueprint(
    "admin_organisations", __name__, url_prefix="/admin/organisations", template_folder="../templates"
)
office = access.requires(Role.ADMIN, Role.LIAISON)

Answer = str | Response | tuple[str, int]


@blueprint.get("")
@office
def index() -> Answer:
    text, number = request.args.get("q", ""), max(1, request.args.get("page", 1, type=int))
    unverified = request.args.get("show") == "unverified"
    found = queries.list_organisations(current_user, text=text, unverified=unverified, page=number)
    return render_template(
        "admin/organisations.html",
        organisations=found,
        q=text,
        unverified=unverified,
        number=number,
        more=len(found) == queries.PAGE,
        kinds=wording.ORGANISATION_KINDS,
    )


@blueprint.route("/new", methods=["GET", "POST"])
@office
def enter() -> Answer:
    """Enter a company that has no account."""
    form = EnterForm()
    if not form.validate_on_submit():
        return render_template(
            "admin/enter_organisation.html", form=form
        ), 422 if form.is_submitted() else 200
    try:
        organisation = enter_organisation(
            actor=current_user,
            name=form.name.data,
            name_fa=form.name_fa.data,
            contact_email=form.contact_email.data,
            kind=OrganisationKind(form.kind.data),
        )
    except InvalidInput as refused:
        form.take(refused, wording.REFUSALS)
        return render_template("admin/enter_organisation.html", form=form), 422
    return _to(organisation.id)


@blueprint.get("/<int:organisation_id>")
@office
def show(organisation_id: int) -> Answer:
    return _page(get_organisation_for(current_user, organisation_id))


@blueprint.post("/<int:organisation_id>/verify")
@office
def verify(organisation_id: int) -> Answer:
    verify_organisation(actor=current_user, organisation_id=organisation_id)
    flash(_("Verified. Its administrators are told."))
    return _to(organisation_id)


@blueprint.post("/<int:organisation_id>")
@office
def correct(organisation_id: int) -> Answer:
    form = OrganisationForm()
    organisation = get_organisation_for(current_user, organisation_id)
    if not form.validate():
        return _page(organisation, form=form)
    try:
        correct_organisation(
            actor=current_user,
            organisation_id=organisation_id,
            name=form.name.data,
            name_fa=form.name_fa.data,
            kind=OrganisationKind(form.kind.data),
            user_class=UserClass(form.user_class.data),
            registration_number=form.registration_number.data,
        )
    except InvalidInput as refused:
        form.take(refused, wording.REFUSALS)
        return _page(organisation, form=form)
    flash(_("Saved."))
    return _to(organisation_id)


@blueprint.post("/<int:organisation_id>/hand-over")
@office
def hand_over(organisation_id: int) -> Answer:
    """Invite the first administrator of a company that staff had entered, at its contact address."""
    services.hand_over(actor=current_user, organisation_id=organisation_id)
    flash(_("The invitation is on its way."))
    return _to(organisation_id)


@blueprint.post("/<int:organisation_id>/merge")
@office
def merge(organisation_id: int) -> Answer:
    form = MergeForm()
    if not form.validate():
        return _page(get_organisation_for(current_user, organisation_id), merge_form=form)
    owner = merge_organisation(actor=current_user, organisation_id=organisation_id, into_id=form.into.data)
    flash(_("Everything that was entered for it belongs to %(owner)s now.", owner=localized(owner)))
    return _to(owner.id)


def _to(organisation_id: int) -> Response:
    return redirect(url_for("admin_organisations.show", organisation_id=organisation_id))


def _page(
    organisation: Organisation, *, form: BaseForm | None = None, merge_form: BaseForm | None = None
) -> Answer:
    """The page of one organisation; a form that was refused stands in it as it was sent."""
    is_unclaimed = queries.is_unclaimed(organisation)
    look_alikes = queries.list_look_alikes(current_user, organisation)
    page = render_template(
        "admin/organisation.html",
        organisation=organisation,
        form=form or OrganisationForm(obj=organisation, formdata=None),
        members=queries.list_members(organisation),
        invitations=queries.list_invitations(organisation),
        look_alikes=look_alikes,
        owners=[one for one in look_alikes if one.is_verified] if is_unclaimed else [],
        is_unclaimed=is_unclaimed,
        kinds=wording.ORGANISATION_KINDS,
        roles=wording.MEMBERSHIP_ROLES,
    )
    return page, 422 if form or merge_form else 200
