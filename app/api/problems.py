"""Errors as RFC 9457 documents: one table from facts to statuses, for everything below /api."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from flask import Response, current_app, json
from flask_babel import lazy_gettext as _l
from werkzeug.exceptions import HTTPException

from app.api.findings import sentence
from app.api.v1 import refusals
from app.api.v1.schemas import ProblemSchema
from app.booking.errors import OutsidePolicy
from app.core.errors import (
    Busy,
    DomainError,
    Forbidden,
    InvalidInput,
    MayHaveHappened,
    NotFound,
    TooMany,
    WrongState,
)
from app.core.idempotency import KeyReused
from app.donations.errors import OverPromised
from app.needs.errors import FourEyes
from app.occupancy.errors import CapacityInUse, SlotTaken

MEDIA_TYPE = "application/problem+json"
PREFIX = "/api/"


class NotSignedIn(DomainError):
    """No token, or one that is not valid (any more)."""

    code = "unauthorized"

    @property
    def headers(self) -> dict[str, str]:
        because = ', error="invalid_token"' if self.params.get("token_given") else ""
        return {"WWW-Authenticate": f'Bearer realm="kargah"{because}'}


class Malformed(DomainError):
    """The body is not JSON as everybody reads it: cut off, a key twice, NaN, nested without end."""

    code = "malformed-json"


def _nothing(_error: Any) -> dict[str, Any]:
    return {}


def _state(error: WrongState) -> dict[str, Any]:
    return {"state": error.params["state"]} if "state" in error.params else {}


def _left(error: OverPromised) -> dict[str, Any]:
    return {"left": error.params["left"]}


def _errors(error: InvalidInput) -> dict[str, Any]:
    return {
        "errors": [
            {"field": field, "code": code, "message": sentence(code, getattr(code, "params", error.params))}
            for field, code in error.errors
        ]
    }


class Fact(NamedTuple):
    """How an error is told: the HTTP status, a title, and further members of the document."""

    status: int
    title: Any
    more: Callable[[Any], Mapping[str, Any]] = _nothing


FACTS: dict[type[DomainError], Fact] = {
    Malformed: Fact(400, _l("The body is not valid JSON.")),
    NotSignedIn: Fact(401, _l("A valid bearer token is needed.")),
    Forbidden: Fact(403, _l("You may see this, but not do that to it.")),
    FourEyes: Fact(403, _l("You wrote this yourself: somebody else has to publish it.")),
    NotFound: Fact(404, _l("There is no such thing, or it is not yours to see.")),
    WrongState: Fact(409, _l("That does not fit the state it is in."), _state),
    SlotTaken: Fact(409, _l("The time is taken."), refusals.of_slot),
    OverPromised: Fact(409, _l("It has been promised already, or the line does not hold as much."), _left),
    CapacityInUse: Fact(409, _l("More than that is already booked."), refusals.of_slot),
    InvalidInput: Fact(422, _l("What was sent cannot be used as it is."), _errors),
    OutsidePolicy: Fact(422, _l("The lab's rules do not allow this."), refusals.of_policy),
    KeyReused: Fact(422, _l("This Idempotency-Key was used for another request.")),
    TooMany: Fact(429, _l("Too many requests; wait a little.")),
    Busy: Fact(503, _l("The server is busy; nothing was changed. Try again shortly.")),
    MayHaveHappened: Fact(
        503, _l("It may have happened: the connection to the database broke. Look before you try again.")
    ),
    DomainError: Fact(409, _l("That cannot be done.")),
}

PROTOCOL: dict[int, tuple[str, Any]] = {
    400: ("bad-request", _l("The request cannot be understood.")),
    404: ("not-found", _l("There is nothing at this address.")),
    405: ("method-not-allowed", _l("This address does not take that method.")),
    413: ("too-large", _l("The body is too large.")),
    414: ("address-too-long", _l("The address is too long.")),
    415: ("unsupported-media-type", _l("Send the body as application/json.")),
    429: ("too-many", _l("Too many requests; wait a little.")),
    500: ("internal", _l("A mistake of ours. It has been logged.")),
}


def answer(error: Exception) -> Response:
    """The problem document of a fact or of a failure of the protocol."""
    if isinstance(error, DomainError):
        fact = next(FACTS[kind] for kind in type(error).__mro__ if kind in FACTS)
        response = _document(fact.status, error.code, fact.title, fact.more(error))
        response.headers.extend(_headers(error))
        return response
    status = error.code if isinstance(error, HTTPException) and error.code else 500
    code, title = PROTOCOL.get(status, ("refused", _l("The request was refused.")))
    response = _document(status, code, title, {})
    if isinstance(error, HTTPException):
        response.headers.extend((k, v) for k, v in error.get_headers() if k in ("Allow", "Retry-After"))
    return response


class Explained(NamedTuple):
    """A kind of refusal, for the documentation."""

    status: int
    code: str
    title: Any


def explained() -> list[Explained]:
    """Every refusal there is, by status and code; the `type` of a problem leads to it."""
    facts = {Explained(fact.status, kind.code, fact.title) for kind, fact in FACTS.items()}
    protocol = {Explained(status, code, title) for status, (code, title) in PROTOCOL.items()}
    told = {one.code: one for one in [*protocol, *facts]}
    return sorted(told.values(), key=lambda one: (one.status, one.code))


def _headers(error: DomainError) -> dict[str, str]:
    found = dict(getattr(error, "headers", {}))
    if (wait := getattr(error, "retry_after", None)) is not None:
        found["Retry-After"] = str(wait)
    return found


def _document(status: int, code: str, title: Any, more: Mapping[str, Any]) -> Response:
    document = {
        "type": f"{current_app.config['PUBLIC_URL']}/api/v1/docs#{code}",
        "title": str(title),
        "status": status,
        "code": code,
        **more,
    }
    return Response(json.dumps(ProblemSchema().dump(document)), status, content_type=MEDIA_TYPE)
