"""The feeds, as calendar programs fetch them: no cookie, no redirect, no page of ours in between.

A wrong address is 404 and never 401 (programs would ask for a password); a failure is 503 and never an
empty calendar (they would delete every entry).
"""

from collections.abc import Callable

from flask import Response, current_app, request
from flask_limiter.util import get_remote_address
from werkzeug.exceptions import HTTPException

from app.calendars import wording
from app.calendars.ics import write
from app.calendars.queries.entries import list_feed_entries
from app.calendars.queries.feeds import get_subject
from app.calendars.services.reading import Opened, note_use, open_feed, open_lab
from app.calendars.views.blueprint import blueprint
from app.core.errors import NotFound
from app.core.i18n import DEFAULT_LANGUAGE, LANGUAGES, in_language
from app.core.instance import instance_id
from app.core.tokens import token_hash
from app.extensions import limiter
from app.web import access
from app.web.conditional import Version, respond
from app.web.links import public_address

CONTENT_TYPE = "text/calendar; charset=utf-8"
HEADERS = {
    # "attachment" makes Google refuse.
    "Content-Disposition": 'inline; filename="kargah.ics"',
    # Not robots.txt: Google would refuse there too.
    "X-Robots-Tag": "noindex",
    "Referrer-Policy": "no-referrer",
}
OFTEN = "120 per minute"
"""Far above any program's polling; a loop gone wild gets 429."""
RETRY_AFTER_SECONDS = 300


def _who_asks() -> str:
    """One program at one place; Google fetches everybody's calendars from the same addresses."""
    secret = (request.view_args or {}).get("token", "")
    return f"{token_hash(secret)[:16]} {get_remote_address()}"


@blueprint.get("/calendars/<token>.ics", provide_automatic_options=False)
@access.public
@limiter.limit(OFTEN, key_func=_who_asks)
def secret_feed(token: str) -> Response:
    return _answer(lambda: open_feed(token, site=public_address("")))


@blueprint.get("/labs/<slug>/calendar.ics", provide_automatic_options=False)
@access.public
@limiter.limit(OFTEN)
def lab_feed(slug: str) -> Response:
    wanted = request.args.get("lang", "")
    language = wanted if wanted in LANGUAGES else DEFAULT_LANGUAGE
    return _answer(lambda: open_lab(slug, language, site=public_address("")))


@blueprint.errorhandler(429)
def _too_often(_error: HTTPException) -> Response:
    # Only feeds are limited in this blueprint: whoever reads this is a program.
    return _plain("This calendar is asked for too often.", 429)


def _answer(find: Callable[[], Opened]) -> Response:
    try:
        opened = find()
        answer = respond(
            Version(opened.version.etag, opened.version.changed_at),
            lambda: _octets(opened),
            content_type=CONTENT_TYPE,
            headers=HEADERS,
        )
        note_use(opened)
    except NotFound:
        return _plain("No calendar here.", 404)
    except Exception:
        current_app.logger.exception("A calendar could not be written")
        answer = _plain("The calendar cannot be written just now.", 503)
        answer.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return answer


def _octets(opened: Opened) -> bytes:
    subject = get_subject(opened.selection.scope, opened.selection.scope_id)
    entries = list_feed_entries(opened.selection, opened.window)
    with in_language(opened.language):
        return write(
            wording.document(opened, subject, entries, instance=instance_id(), address_of=_address_of_booking)
        )


def _address_of_booking(reference: str) -> str:
    return public_address(f"/bookings/{reference}")


def _plain(text: str, status: int) -> Response:
    return Response(text + "\n", status, content_type="text/plain; charset=utf-8", headers=HEADERS)
