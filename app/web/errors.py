"""Refusals as pages: what happened, and what to do now. JSON under /api is the API's own business."""

import secrets
from collections.abc import Callable
from functools import partial

from flask import Flask, current_app, render_template, request
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, InternalServerError

from app.core.errors import (
    Busy,
    DomainError,
    Forbidden,
    InvalidInput,
    MayHaveHappened,
    NotFound,
    TooMany,
    WrongState,
)
from app.core.i18n import DEFAULT_LANGUAGE, in_language

STATUSES: dict[type[DomainError], int] = {
    NotFound: 404,
    Forbidden: 403,
    WrongState: 409,
    InvalidInput: 422,
    TooMany: 429,
    Busy: 503,
}

Answer = tuple[str, int, dict[str, str]]


def status_of(error: DomainError) -> int:
    """The HTTP status of a refusal: its own, or that of the refusal it is a kind of; else 409."""
    return next((STATUSES[kind] for kind in type(error).__mro__ if kind in STATUSES), 409)


def words(status: int) -> tuple[str, str]:
    """What happened and what to do, for a status."""
    known = {
        400: (
            _("This request could not be understood"),
            _("Go back, check what you entered and try again."),
        ),
        403: (_("You may not do this"), _("Somebody with more rights in this lab can. Ask its manager.")),
        404: (
            _("There is nothing here"),
            _("It may have been removed, or it is not yours to see. Check the address, or search."),
        ),
        405: (
            _("This page cannot be used that way"),
            _("Open it from the menu instead of from an old link."),
        ),
        409: (
            _("Somebody was faster"),
            _("It has changed since you opened the page. Go back, reload it and look again."),
        ),
        410: (
            _("This link does not work any more"),
            _("It was used already or has run out. Ask for a new one where you got it."),
        ),
        413: (_("This is too large"), _("Send a smaller file, 20 MB at most.")),
        415: (_("This kind of file is not taken"), _("Send a file of the kind that the page names.")),
        422: (_("Something is missing or wrong"), _("Go back and look at the fields that are marked.")),
        429: (_("Too many tries"), _("Wait a moment, then try again.")),
        503: (_("Very busy just now"), _("Nothing was changed. Wait a few seconds and try again.")),
    }
    ours = (_("Something went wrong here"), _("It is our fault and has been noted. Nothing was changed."))
    return known.get(status, ours)


def maybe() -> tuple[str, str]:
    """What happened and what to do, where the connection broke during a commit."""
    return (
        _("This may have happened, or not"),
        _(
            "The connection to the database broke while it was being kept."
            " Look whether it is there before you try again."
        ),
    )


def page(status: int, told: Callable[[], tuple[str, str]] | None = None, number: str | None = None) -> Answer:
    """The page for a refusal, in the words of its status or those `told`; plain where even a page fails."""
    told = told or partial(words, status)
    try:
        heading, remedy = told()
        shown = {"status": str(status), "heading": heading, "remedy": remedy}
        return render_template("layout/error.html", number=number, **shown), status, {}
    except Exception:
        if status < 500:
            raise
        current_app.logger.exception("The page of an error could not be made")
        return _plain(told, number), status, {}


def _plain(told: Callable[[], tuple[str, str]], number: str | None) -> str:
    """Without menus, and in English: who asks may be known only to a database that is away."""
    with in_language(DEFAULT_LANGUAGE):
        heading, remedy = told()
        template = current_app.jinja_env.get_template("layout/plain_error.html")
        return template.render(heading=heading, remedy=remedy, number=number)


def register(app: Flask) -> None:
    app.register_error_handler(DomainError, _refused)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(OperationalError, _database_away)
    app.register_error_handler(HTTPException, _http)


def _refused(error: DomainError) -> Answer:
    body, status, headers = page(status_of(error), maybe if isinstance(error, MayHaveHappened) else None)
    wait = getattr(error, "retry_after", None)
    return body, status, headers | ({"Retry-After": str(wait)} if wait else {})


def _stale_form(_error: CSRFError) -> Answer:
    return page(
        403,
        lambda: (
            _("This form has grown old"),
            _("Nothing was changed. Go back, reload the page and send it again."),
        ),
    )


def _database_away(error: OperationalError) -> Answer:
    current_app.logger.error("database: %s %s", request.endpoint, type(error.orig).__name__)
    body, status, headers = page(503)
    return body, status, headers | {"Retry-After": "5"}


def _http(error: HTTPException) -> Answer:
    if error.code is None or error.code < 400:
        return error.get_response()  # type: ignore[return-value]  # a redirect on its way
    if isinstance(error, InternalServerError):
        return page(500, number=_noted())
    kept = {k: v for k, v in error.get_headers() if k in ("Allow", "Retry-After")}
    body, status, _headers = page(error.code)
    return body, status, kept


def _noted() -> str:
    """A number that a person can tell us; in the log it stands below the mistake itself."""
    number = secrets.token_hex(4)
    current_app.logger.error("The mistake above was shown at %s as number %s", request.path, number)
    return number
