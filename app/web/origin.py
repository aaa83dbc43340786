"""Forms are taken from pages of this site only, as far as the browser tells from where it sends them.

What proves a form is its token, which belongs to the session's cookie; on https that cookie is called
__Host-…, so no other machine of the domain can plant one whose token it knows. Flask-WTF would want a
Referer over https as well. That shuts out everybody whose browser keeps it back (privacy add-ons do, and
pages whose address is a secret have to ask for it), so it is not asked (WTF_CSRF_SSL_STRICT). Browsers say
the same more modestly: Sec-Fetch-Site, or Origin where they are older. Who says nothing has the token.
"""

from urllib.parse import urlsplit

from flask import Flask, Request, current_app, g, request
from flask_wtf.csrf import CSRFError

OURS = ("same-origin", "none")
"""Sent by a page of this site, or by the person: reloading, or from a bookmark."""


def register(app: Flask) -> None:
    """After Flask-WTF has looked at the token: what needs none may come from anywhere."""

    @app.before_request
    def refuse_forms_of_other_sites() -> None:
        if g.get("csrf_valid", False) and comes_from_elsewhere(request):
            raise CSRFError("The form was sent by a page of another site.")


def comes_from_elsewhere(sent: Request) -> bool:
    """Whether the browser says that another site sent this; False when it does not say."""
    site = sent.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site not in OURS
    origin = sent.headers.get("Origin", "null")
    # The host of the request differs from PUBLIC_URL where a proxy renames it, or on a second address.
    return origin not in ("null", _origin(sent.host_url), _origin(current_app.config["PUBLIC_URL"]))


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
