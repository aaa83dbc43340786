"""Signing in and out."""

from flask import redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from app.accounts import browser
from app.accounts.errors import SignInRefused
from app.accounts.forms import SignInForm
from app.accounts.services.sessions import end_session
from app.accounts.services.sign_in import sign_in as service
from app.accounts.views.blueprint import Answer, blueprint, form_page, too_many_page
from app.core.errors import TooMany
from app.web import access
from app.web.redirects import next_path

PAGE = "accounts/sign_in.html"


@blueprint.route("/sign-in", methods=["GET", "POST"])
@access.public
def sign_in() -> Answer:
    if current_user.is_authenticated:
        return redirect(next_path("/"))
    form = SignInForm(next=next_path(""))
    if not form.validate_on_submit():
        return form_page(PAGE, form)
    try:
        user, token = service(email=form.email.data, password=form.password.data, visit=browser.visit())
    except TooMany as error:
        return too_many_page(PAGE, form, error)
    except SignInRefused:
        form.form_errors.append(
            _("Address and password do not fit together, or the address is not confirmed.")
        )
        return form_page(PAGE, form, status=403)
    browser.carry(token)
    return browser.make_known(redirect(next_path("/")), user.id)


@blueprint.post("/sign-out")
@access.public
def sign_out() -> Response:
    """Also without a session: whoever presses the button wants to be out."""
    end_session(token=browser.present_token())
    browser.drop()
    return redirect(url_for("accounts.sign_in"))
