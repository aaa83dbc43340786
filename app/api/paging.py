"""Lists in pages: `{"items": [...], "next": address or null}`.

The cursor names the last thing shown, not a number of rows to skip: what is added or removed while
somebody reads neither repeats nor hides anything.
"""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from urllib.parse import urlencode

from flask import current_app, request

from app.api.fields import Whole

T = TypeVar("T")

MOST = 200
USUAL = 50


def limit_field() -> Whole:
    """How many at most in one answer."""
    return Whole(1, MOST, in_address=True, load_default=USUAL)


def page(found: Sequence[T], limit: int, cursor: Callable[[T], object]) -> dict[str, Any]:
    """One page as it is answered, of a query that was asked for one row more than `limit`."""
    items = found[:limit]
    more = len(found) > limit
    return {"items": items, "next": _address(str(cursor(items[-1]))) if more else None}


def _address(after: str) -> str:
    # A filter that was given several times is one list, as it is read (app.api.reading).
    given = {name: ",".join(values) for name, values in request.args.lists()}
    parameters = given | {"after": after}
    return f"{current_app.config['PUBLIC_URL']}{request.path}?{urlencode(parameters)}"
