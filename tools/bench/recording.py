"""What a request asks the database, written down, and asked again without everything around it."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import Engine, event


class Step(NamedTuple):
    """One thing asked of the database; `statement` None ends the transaction without a commit."""

    statement: str | None
    parameters: Any = None
    many: bool = False


@dataclass
class Recording:
    """What one request asked, in order."""

    steps: list[Step] = field(default_factory=list)

    @property
    def selects(self) -> list[Step]:
        asks = ("SELECT", "WITH")
        return [step for step in self.steps if step.statement and step.statement.startswith(asks)]


class NotCommitted(Exception):
    """Raised instead of a commit, so that what was recorded can be done for real afterwards."""


@contextmanager
def recorded(engine: Engine, *, commits: bool = True) -> Iterator[Recording]:
    """Write down what is executed inside; with commits=False everything is rolled back and raises."""
    recording = Recording()

    def write_down(_conn: Any, _cursor: Any, statement: str, parameters: Any, _ctx: Any, many: bool) -> None:
        # Rows whose ids are asked for are sent one batch at a time: many for SQLAlchemy, one for the driver.
        recording.steps.append(Step(statement, parameters, many and isinstance(parameters, list)))

    def note_rollback(_connection: Any) -> None:
        recording.steps.append(Step(None))

    def refuse(_connection: Any) -> None:
        raise NotCommitted

    listeners = [("before_cursor_execute", write_down), ("rollback", note_rollback)]
    if not commits:
        listeners.append(("commit", refuse))
    for name, listener in listeners:
        event.listen(engine, name, listener)
    try:
        yield recording
    except NotCommitted:
        pass
    finally:
        for name, listener in listeners:
            event.remove(engine, name, listener)


def replay(engine: Engine, recording: Recording) -> float:
    """Seconds for the same statements through the bare driver, results fetched, committed at the end."""
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        begun = time.perf_counter()
        for statement, parameters, many in recording.steps:
            if statement is None:
                connection.rollback()
                continue
            (cursor.executemany if many else cursor.execute)(statement, parameters)
            if cursor.description is not None:
                cursor.fetchall()
        connection.commit()
        return time.perf_counter() - begun
    finally:
        connection.close()


def timed(act: Callable[[], object]) -> float:
    """Seconds that the act takes."""
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun
