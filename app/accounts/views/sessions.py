"""Where one is signed in."""

from flask import redirect, render_template, url_for
from flask_login import current_user

from app.accounts import browser, queries
from app.accounts.services.sessions import end_other_sessions, end_session_of
from app.accounts.views.blueprint import Answer, blueprint
from app.core.tokens import token_hash
from app.web import access


@blueprint.get("/account/sessions")
@access.signed_in
def sessions() -> Answer:
    rows = queries.list_sessions(current_user)
    return render_template(
        "accounts/sessions.html", sessions=rows, present_hash=token_hash(browser.present_token())
    )


@blueprint.post("/account/sessions/<int:session_id>/end")
@access.signed_in
def end_session(session_id: int) -> Answer:
    end_session_of(actor=current_user, session_id=session_id)
    return redirect(url_for("accounts.sessions"))


@blueprint.post("/account/sessions/end-others")
@access.signed_in
def end_others() -> Answer:
    end_other_sessions(actor=current_user, token=browser.present_token())
    return redirect(url_for("accounts.sessions"))
