"""A new password by mail."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.accounts import browser, queries
from app.accounts.errors import LinkUnusable
from app.accounts.forms import AddressForm, NewPasswordForm
from app.accounts.models import TokenPurpose
from app.accounts.services import reset as services
from app.accounts.views.blueprint import Answer, blueprint, form_page, refused_page, too_many_page
from app.core.errors import InvalidInput, TooMany
from app.web import access
from app.web.steadily import steadily

ASK = "accounts/ask_for_reset.html"
SET = "accounts/reset.html"


@blueprint.route("/reset", methods=["GET", "POST"])
@access.public
def ask_for_reset() -> Answer:
    """Whether the address has an account, the answer is the same."""
    form = AddressForm()
    if not form.validate_on_submit():
        return form_page(ASK, form)
    try:
        steadily(services.ask_for_reset)(email=form.email.data, address=request.remote_addr or "")
    except TooMany as error:
        return too_many_page(ASK, form, error)
    return redirect(url_for("accounts.mail_sent"))


@blueprint.get("/reset/<token>")
@access.public
def reset(token: str) -> Answer:
    """The form for the new password. Looking at it does not use the link."""
    _require_link(token)
    return render_template(SET, form=NewPasswordForm(), token=token)


@blueprint.post("/reset/<token>")
@access.public
def set_password(token: str) -> Answer:
    _require_link(token)
    form = NewPasswordForm()
    if not form.validate_on_submit():
        return form_page(SET, form, token=token)
    try:
        user = services.reset_password(token=token, password=form.password.data)
    except InvalidInput as refused:
        return refused_page(SET, form, refused, token=token)
    browser.drop()
    flash(_("The new password is set. Sign in with it."))
    # Whoever holds the link is the owner: strangers who are guessing shall not keep them out.
    return browser.make_known(redirect(url_for("accounts.sign_in")), user.id)


def _require_link(token: str) -> None:
    if queries.find_usable_link(TokenPurpose.RESET, token) is None:
        raise LinkUnusable
