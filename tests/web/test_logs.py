"""No token in any log."""

import io
import logging
from urllib.parse import quote

import pytest
from flask import Flask
from sqlalchemy import insert, text
from sqlalchemy.exc import DBAPIError

from app.accounts.models import User
from app.core.tokens import new_token, token_hash
from app.extensions import db
from app.web.logs import hide_tokens, scrub
from tests.cast import NOW
from tests.databases import both_databases, on_postgresql


@pytest.mark.parametrize(
    "logger", ["werkzeug", "gunicorn.access", "gunicorn.error", "app", "app.notifications.jobs"]
)
def test_what_servers_log_has_no_token(logger: str, caplog: pytest.LogCaptureFixture) -> None:
    hide_tokens()
    token = new_token()

    with caplog.at_level(logging.INFO, logger):
        log = logging.getLogger(logger)
        log.info('%s "%s" %s', "127.0.0.1", f"GET /calendars/{token}.ics HTTP/1.1", 200)
        log.info('"%(r)s" %(s)s', {"r": f"GET //calendars%2F{token}.ics?x=1 HTTP/1.1", "s": "304"})
        log.info("https://lab.example/calendars/%s.ics", token)

    assert token not in caplog.text
    assert "GET /calendars/***.ics HTTP/1.1" in caplog.text
    assert "304" in caplog.text


def fail(address: str) -> None:
    raise ConnectionError(f"no answer to {address}")


@pytest.mark.parametrize("logger", ["app", "app.notifications.jobs", "app.cli.runner", "apscheduler"])
def test_what_went_wrong_is_logged_without_the_token_it_went_wrong_with(
    logger: str, caplog: pytest.LogCaptureFixture
) -> None:
    hide_tokens()
    token = new_token()

    try:
        fail(f"https://lab.example/reset/{token}")
    except ConnectionError:
        logging.getLogger(logger).exception("mail with %s not sent", token)

    assert token not in caplog.text
    assert "mail with *** not sent" in caplog.text
    assert "ConnectionError: no answer to https://lab.example/reset/***" in caplog.text


@both_databases
def test_what_a_database_refuses_is_not_logged(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    letter = {"mail": "Dear Sara, your password"}
    try:
        db.session.execute(text("INSERT INTO nowhere VALUES (:mail)"), letter)
    except DBAPIError:
        logging.getLogger("app.notifications.jobs").exception("not written")
    db.session.rollback()

    assert "INSERT INTO nowhere" in caplog.text
    assert "Dear Sara" not in caplog.text


@on_postgresql
def test_the_row_that_postgresql_refuses_is_not_quoted(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    row = {"email": "new@example.com", "password_hash": "$argon2id$ (and more).\nof it", "name": None}
    rest = {"language": "en", "calendar": "", "created_at": NOW}
    try:
        db.session.execute(insert(User), row | rest)
    except DBAPIError:
        logging.getLogger("app.cli.runner").exception("not written")
    db.session.rollback()

    assert "Failing row contains (***)." in caplog.text
    assert "argon2id" not in caplog.text
    assert "new@example.com" not in caplog.text
    assert "INSERT INTO" in caplog.text


def test_a_record_that_is_put_together_wrongly_reaches_the_handler_that_says_so() -> None:
    hide_tokens()
    told: list[logging.LogRecord] = []
    handler = logging.StreamHandler(io.StringIO())
    handler.handleError = told.append  # type: ignore[method-assign]
    record = logging.getLogRecordFactory()("app", logging.ERROR, "", 1, "%s %s", ("one",), None)

    handler.handle(record)

    assert told == [record]


def test_other_messages_stay_as_they_are() -> None:
    for message in (
        "GET /bookings/KG-7F3KQ2 200",
        "x" * 44,
        token_hash("t"),
        quote("آزمایشگاه" * 3),
        "50% of %s",
    ):
        assert scrub(message) == message
