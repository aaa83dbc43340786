"""Registering a company, and confirming the address."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.accounts import queries
from app.accounts.errors import LinkUnusable
from app.accounts.forms import AddressForm, NewPasswordForm, RegisterForm
from app.accounts.models import OneTimeToken, TokenPurpose
from app.accounts.services.activate import activate_user, asks_for_password
from app.accounts.services.register import Company, mail_activation_again, new_person, register_company
from app.accounts.views.blueprint import Answer, blueprint, form_page, refused_page, too_many_page
from app.core.errors import InvalidInput, TooMany
from app.core.i18n import language
from app.web import access
from app.web.steadily import steadily

PAGE = "accounts/register.html"
AGAIN = "accounts/activate_again.html"
CONFIRM = "accounts/activate.html"


@blueprint.route("/register", methods=["GET", "POST"])
@access.public
def register() -> Answer:
    """Whether the address is known already, the answer is the same."""
    form = RegisterForm()
    if not form.validate_on_submit():
        return form_page(PAGE, form)
    try:
        _register(form)
    except InvalidInput as refused:
        return refused_page(PAGE, form, refused)
    except TooMany as error:
        return too_many_page(PAGE, form, error)
    return redirect(url_for("accounts.mail_sent"))


@steadily
def _register(form: RegisterForm) -> None:
    person = new_person(
        email=form.email.data,
        name=form.name.data,
        password=form.password.data,
        language=language(),
        company_name=form.organisation.data,
    )
    company = Company(name=form.organisation.data)
    register_company(person=person, company=company, address=request.remote_addr or "")


@blueprint.get("/mail-sent")
@access.public
def mail_sent() -> Answer:
    """Look into your mailbox."""
    return render_template("accounts/mail_sent.html")


@blueprint.route("/activate", methods=["GET", "POST"])
@access.public
def activate_again() -> Answer:
    """Ask for the link once more."""
    form = AddressForm()
    if not form.validate_on_submit():
        return form_page(AGAIN, form)
    try:
        steadily(mail_activation_again)(email=form.email.data, address=request.remote_addr or "")
    except TooMany as error:
        return too_many_page(AGAIN, form, error)
    return redirect(url_for("accounts.mail_sent"))


@blueprint.get("/activate/<token>")
@access.public
def activate(token: str) -> Answer:
    """What would be confirmed. Looking does not confirm: mail scanners look at every link."""
    link = _link(token)
    form = NewPasswordForm() if asks_for_password(link) else None
    return render_template(CONFIRM, form=form, link=link, token=token)


@blueprint.post("/activate/<token>")
@access.public
def confirm(token: str) -> Answer:
    link, form = _link(token), NewPasswordForm()
    asks = asks_for_password(link)
    if asks and not form.validate():
        return form_page(CONFIRM, form, link=link, token=token)
    try:
        activate_user(token=token, password=form.password.data if asks else None)
    except InvalidInput as refused:
        return refused_page(CONFIRM, form, refused, link=link, token=token)
    flash(_("Your address is confirmed. Sign in to go on."))
    return redirect(url_for("accounts.sign_in"))


def _link(token: str) -> OneTimeToken:
    link = queries.find_usable_link(TokenPurpose.ACTIVATE, token)
    if link is None:
        raise LinkUnusable
    return link
