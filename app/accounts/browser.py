"""Between a browser and its session row: what the cookies carry, and who is asking.

The signed cookie holds a random secret, and the row decides (services/sessions.py). A second cookie
remembers for half a year that an account was opened in this browser: it opens nothing, and only lets its
owner sign in while strangers are guessing the password (rules/limits.py).
"""

import secrets

from flask import Request, current_app, redirect, request, session, url_for
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.wrappers import Response

from app.accounts.models import User
from app.accounts.services.sessions import resume_session
from app.accounts.services.sign_in import Visit
from app.extensions import login

TOKEN = "token"  # noqa: S105 - the name of the place, not a secret
KEPT = ("theme",)
"""What the cookie holds of this browser rather than of the person, and keeps when people change."""
KNOWN_COOKIE = "known-browser"
KNOWN_SECONDS = 180 * 24 * 3600


def prepare() -> None:
    """Teach Flask-Login to ask the session row; it keeps nothing of its own in the cookie."""
    login.session_protection = None
    login.request_loader(_user_of)
    login.unauthorized_handler(_ask_to_sign_in)


def visit() -> Visit:
    """From where this request comes."""
    return Visit(
        address=request.remote_addr or "",
        browser=request.user_agent.string,
        known_as=_known_as(),
    )


def present_token() -> str:
    """The secret of the session that this request belongs to; '' outside of one."""
    return str(session.get(TOKEN, ""))


def carry(token: str) -> None:
    """The browser has this session from now on, and nothing of another person."""
    drop()
    session[TOKEN] = token


def drop() -> None:
    """The cookie is nobody's."""
    kept = {name: session[name] for name in KEPT if name in session}
    session.clear()
    session.update(kept)


def make_known(response: Response, user_id: int) -> Response:
    """Remember that this account was opened in this browser."""
    known = _known_as()
    if known is None or known[0] != user_id:
        known = (user_id, secrets.token_urlsafe(16))
    response.set_cookie(
        KNOWN_COOKIE,
        _signer().dumps(known),
        max_age=KNOWN_SECONDS,
        path="/sign-in",
        secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
        httponly=True,
        samesite="Lax",
    )
    return response


def _user_of(_request: Request) -> User | None:
    token = present_token()
    if not token:
        return None
    user = resume_session(token)
    if user is None:
        drop()
    return user


def _ask_to_sign_in() -> Response:
    """To the sign-in page, and from there back to where the person was going."""
    going_to = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("accounts.sign_in", next=going_to))


def _known_as() -> tuple[int, str] | None:
    try:
        user_id, name = _signer().loads(request.cookies.get(KNOWN_COOKIE, ""), max_age=KNOWN_SECONDS)
    except (BadSignature, ValueError, TypeError):
        return None
    return int(user_id), str(name)


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt=KNOWN_COOKIE)
