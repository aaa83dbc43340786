"""Reading requests: no NUL reaches the program.

Nobody types that character, every copy of it is a probe or an accident, and PostgreSQL takes none: the
query would fail before anything else looked at the text. Values lose it here; an address that has one
leads nowhere. The API says of its JSON by itself what it cannot keep.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from flask import Flask, Request, abort, request
from werkzeug.datastructures import ImmutableMultiDict, MultiDict

NUL = "\x00"
NOT_FOUND = 404


class Values(ImmutableMultiDict[str, Any]):
    """What was sent as parameters of the address or fields of a form; files are left as they are."""

    def __init__(self, sent: Mapping[str, Any] | Iterable[tuple[str, Any]] | None = None) -> None:
        pairs = MultiDict(sent).items(multi=True)
        super().__init__([(_without_nul(name), _without_nul(value)) for name, value in pairs])


class CleanRequest(Request):
    """A request whose args and form hold no NUL."""

    parameter_storage_class = Values


def register(app: Flask) -> None:
    app.request_class = CleanRequest

    @app.before_request
    def refuse_addresses_with_nul() -> None:
        if NUL in request.path:
            abort(NOT_FOUND)


def _without_nul(value: Any) -> Any:
    return value.replace(NUL, "") if isinstance(value, str) else value
