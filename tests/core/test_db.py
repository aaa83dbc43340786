"""What a unit of work does when the database fails it, and when."""

from collections.abc import Callable

import psycopg
import pytest
from flask import Flask
from sqlalchemy import PoolProxiedConnection, text

from app.accounts.models import Throttle
from app.core.db import after_refusal, unit_of_work
from app.core.errors import MayHaveHappened
from app.extensions import db
from tests.cast import NOW
from tests.databases import on_postgresql

Commit = Callable[[psycopg.Connection], None]


class Work:
    """A unit of work that writes a row, and counts how often it ran."""

    def __init__(self) -> None:
        self.runs = 0
        self.remembered = 0

    @unit_of_work
    def do(self, and_then: Callable[["Work"], object] = lambda _work: None) -> None:
        self.runs += 1
        after_refusal(self.remember)
        db.session.execute(text("INSERT INTO done (n) VALUES (:n)"), {"n": self.runs})
        and_then(self)

    def remember(self) -> None:
        self.remembered += 1


@pytest.fixture
def work(app: Flask) -> Work:
    with db.engine.begin() as connection:
        connection.execute(text("CREATE TABLE done (n integer)"))
    return Work()


@pytest.fixture
def at_commit(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """at_commit(f, g): the first commit is f, the second g, those after them are as usual."""

    def at_commit(*planted: Commit) -> None:
        coming = iter(planted)

        def commit(pooled: PoolProxiedConnection) -> None:
            next(coming, psycopg.Connection.commit)(pooled.dbapi_connection)

        monkeypatch.setattr(db.engine.dialect, "do_commit", commit)

    return at_commit


def done() -> list[int]:
    with db.engine.begin() as connection:
        return list(connection.scalars(text("SELECT n FROM done")))


def kill(connection: psycopg.Connection) -> None:
    """End the server's side of this connection, as a restart does."""
    with db.engine.connect() as other:
        other.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": connection.info.backend_pid})


def committed_and_lost(connection: psycopg.Connection) -> None:
    """The commit took, and the answer never came."""
    connection.commit()
    connection.close()
    raise psycopg.OperationalError("server closed the connection unexpectedly")


def lost(connection: psycopg.Connection) -> None:
    kill(connection)
    connection.commit()


def refused(_connection: psycopg.Connection) -> None:
    raise psycopg.errors.SerializationFailure("could not serialize access")


@on_postgresql
@pytest.mark.parametrize(("commit", "kept"), [(committed_and_lost, [1]), (lost, [])])
def test_what_may_have_been_committed_is_not_done_again(
    work: Work, at_commit: Callable[..., None], commit: Commit, kept: list[int]
) -> None:
    at_commit(commit)
    with pytest.raises(MayHaveHappened):
        work.do()
    assert (work.runs, work.remembered, done()) == (1, 0, kept)
    work.do()
    assert done() == [*kept, 2]


@on_postgresql
def test_a_commit_that_the_database_refuses_is_a_lost_race(
    work: Work, at_commit: Callable[..., None]
) -> None:
    at_commit(refused, refused)
    work.do()
    assert (work.runs, done()) == (3, [3])


def ask_something() -> None:
    db.session.execute(text("SELECT 1"))


def leave_a_row_to_the_flush() -> None:
    db.session.add(Throttle(key="planted", count=1, window_ends_at=NOW))


@on_postgresql
@pytest.mark.parametrize("go_on", [ask_something, leave_a_row_to_the_flush])
def test_a_connection_that_is_lost_before_the_commit_is_a_lost_race(
    work: Work, go_on: Callable[[], None]
) -> None:
    def lose_the_first(work: Work) -> None:
        if work.runs == 1:
            kill(db.session.connection().connection.dbapi_connection)
        go_on()

    work.do(lose_the_first)
    assert (work.runs, done()) == (2, [2])
