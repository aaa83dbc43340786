"""Reading what was sent, strictly: everything odd is told with a status of its own, quickly."""

import json
from collections.abc import Collection
from typing import Any, NoReturn

from flask import Request
from marshmallow import RAISE, Schema, ValidationError
from webargs.flaskparser import FlaskParser
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import UnsupportedMediaType

from app.api.fields import Several
from app.api.findings import Finding, flattened
from app.api.problems import Malformed
from app.core.errors import InvalidInput

LARGEST_BODY = 1024 * 1024
DEEPEST = 20


class StrictParser(FlaskParser):
    """webargs with our idea of JSON, and with unknown names refused everywhere."""

    DEFAULT_UNKNOWN_BY_LOCATION = {"json": RAISE, "query": RAISE}  # noqa: RUF012 - webargs' own name

    def _raw_load_json(self, req: Request) -> Any:
        body = req.get_data(cache=True)
        return parsed(body, req.mimetype) if body else {}

    def load_querystring(self, req: Request, schema: Schema) -> Any:
        """The parameters of the address; one given twice is told, not chosen from."""
        lists = {name for name, field in schema.fields.items() if isinstance(field, Several)}
        return _once_each(req.args, lists)

    def handle_error(self, error: ValidationError, req: Request, schema: Schema, **_more: Any) -> NoReturn:
        by_location: dict[str, Any] = error.messages_dict  # {"json": {"people": …}}
        raise InvalidInput(*flattened(list(by_location.values())))


def parsed(body: bytes, media_type: str) -> Any:
    """The JSON of a body. Raises UnsupportedMediaType and Malformed."""
    if media_type != "application/json" and not media_type.endswith("+json"):
        raise UnsupportedMediaType
    try:
        value = json.loads(
            body.decode("utf-8"), object_pairs_hook=_each_key_once, parse_constant=_no_constant
        )
    except (ValueError, RecursionError) as error:
        raise Malformed from error
    if _deeper_than(value, DEEPEST):
        raise Malformed
    return value


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key occurs twice")
    return found


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


def _deeper_than(value: Any, depth: int) -> bool:
    layer = [value]
    for _ in range(depth):
        layer = [inner for outer in layer for inner in _inside(outer)]
        if not layer:
            return False
    return True


def _inside(value: Any) -> Any:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _once_each(arguments: MultiDict[str, str], lists: Collection[str]) -> dict[str, str]:
    repeated = [name for name, values in arguments.lists() if len(values) > 1 and name not in lists]
    if repeated:
        raise InvalidInput(*((name, Finding("repeated")) for name in repeated))
    return {name: ",".join(values) for name, values in arguments.lists()}
