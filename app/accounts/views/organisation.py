"""One's own organisation: what is known of it, its people, its invitations."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.accounts import queries, wording
from app.accounts.errors import LastOrganisationAdmin
from app.accounts.forms import CompanyForm, ContactForm, InviteForm
from app.accounts.models import MembershipRole, Organisation
from app.accounts.permissions import may_administer
from app.accounts.services.invitations import invite_member, withdraw_invitation
from app.accounts.services.members import change_member_role, end_membership
from app.accounts.services.organisations import change_contact, get_organisation_for
from app.accounts.services.register import Company, register_own_company
from app.accounts.views.blueprint import (
    UNPROCESSABLE,
    Answer,
    blueprint,
    form_page,
    refused_page,
    too_many_page,
)
from app.core.errors import InvalidInput, TooMany
from app.web import access
from app.web.forms import BaseForm

PAGE = "accounts/organisation.html"
NONE_OR_SEVERAL = "accounts/organisations.html"


@blueprint.get("/organisation")
@access.signed_in
def organisation() -> Answer:
    """The one organisation of most people; a choice for those who act for several."""
    mine = _own()
    if len(mine) == 1:
        return _page(mine[0])
    return render_template(NONE_OR_SEVERAL, organisations=mine, form=CompanyForm())


@blueprint.post("/organisation")
@access.signed_in
def register_own() -> Answer:
    """Register the company of somebody who has an account and belongs to none."""
    form = CompanyForm()
    if not form.validate():
        return form_page(NONE_OR_SEVERAL, form, organisations=_own())
    try:
        made = register_own_company(actor=current_user, company=Company(name=form.organisation.data))
    except InvalidInput as refused:
        return refused_page(NONE_OR_SEVERAL, form, refused, organisations=_own())
    except TooMany as error:
        return too_many_page(NONE_OR_SEVERAL, form, error, organisations=_own())
    return _back(made.id)


@blueprint.get("/organisation/<int:organisation_id>")
@access.signed_in
def organisation_of(organisation_id: int) -> Answer:
    return _page(get_organisation_for(current_user, organisation_id))


@blueprint.post("/organisation/<int:organisation_id>/contact")
@access.signed_in
def contact(organisation_id: int) -> Answer:
    form = ContactForm()
    organisation = get_organisation_for(current_user, organisation_id)
    if not form.validate():
        return _page(organisation, contact=form)
    change_contact(
        actor=current_user,
        organisation_id=organisation_id,
        contact_email=form.contact_email.data,
        phone=form.phone.data,
    )
    flash(_("Saved."))
    return _back(organisation_id)


@blueprint.post("/organisation/<int:organisation_id>/invitations")
@access.signed_in
def invite(organisation_id: int) -> Answer:
    form = InviteForm()
    organisation = get_organisation_for(current_user, organisation_id)
    if not form.validate():
        return _page(organisation, invite=form)
    role = MembershipRole(form.role.data)
    try:
        invite_member(actor=current_user, organisation_id=organisation_id, email=form.email.data, role=role)
    except InvalidInput as refused:
        form.take(refused, wording.REFUSALS)
        return _page(organisation, invite=form)
    except TooMany:
        form.form_errors.append(_("These are many invitations for one day. Send the others tomorrow."))
        return _page(organisation, invite=form, status=429)
    flash(_("The invitation is on its way."))
    return _back(organisation_id)


@blueprint.post("/organisation/<int:organisation_id>/invitations/<int:link_id>/withdraw")
@access.signed_in
def withdraw(organisation_id: int, link_id: int) -> Answer:
    withdraw_invitation(actor=current_user, organisation_id=organisation_id, link_id=link_id)
    return _back(organisation_id)


@blueprint.post("/organisation/<int:organisation_id>/members/<int:user_id>/role")
@access.signed_in
def member_role(organisation_id: int, user_id: int) -> Answer:
    try:
        role = MembershipRole(request.form.get("role", ""))
    except ValueError as error:
        raise InvalidInput(("role", "unknown")) from error
    try:
        change_member_role(actor=current_user, organisation_id=organisation_id, user_id=user_id, role=role)
    except LastOrganisationAdmin:
        _say_last_admin()
    return _back(organisation_id)


@blueprint.post("/organisation/<int:organisation_id>/members/<int:user_id>/end")
@access.signed_in
def end_member(organisation_id: int, user_id: int) -> Answer:
    try:
        end_membership(actor=current_user, organisation_id=organisation_id, user_id=user_id)
    except LastOrganisationAdmin:
        _say_last_admin()
        return _back(organisation_id)
    return redirect(url_for("accounts.organisation"))


def _own() -> list[Organisation]:
    ids = sorted(current_user.organisation_ids())
    return [get_organisation_for(current_user, organisation_id) for organisation_id in ids]


def _say_last_admin() -> None:
    flash(_("Somebody has to administer the organisation: make another person its administrator first."))


def _back(organisation_id: int) -> Answer:
    return redirect(url_for("accounts.organisation_of", organisation_id=organisation_id))


def _page(
    organisation: Organisation,
    *,
    contact: BaseForm | None = None,
    invite: BaseForm | None = None,
    status: int | None = None,
) -> Answer:
    """The page; a form that was refused stands in it as it was sent."""
    is_admin = may_administer(current_user, organisation)
    page = render_template(
        PAGE,
        organisation=organisation,
        members=queries.list_members(organisation),
        invitations=queries.list_invitations(organisation) if is_admin else [],
        is_admin=is_admin,
        contact=contact or ContactForm(obj=organisation, formdata=None),
        invite=invite or InviteForm(formdata=None),
        kinds=wording.ORGANISATION_KINDS,
        roles=wording.MEMBERSHIP_ROLES,
    )
    return page, status or (UNPROCESSABLE if contact or invite else 200)
