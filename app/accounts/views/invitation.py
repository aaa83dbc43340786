"""Accepting an invitation."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.accounts import queries
from app.accounts.errors import LinkUnusable
from app.accounts.forms import JoinForm
from app.accounts.models import MembershipRole, OneTimeToken, Organisation, TokenPurpose, User
from app.accounts.services.invitations import accept_invitation, inviting_organisation
from app.accounts.services.register import Person, new_person
from app.accounts.views.blueprint import Answer, blueprint, form_page, refused_page
from app.accounts.wording import MEMBERSHIP_ROLES
from app.core.errors import InvalidInput
from app.core.i18n import language
from app.web import access

PAGE = "accounts/invitation.html"


@dataclass(frozen=True)
class Story:
    """An invitation, and in which situation its reader is: signed in with the invited address ('ready')
    or another ('somebody_else'), with an account ('sign_in') or without one ('new')."""

    link: OneTimeToken
    token: str
    situation: str
    organisation: Organisation
    role: str


@blueprint.get("/invitations/<token>")
@access.public
def invitation(token: str) -> Answer:
    """Who invites to what, and what is needed to accept. Looking does not accept."""
    return render_template(PAGE, form=JoinForm(), story=_story(token))


@blueprint.post("/invitations/<token>")
@access.public
def accept(token: str) -> Answer:
    story = _story(token)
    form = JoinForm()
    person: Person | None = None
    if story.situation == "new":
        if not form.validate():
            return form_page(PAGE, form, story=story)
        try:
            person = new_person(
                email=story.link.email,
                name=form.name.data,
                password=form.password.data,
                language=language(),
            )
        except InvalidInput as refused:
            return refused_page(PAGE, form, refused, story=story)
    accept_invitation(actor=_actor(), token=token, person=person)
    if person is not None:
        flash(_("Your account is ready. Sign in to go on."))
        return redirect(url_for("accounts.sign_in"))
    return redirect(url_for("accounts.organisation"))


def _story(token: str) -> Story:
    link = queries.find_usable_link(TokenPurpose.INVITE, token)
    if link is None:
        raise LinkUnusable
    organisation = inviting_organisation(link)
    actor, known = _actor(), queries.find_user_by_email(link.email)
    if actor is not None:
        situation = "ready" if actor.email == link.email else "somebody_else"
    else:
        situation = "sign_in" if known is not None and known.activated_at is not None else "new"
    role = MEMBERSHIP_ROLES[MembershipRole(link.data["role"])]
    return Story(link, token, situation, organisation, str(role))


def _actor() -> User | None:
    return current_user if current_user.is_authenticated else None
