"""Who is asking: the owner of the bearer token. A session cookie never opens the API.

Browsers send cookies along with requests that other pages made; a token has to be put there on
purpose. That is why the API needs no CSRF token, and why nothing but the header counts here.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import current_app, g, request
from limits import RateLimitItemPerMinute

from app.accounts.models import User
from app.accounts.services.bearer import owner_of_token
from app.api.problems import NotSignedIn
from app.core.clock import real_now
from app.core.errors import TooMany
from app.extensions import limiter
from app.web import access

MARK = "bearer token"
WELCOME = "public"
"""The mark of a call that is answered without a token too."""


def token_required(view: Callable[..., Any]) -> Callable[..., Any]:
    """Let in who sends a valid token, at the pace that is allowed; the view gets `actor`."""

    @wraps(view)
    def guarded(**arguments: Any) -> Any:
        actor = _actor()
        g.actor = actor
        _keep_pace(f"user:{actor.id}")
        return view(actor=actor, **arguments)

    setattr(guarded, access.MARK, MARK)
    return guarded


def token_welcome(view: Callable[..., Any]) -> Callable[..., Any]:
    """Let in anybody at the pace that is allowed; the view gets `actor`, None without a token.

    A token that is not valid is refused as everywhere: who sends one means to be known.
    """
    known = token_required(view)

    @wraps(view)
    def guarded(**arguments: Any) -> Any:
        if "Authorization" in request.headers:
            return known(**arguments)
        g.actor = None
        _keep_pace(f"address:{request.remote_addr}")
        return view(actor=None, **arguments)

    setattr(guarded, access.MARK, WELCOME)
    return guarded


def _actor() -> User:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.casefold() != "bearer" or not token.strip():
        _keep_pace(f"address:{request.remote_addr}")
        raise NotSignedIn
    actor = owner_of_token(token.strip())
    if actor is None:
        _keep_pace(f"address:{request.remote_addr}")
        raise NotSignedIn(token_given=True)
    return actor


def _keep_pace(who: str) -> None:
    if not limiter.enabled:
        return
    limit = RateLimitItemPerMinute(current_app.config["API_REQUESTS_PER_MINUTE"])
    if not limiter.limiter.hit(limit, "api", who):
        reset_at = limiter.limiter.get_window_stats(limit, "api", who).reset_time
        raise TooMany(max(1, int(reset_at - real_now().timestamp()) + 1))
