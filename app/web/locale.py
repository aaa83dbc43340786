"""Which language a page is shown in.

First what the address asks for (?lang=fa), which is remembered in this browser; then what was remembered;
then what the person chose in the account; then what the browser prefers.
"""

from flask import Flask, current_app, has_request_context, request
from flask_login import current_user
from werkzeug.wrappers import Response

from app.core.i18n import DEFAULT_LANGUAGE, LANGUAGES

COOKIE = "lang"
REMEMBERED_SECONDS = 365 * 24 * 3600


def select_language() -> str:
    """The language of this request; outside of one, the default."""
    if not has_request_context():
        return DEFAULT_LANGUAGE
    for code in (request.args.get("lang"), request.cookies.get(COOKIE), _language_of_the_account()):
        if code in LANGUAGES:
            return code
    return request.accept_languages.best_match(list(LANGUAGES)) or DEFAULT_LANGUAGE


def remember_language(response: Response, code: str) -> Response:
    """Show this browser pages in the language from now on."""
    response.set_cookie(
        COOKIE,
        code,
        max_age=REMEMBERED_SECONDS,
        secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
        httponly=True,
        samesite="Lax",
    )
    return response


def register(app: Flask) -> None:
    @app.after_request
    def remember_what_was_asked(response: Response) -> Response:
        asked = request.args.get("lang")
        if asked in LANGUAGES and asked != request.cookies.get(COOKIE):
            remember_language(response, asked)
        if response.mimetype == "text/html":
            response.vary.update(("Accept-Language", "Cookie"))
        return response


def _language_of_the_account() -> str | None:
    return current_user.language if current_user.is_authenticated else None
