"""Copying an SQLite database while it is in use, by SQLite's own online backup."""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import make_url

from app.cli.archive.package import BadArchive
from app.core.db import BUSY_TIMEOUT_SECONDS


def copy_out(url: str, target: Path) -> None:
    """A copy as of one instant. All pages in one step: writers go on meanwhile, and none restarts it."""
    source = _file_of(url).resolve().as_uri() + "?mode=ro"
    with (
        closing(sqlite3.connect(source, uri=True, timeout=BUSY_TIMEOUT_SECONDS)) as old,
        closing(sqlite3.connect(target)) as new,
    ):
        old.backup(new)
        # One plain file: the archive holds no log beside it.
        new.execute("PRAGMA journal_mode = DELETE")


def copy_in(source: Path, url: str) -> None:
    """Put the copy in the place of what is there. Programs that have it open see the new content."""
    with (
        closing(sqlite3.connect(source)) as old,
        closing(sqlite3.connect(_file_of(url), timeout=BUSY_TIMEOUT_SECONDS)) as new,
    ):
        _must_be_sound(old)
        old.backup(new)


def _must_be_sound(database: sqlite3.Connection) -> None:
    try:
        (verdict,) = database.execute("PRAGMA integrity_check").fetchone()
    except sqlite3.DatabaseError as error:
        raise BadArchive(f"The database in the backup cannot be read: {error}") from error
    if verdict != "ok":
        raise BadArchive(f"The database in the backup is damaged: {verdict}")


def _file_of(url: str) -> Path:
    return Path(str(make_url(url).database))
