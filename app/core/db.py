"""The database: column types, how transactions begin, and the one place where they end.

SQLite's driver would open no transaction for a SELECT (real double bookings), and a transaction
that begins by reading and then writes fails at once with "database is locked" whatever the
timeout. So we begin ourselves: plainly for reading, IMMEDIATE for a unit of work.
"""

import random
import time
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import StrEnum
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from sqlalchemy import Connection, DateTime, Dialect, Engine, Enum, event
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.types import TypeDecorator

from app.core.errors import Busy, DomainError, MayHaveHappened
from app.extensions import db

P = ParamSpec("P")
T = TypeVar("T")

DatabaseAway = OperationalError
"""What reading raises while the database cannot be reached. Writing raises Busy."""

TRIES = 5
BUSY_TIMEOUT_SECONDS = 30
# serialization_failure, deadlock_detected, lock_not_available
RETRIED_ON_POSTGRESQL = {"40001", "40P01", "55P03"}
POSTGRESQL_OPTIONS = "-c lock_timeout=5s -c idle_in_transaction_session_timeout=30s -c timezone=UTC"

_working: ContextVar[bool] = ContextVar("working", default=False)
_after_refusal: ContextVar[tuple[Callable[[], object], ...]] = ContextVar("after_refusal", default=())


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware in Python, UTC in the database. A naive value is a bug and raises."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a zone")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def text_enum(enum: type[StrEnum], *, name: str) -> Enum:
    """A column of this enum's values, stored as text, with a CHECK called ck_<table>_<name>."""
    return Enum(
        enum,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=32,
        values_callable=lambda members: [member.value for member in members],
    )


def unit_of_work(function: Callable[P, T]) -> Callable[P, T]:
    """Run the service as one transaction: all of it happens, or none.

    A call inside another unit joins it. The outermost one ends the request's read transaction,
    begins anew (locking on SQLite), commits, and runs the whole function again when the database
    reports a lost race. Raises Busy when that does not help, and MayHaveHappened when nobody can know
    whether it committed. Hashing, parsing, files and mail do not belong inside.
    """

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        if _working.get():
            return function(*args, **kwargs)
        return _run_outermost(lambda: function(*args, **kwargs))

    return run


def after_refusal(callback: Callable[[], object]) -> None:
    """Call back once this unit of work has been rolled back by a DomainError, outside of it.

    What is worth remembering of a refusal cannot be written in the transaction that it ends.
    """
    _after_refusal.set((*_after_refusal.get(), callback))


def in_unit_of_work() -> bool:
    """Whether a unit of work is open here; writers that must not stand alone assert it."""
    return _working.get()


def _run_outermost(work: Callable[[], T]) -> T:
    for attempt in range(TRIES):
        if attempt:
            # Jitter: rivals that retry at once meet again at once.
            time.sleep(random.uniform(0.01, 0.3))  # noqa: S311 - no secret depends on it
        try:
            return _run_once(work)
        except DBAPIError as error:
            if not is_lost_race(error):
                raise
        except MayHaveHappened:
            raise  # not a refusal: there is nothing to remember of one
        except DomainError:
            for callback in _after_refusal.get():
                callback()
            raise
    raise Busy


def _run_once(work: Callable[[], T]) -> T:
    db.session.rollback()
    _after_refusal.set(())
    token = _working.set(True)
    try:
        answer = work()
        db.session.flush()  # a connection that breaks here has committed nothing, so it is a lost race
        _commit()
        return answer
    except BaseException:
        db.session.rollback()
        raise
    finally:
        _working.reset(token)


def _commit() -> None:
    """Commit. Raises MayHaveHappened when the connection breaks before the database has answered.

    The work must not simply run again then: if it was kept, it would be done twice, or meet itself.
    """
    try:
        db.session.commit()
    except DBAPIError as error:
        if error.connection_invalidated:
            raise MayHaveHappened from error
        raise


def is_lost_race(error: DBAPIError) -> bool:
    """Whether the same work may succeed when it is simply done again."""
    if getattr(error.orig, "sqlstate", None) in RETRIED_ON_POSTGRESQL:
        return True
    return "database is locked" in str(error.orig) or error.connection_invalidated


def prepare_engine(engine: Engine) -> None:
    """Give a new engine its connection settings and its way to begin a transaction."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)


def engine_options(url: str) -> dict[str, Any]:
    """What create_engine needs for this database."""
    # An error's text is logged, and parameters are people's: hashes, and whole mails with links that work.
    options: dict[str, Any] = {"hide_parameters": True}
    if url.startswith("postgresql"):
        connect = {"options": POSTGRESQL_OPTIONS, "connect_timeout": 5}
        return options | {"pool_pre_ping": True, "connect_args": connect}
    return options | {"connect_args": {"timeout": BUSY_TIMEOUT_SECONDS}}


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver begins nothing by itself
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",  # NORMAL may lose acknowledged bookings when the power fails
        "foreign_keys = ON",
        f"busy_timeout = {BUSY_TIMEOUT_SECONDS * 1000}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if _working.get() else "BEGIN")
