"""The blueprint of all pages about accounts, and what they share."""

from flask import Blueprint, render_template
from flask_babel import ngettext
from werkzeug.wrappers import Response

from app.accounts.errors import LinkUnusable
from app.accounts.wording import REFUSALS
from app.core.errors import InvalidInput, TooMany
from app.web.formats import number_text
from app.web.forms import BaseForm

blueprint = Blueprint("accounts", __name__, template_folder="../templates")

UNPROCESSABLE = 422
Answer = str | Response | tuple[str, int] | tuple[str, int, dict[str, str]]


def form_page(template: str, form: BaseForm, status: int | None = None, **values: object) -> Answer:
    """The page of a form: fresh, or with what is wrong beside its fields."""
    if status is None:
        status = UNPROCESSABLE if form.is_submitted() else 200
    return render_template(template, form=form, **values), status


def refused_page(template: str, form: BaseForm, refused: InvalidInput, **values: object) -> Answer:
    """The form again, with what a service found wrong."""
    form.take(refused, REFUSALS)
    return render_template(template, form=form, **values), UNPROCESSABLE


def too_many_page(template: str, form: BaseForm, error: TooMany, **values: object) -> Answer:
    """The form again, and how long to wait."""
    minutes = -(-error.retry_after // 60)
    form.form_errors.append(
        ngettext(
            "That was tried too often. Try again in %(count)s minute.",
            "That was tried too often. Try again in %(count)s minutes.",
            minutes,
            count=number_text(minutes),
        )
    )
    return render_template(template, form=form, **values), 429, {"Retry-After": str(error.retry_after)}


@blueprint.errorhandler(LinkUnusable)
def link_unusable(_error: LinkUnusable) -> Answer:
    """A link that does nothing any more: what it may have been, and where a new one comes from."""
    return render_template("accounts/link_unusable.html"), 404


@blueprint.after_request
def keep_links_to_ourselves(response: Response) -> Response:
    """Some addresses here hold a secret: nobody may learn more than the site its visitor came from.

    Not "no-referrer": browsers then send forms with `Origin: null`, as if from nowhere.
    """
    response.headers["Referrer-Policy"] = "strict-origin"
    return response
