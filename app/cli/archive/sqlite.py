"""Copying an SQLite database while it is in use, by SQLite's own online backup."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TypeVar, cast

from sqlalchemy import URL, Engine, create_engine, make_url

from app.cli.archive.package import BadArchive
from app.core.db import BUSY_TIMEOUT_SECONDS, engine_options, prepare_engine
from app.extensions import db

T = TypeVar("T")

_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def copy_out(url: str, target: Path) -> None:
    """A copy as of one instant. All pages in one step: writers go on meanwhile, and none restarts it.

    Raises FileNotFoundError where there is no database.
    """
    if not _file_of(url).exists():
        raise FileNotFoundError(f"There is no database at {_file_of(url)}: `flask db upgrade` makes one.")
    source = _file_of(url).resolve().as_uri() + "?mode=ro"
    with (
        closing(sqlite3.connect(source, uri=True, timeout=BUSY_TIMEOUT_SECONDS)) as old,
        closing(sqlite3.connect(target)) as new,
    ):
        old.backup(new)
        # One plain file: the archive holds no log beside it.
        new.execute("PRAGMA journal_mode = DELETE")


def copy_in(source: Path, url: str, make_safe: Callable[[], T]) -> T:
    """Put the copy in the place of what is there; programs that have it open see the new content.

    No server is stopped by this: so `make_safe` works on the copy, before anybody sees it.
    """
    with closing(sqlite3.connect(source)) as old:
        _must_be_sound(old)
    with _working_on(source):
        made = make_safe()
    with (
        closing(sqlite3.connect(source)) as old,
        closing(sqlite3.connect(_file_of(url), timeout=BUSY_TIMEOUT_SECONDS)) as new,
    ):
        old.backup(new)
    return made


def is_damage(error: BaseException) -> bool:
    """Whether it says that the file itself is broken, rather than locked or out of reach."""
    error = getattr(error, "orig", None) or error
    code = error.sqlite_errorcode if isinstance(error, sqlite3.Error) else 0
    return (code & 0xFF) in _DAMAGE  # the upper bits say which part is broken


def lay_aside(url: str, folder: Path) -> None:
    """Move the database into the folder as it is, with what lies beside it: somebody may yet read it."""
    folder.mkdir()
    database = _file_of(url)
    for file in (database, *(database.with_name(database.name + end) for end in ("-wal", "-shm"))):
        if file.exists():
            file.rename(folder / file.name)


@contextmanager
def _working_on(file: Path) -> Iterator[None]:
    """Inside, the program's database is this file."""
    url = URL.create("sqlite", database=str(file))
    # Flask-SQLAlchemy calls it a Mapping; it is the very dictionary that sessions take their engine from.
    engines = cast(dict[str | None, Engine], db.engines)
    usual, engines[None] = engines[None], create_engine(url, **engine_options(str(url)))
    prepare_engine(db.engine)
    db.session.remove()
    try:
        yield
    finally:
        db.session.remove()
        db.engine.dispose()
        engines[None] = usual


def _must_be_sound(database: sqlite3.Connection) -> None:
    try:
        (verdict,) = database.execute("PRAGMA integrity_check").fetchone()
    except sqlite3.DatabaseError as error:
        raise BadArchive(f"The database in the backup cannot be read: {error}") from error
    if verdict != "ok":
        raise BadArchive(f"The database in the backup is damaged: {verdict}")


def _file_of(url: str) -> Path:
    return Path(str(make_url(url).database))
