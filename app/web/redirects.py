"""Where to go next: only ever to a page of this site."""

from urllib.parse import urlsplit

from flask import request


def safe_path(target: str | None, otherwise: str) -> str:
    """The target when it is a plain path of this site, else `otherwise`.

    Browsers read // and /\\ as another host, and drop tabs and line breaks before they look.
    """
    if not target or any(ord(c) < 0x21 or c == "\\" for c in target):
        return otherwise
    parts = urlsplit(target)
    if parts.scheme or parts.netloc or not target.startswith("/") or target.startswith("//"):
        return otherwise
    return target


def next_path(otherwise: str) -> str:
    """Where the person was on the way to (`next` of the form or the address)."""
    return safe_path(request.values.get("next"), otherwise)
