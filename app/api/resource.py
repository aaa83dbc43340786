"""A group of API routes. Each is declared by one decorator, so that the order of questions is one.

401 who are you? · 429 how often? · the answer given before? · 404 is it there for you? · 403 may you? ·
422 can this be understood? — and then the service, which asks about permission again, about policy (422)
and last about time (409).
"""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from inspect import signature
from typing import Any

from flask import Response, request
from flask_smorest import Blueprint
from marshmallow import Schema
from werkzeug.exceptions import HTTPException

from app.accounts.models import User
from app.api import problems
from app.api.bearer import token_required
from app.api.fields import GREATEST_ID
from app.api.idempotency import HEADER, LONGEST_KEY, idempotent, in_one_transaction
from app.api.reading import LARGEST_BODY, StrictParser
from app.api.v1.schemas import Sent
from app.core.errors import DomainError, Forbidden, NotFound

View = Callable[..., Any]
Finder = Callable[..., Any]

_KEY = {
    "in": "header",
    "name": HEADER,
    "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY},
    "description": "Send the same request with the same key again and get the same answer, for 24 hours.",
}


class NoQuery(Sent):
    """An address that takes no parameters."""


class Resource(Blueprint):
    """Routes below /api/v1 with one tag in the document."""

    ARGUMENTS_PARSER = StrictParser()

    def __init__(self, tag: str, import_name: str, description: str) -> None:
        super().__init__(tag, import_name, url_prefix="/api/v1", description=description)
        self.before_request(_bound_the_body)
        self.after_request(_keep_private)
        for kind in (DomainError, HTTPException):
            self.register_error_handler(kind, problems.answer)

    def operation(
        self,
        method: str,
        rule: str,
        *,
        answer: type[Schema] | Schema | None,
        status: int = 200,
        query: type[Schema] = NoQuery,
        body: type[Schema] | None = None,
        permit: Callable[[User], bool] | None = None,
        works: bool = True,
        **finders: Finder,
    ) -> Callable[[View], View]:
        """Declare a route. The view gets what the finders found, `query`, `body`, and `actor` if it asks.

        A finder is called with the actor and the parts of the address that its own parameters name.
        `permit` asks whether the actor may do this at all. `works=False` is a POST that changes nothing.
        """

        def declare(view: View) -> View:
            handler = self.response(status, answer)(view)
            if method == "POST" and works:
                handler = in_one_transaction(handler)
            if body is not None:
                handler = self.arguments(body, location="json", arg_name="body")(handler)
            handler = self._reads_query(handler, query)
            handler = _finding(handler, finders, permit, takes_actor="actor" in signature(view).parameters)
            if method == "POST":
                handler = idempotent(handler, works=works)
            handler = token_required(handler)
            handler = self.doc(**_documented(method, finders, body))(handler)
            self.route(rule, methods=[method], endpoint=view.__name__)(handler)
            return view

        return declare

    def _reads_query(self, handler: View, query: type[Schema]) -> View:
        if query is NoQuery:

            @wraps(handler)
            def without(**arguments: Any) -> Any:
                self.ARGUMENTS_PARSER.parse(NoQuery, location="query")
                return handler(**arguments)

            return without
        reading: View = self.arguments(query, location="query", arg_name="query")(handler)
        return reading


def _finding(
    handler: View, finders: dict[str, Finder], permit: Callable[[User], bool] | None, *, takes_actor: bool
) -> View:
    @wraps(handler)
    def find(*, actor: User, **address: Any) -> Any:
        if any("\0" in part for part in address.values() if isinstance(part, str)):
            raise NotFound  # PostgreSQL would stumble over it
        found = {name: finder(actor, **address) for name, finder in finders.items()}
        if permit is not None and not permit(actor):
            raise Forbidden
        given = found if finders else address
        return handler(actor=actor, **given) if takes_actor else handler(**given)

    return find


def _documented(method: str, finders: dict[str, Finder], body: type[Schema] | None) -> dict[str, Any]:
    statuses = {401, 422, 429, 503}
    if finders:
        statuses |= {403, 404}
    if body is not None:
        statuses |= {400, 403, 404, 409, 413, 415}
    doc: dict[str, Any] = {
        "responses": {str(code): {"$ref": "#/components/responses/Problem"} for code in sorted(statuses)}
    }
    if method == "POST":
        doc["parameters"] = [_KEY]
    return doc


def _bound_the_body() -> None:
    request.max_content_length = LARGEST_BODY


def _keep_private(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    if response.status_code == HTTPStatus.NO_CONTENT:
        del response.headers["Content-Type"]
    return response


def numbered(part: str) -> int | None:
    """The number that a part of an address is, or None for a name. Raises NotFound for a huge one."""
    if not (part.isascii() and part.isdigit()):
        return None
    if int(part) > GREATEST_ID:
        raise NotFound
    return int(part)
