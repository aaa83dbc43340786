"""Bearer tokens for programs."""

from flask import redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.accounts import queries
from app.accounts.forms import TokenForm
from app.accounts.services.api_tokens import make_api_token, revoke_api_token
from app.accounts.views.blueprint import Answer, blueprint, form_page, refused_page
from app.core.errors import InvalidInput, WrongState
from app.web import access

PAGE = "accounts/tokens.html"


@blueprint.route("/account/tokens", methods=["GET", "POST"])
@access.signed_in
def tokens() -> Answer:
    """The list; after making one, the token itself, this once."""
    form = TokenForm()
    if not form.validate_on_submit():
        return form_page(PAGE, form, tokens=queries.list_api_tokens(current_user), made=None)
    try:
        made = make_api_token(actor=current_user, name=form.name.data)
    except InvalidInput as refused:
        return refused_page(PAGE, form, refused, tokens=queries.list_api_tokens(current_user), made=None)
    except WrongState:
        form.form_errors.append(_("These are as many tokens as one person can have. Revoke one first."))
        return form_page(PAGE, form, status=409, tokens=queries.list_api_tokens(current_user), made=None)
    fresh = TokenForm(formdata=None)
    return render_template(PAGE, form=fresh, tokens=queries.list_api_tokens(current_user), made=made)


@blueprint.post("/account/tokens/<int:token_id>/revoke")
@access.signed_in
def revoke_token(token_id: int) -> Answer:
    revoke_api_token(actor=current_user, token_id=token_id)
    return redirect(url_for("accounts.tokens"))
