"""Answers that a client may keep and ask about again: 304 when nothing changed, gzip when asked for.

Who knows the version of a thing without building it (a counter) gives the building as a function; it
runs only when the client has another version. RFC 9110, sections 8.8 and 13.
"""

import gzip
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import Response, current_app, request
from werkzeug.http import is_resource_modified

# Kept by whoever asked, never by a cache in between, and asked about each time. Not "no-store": a
# client without a copy has nothing to revalidate and moves the whole body at every poll.
CACHE_CONTROL = "private, no-cache"
_GZIP = "-gzip"
# Three tenths of the time of the usual level for a tenth more octets.
_GZIP_LEVEL = 1


@dataclass(frozen=True)
class Version:
    """What tells one state of a thing from another."""

    etag: str
    """Without quotes. Strong: equal tags mean equal octets."""
    changed_at: datetime
    """For clients that compare times; to the second, so the tag is what decides."""


def respond(
    version: Version, body: Callable[[], bytes], *, content_type: str, headers: Mapping[str, str]
) -> Response:
    """304 when the client has this version, else 200 with the body, compressed if it may be."""
    squeeze = _wants_gzip()
    modified = _modified(version)
    answer = Response(status=200 if modified else 304, content_type=content_type)
    answer.headers.update(headers)
    answer.headers.setdefault("Cache-Control", CACHE_CONTROL)
    answer.vary.add("Accept-Encoding")
    # A compressed body is another representation and needs another tag (RFC 9110 8.8.3.3).
    answer.set_etag(version.etag + _GZIP if squeeze else version.etag)
    answer.last_modified = version.changed_at
    if modified:
        octets = body()
        # mtime: equal bodies compress to equal octets.
        answer.data = gzip.compress(octets, _GZIP_LEVEL, mtime=0) if squeeze else octets
        if squeeze:
            answer.content_encoding = "gzip"
    return answer


def _wants_gzip() -> bool:
    """Whether the client asked for it. GZIP=off exists because one Outlook is reported to choke on it."""
    return bool(current_app.config["GZIP"]) and request.accept_encodings["gzip"] > 0


def _modified(version: Version) -> bool:
    """Whether the client has no tag of this version, in either encoding: proxies change encodings."""
    return all(
        is_resource_modified(request.environ, etag=etag, last_modified=version.changed_at)
        for etag in (version.etag, version.etag + _GZIP)
    )
