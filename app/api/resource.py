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

from flask import Response, current_app, request
from flask_smorest import Blueprint
from marshmallow import Schema
from werkzeug.exceptions import HTTPException

from app.accounts.models import User
from app.api import problems
from app.api.bearer import token_required, token_welcome
from app.api.fields import GREATEST_ID, IdOrSlug
from app.api.idempotency import HEADER, LONGEST_KEY, idempotent, in_one_transaction
from app.api.reading import LARGEST_BODY, StrictParser
from app.api.v1.schemas import NothingSchema
from app.core.db import DatabaseAway
from app.core.errors import Busy, DomainError, Forbidden, NotFound

AN_ID = "<int:id>"
"""The part of an address that is the number of a thing."""

View = Callable[..., Any]
Finder = Callable[..., Any]

_KEY = {
    "in": "header",
    "name": HEADER,
    "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY},
    "description": "Send the same request with the same key again and get the same answer, for 24 hours.",
}


class Resource(Blueprint):
    """Routes below /api/v1 with one tag in the document."""

    ARGUMENTS_PARSER = StrictParser()

    def __init__(self, tag: str, import_name: str, description: str) -> None:
        super().__init__(tag, import_name, url_prefix="/api/v1", description=description)
        self.before_request(_bound_the_body)
        self.after_request(_keep_private)
        for kind in (DomainError, HTTPException):
            self.register_error_handler(kind, problems.answer)
        self.register_error_handler(DatabaseAway, _database_away)

    def operation(
        self,
        method: str,
        rule: str,
        *,
        answer: type[Schema] | Schema | None,
        status: int = 200,
        query: type[Schema] = NothingSchema,
        body: type[Schema] | None = None,
        permit: Callable[[User], bool] | None = None,
        works: bool = True,
        anybody: bool = False,
        **finders: Finder,
    ) -> Callable[[View], View]:
        """Declare a route. The view gets what the finders found, `query`, `body`, and `actor` if it asks.

        A finder is called with the actor and the parts of the address, and raises NotFound or Forbidden.
        `permit` asks whether the actor may do this at all. `works=False` is a POST that changes nothing.
        `anybody` is answered without a token too; the actor is None then.
        """

        def declare(view: View) -> View:
            handler = self.response(status, answer)(view)
            if method == "POST" and works:
                handler = in_one_transaction(handler)
            if body is not None:
                handler = self._reads(handler, body, "json", "body")
            handler = self._reads(handler, query, "query", "query")
            handler = _finding(handler, finders, permit, takes_actor="actor" in signature(view).parameters)
            if method == "POST":
                handler = idempotent(handler, works=works)
            handler = (token_welcome if anybody else token_required)(handler)
            documented = _documented(method, finders, body, query)
            if anybody:
                documented["security"] = [{"bearer": []}, {}]
            handler = self.doc(**documented)(handler)
            self.route(rule, methods=[method], endpoint=view.__name__)(handler)
            return view

        return declare

    def _reads(self, handler: View, schema: type[Schema], location: str, name: str) -> View:
        """Read and check the body or the parameters before the view is called with them."""
        needed = any(field.required for field in schema().fields.values())
        how: dict[str, Any] = {"as_kwargs": True} if schema is NothingSchema else {"arg_name": name}
        reading: View = self.arguments(schema, location=location, required=needed, **how)(handler)
        return reading


def _finding(
    handler: View, finders: dict[str, Finder], permit: Callable[[User], bool] | None, *, takes_actor: bool
) -> View:
    @wraps(handler)
    def find(*, actor: User | None, **address: Any) -> Any:
        if any(map(_is_beyond_the_database, address.values())):
            raise NotFound
        found = {name: finder(actor, *address.values()) for name, finder in finders.items()}
        if permit is not None and (actor is None or not permit(actor)):
            raise Forbidden
        return handler(actor=actor, **found) if takes_actor else handler(**found)

    return find


def _is_beyond_the_database(part: str | int) -> bool:
    """PostgreSQL knows neither NUL in a text nor numbers of any size."""
    return part > GREATEST_ID if isinstance(part, int) else "\0" in part


def _documented(
    method: str, finders: dict[str, Finder], body: type[Schema] | None, query: type[Schema]
) -> dict[str, Any]:
    statuses = {401, 422, 429, 503}
    if finders:
        statuses |= {403, 404}
    if body is not None:
        statuses |= {400, 403, 404, 409, 413, 415}
    if method == "DELETE":
        statuses.add(409)
    if any(isinstance(field, IdOrSlug) for field in query().fields.values()):
        statuses.add(404)
    doc: dict[str, Any] = {
        "responses": {str(code): {"$ref": "#/components/responses/Problem"} for code in sorted(statuses)}
    }
    doc["responses"]["414"] = {"$ref": "#/components/responses/AddressTooLong"}
    if method == "POST":
        doc["parameters"] = [_KEY]
    return doc


def _database_away(error: DatabaseAway) -> Response:
    current_app.logger.error("database: %s %s", request.endpoint, type(error.orig).__name__)
    return problems.answer(Busy())


def _bound_the_body() -> None:
    request.max_content_length = LARGEST_BODY


def _keep_private(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    if response.status_code == HTTPStatus.NO_CONTENT:
        del response.headers["Content-Type"]
    return response
