"""Opening a page as somebody, and what it took."""

import gc
import gzip
import statistics
import time
from contextvars import Context
from dataclasses import dataclass

from flask import Flask
from flask.testing import FlaskClient

from app.accounts import browser
from app.accounts.models import User
from app.accounts.services.sessions import open_session
from app.extensions import db
from tools.bench.recording import recorded

WARM_UP = 3


@dataclass(frozen=True)
class Cost:
    """Of one page for one person. Times in milliseconds."""

    status: int
    median: float
    p95: float
    queries: int
    octets: int
    """Of the compressed page."""


def visitor(app: Flask, email: str | None) -> FlaskClient:
    """A browser in which this person has signed in; None: nobody."""
    client = app.test_client()
    if email is not None:
        token = Context().run(_session_of, app, email)
        with client.session_transaction() as session:
            session[browser.TOKEN] = token
    return client


def cost(app: Flask, client: FlaskClient, path: str, rounds: int) -> Cost:
    """Open the page so many times, warm."""
    for _ in range(WARM_UP):
        answer = client.get(path)
    with app.app_context(), recorded(db.engine) as recording:
        client.get(path)
    # As wsgi.py does: what is loaded by now is not looked through for garbage.
    gc.collect()
    gc.freeze()
    took = []
    for _ in range(rounds):
        begin = time.perf_counter()
        answer = client.get(path)
        took.append((time.perf_counter() - begin) * 1000)
    return Cost(
        answer.status_code,
        statistics.median(took),
        sorted(took)[-max(1, round(rounds * 0.05))],
        len(recording.selects),
        len(gzip.compress(answer.data)),
    )


def _session_of(app: Flask, email: str) -> str:
    with app.app_context():
        user = db.session.scalars(db.select(User).where(User.email == email)).one()
        return open_session(user=user, address="127.0.0.1", browser="")
