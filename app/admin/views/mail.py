"""Mail that nobody took."""

from flask import Blueprint, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.accounts.models import Role
from app.notifications import queries
from app.notifications.services.retry import retry_mail
from app.web import access

blueprint = Blueprint("admin_mail", __name__, url_prefix="/admin/mail", template_folder="../templates")


@blueprint.get("")
@access.requires(Role.ADMIN)
def index() -> str:
    return render_template(
        "admin/mail.html", mails=queries.list_failed_mail(current_user), outbox=queries.outbox_state()
    )


@blueprint.post("/<int:mail_id>/retry")
@access.requires(Role.ADMIN)
def retry(mail_id: int) -> Response:
    retry_mail(actor=current_user, mail_id=mail_id)
    return redirect(url_for("admin_mail.index"))
