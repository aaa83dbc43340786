"""Endpoints that go wrong in every way a request can, for an application of the test's own."""

from collections.abc import Callable

from flask import Flask, Response, abort
from sqlalchemy.exc import OperationalError

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


class AlreadyLent(WrongState):
    """A refusal of some feature: a kind of WrongState."""


class Unheard(DomainError):
    """A refusal that has no status of its own."""


REFUSALS: dict[str, tuple[Callable[[], DomainError], int]] = {
    "not-found": (NotFound, 404),
    "forbidden": (Forbidden, 403),
    "wrong-state": (WrongState, 409),
    "already-lent": (AlreadyLent, 409),
    "unheard": (Unheard, 409),
    "invalid": (lambda: InvalidInput(("day", "missing")), 422),
    "too-many": (lambda: TooMany(retry_after=17), 429),
    "busy": (Busy, 503),
    "may-have-happened": (MayHaveHappened, 503),
}


def plant(app: Flask) -> None:
    """Give the application /planted/refused/NAME, /planted/status/CODE, /planted/mistake, …"""

    @app.get("/planted/refused/<name>")
    def refused(name: str) -> str:
        raise REFUSALS[name][0]()

    @app.get("/planted/status/<int:code>")
    def status(code: int) -> str:
        abort(code)

    @app.get("/planted/mistake")
    def mistake() -> str:
        raise ZeroDivisionError("a secret of the program")

    @app.get("/planted/database-away")
    def database_away() -> str:
        raise OperationalError("SELECT 1", {}, Exception("no connection"))

    @app.get("/planted/public")
    def public() -> Response:
        return Response("for all", mimetype="text/plain", headers={"Cache-Control": "public, max-age=60"})
