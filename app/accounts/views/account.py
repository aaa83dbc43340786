"""One's own account: profile and password."""

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.accounts import browser
from app.accounts.errors import WrongPassword
from app.accounts.forms import ChangePasswordForm, ProfileForm
from app.accounts.services.password import change_password
from app.accounts.services.profile import change_profile
from app.accounts.views.blueprint import Answer, blueprint, form_page, refused_page, too_many_page
from app.accounts.wording import ROLES
from app.core.errors import InvalidInput, TooMany
from app.web import access
from app.web.locale import remember_language

PAGE = "accounts/account.html"
PASSWORD = "accounts/password.html"  # noqa: S105 - a template


@blueprint.route("/account", methods=["GET", "POST"])
@access.signed_in
def account() -> Answer:
    form = ProfileForm(obj=current_user)
    if not form.validate_on_submit():
        return form_page(PAGE, form, roles=ROLES)
    try:
        change_profile(
            actor=current_user,
            name=form.name.data,
            language=form.language.data,
            calendar=form.calendar.data,
            phone=form.phone.data,
        )
    except InvalidInput as refused:
        return refused_page(PAGE, form, refused, roles=ROLES)
    flash(_("Saved."))
    return remember_language(redirect(url_for("accounts.account")), form.language.data)


@blueprint.route("/account/password", methods=["GET", "POST"])
@access.signed_in
def password() -> Answer:
    form = ChangePasswordForm()
    if not form.validate_on_submit():
        return form_page(PASSWORD, form)
    try:
        token = change_password(
            actor=current_user,
            present=form.present.data,
            password=form.password.data,
            visit=browser.visit(),
        )
    except TooMany as error:
        return too_many_page(PASSWORD, form, error)
    except WrongPassword:
        form.present.errors = [_("This is not your present password.")]
        return form_page(PASSWORD, form)
    except InvalidInput as refused:
        return refused_page(PASSWORD, form, refused)
    browser.carry(token)
    flash(_("The password is changed, and every other browser is signed out."))
    return redirect(url_for("accounts.account"))
