"""Copying a PostgreSQL database with the programs that come with it."""

import os
import shutil
import subprocess
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO, TypeVar

from sqlalchemy import make_url

from app.cli.archive.package import BadArchive

T = TypeVar("T")

# In one transaction with the load: either the backup is there, or what was there before. A server that
# is still at work holds locks, and then it is better to say so than to wait.
_EMPTY = b"SET lock_timeout = '10s'; DROP SCHEMA public CASCADE; CREATE SCHEMA public;\n"


class ToolMissing(Exception):
    """A program of PostgreSQL is not on this machine, or could not do it; the message says what to do."""


def copy_out(url: str, target: Path) -> None:
    """A dump as of one instant; others go on working."""
    with target.open("wb") as file:
        _run("pg_dump", url, ["--format=plain", "--no-owner", "--no-privileges"], output=file)


def copy_in(source: Path, url: str, make_safe: Callable[[], T]) -> T:
    """Put the dump in the place of what is there, then `make_safe`. A server at work is in the way."""
    options = ["--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", "--file=-"]
    with source.open("rb") as dump:
        try:
            _run("psql", url, options, given=dump)
        except ToolMissing as error:
            raise BadArchive(str(error)) from error
    return make_safe()


def _run(
    tool: str,
    url: str,
    options: list[str],
    *,
    given: IO[bytes] | None = None,
    output: IO[bytes] | None = None,
) -> None:
    command = [_path_of(tool), *options, f"--dbname={_address_of(url)}"]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE if given else subprocess.DEVNULL,
        stdout=output or subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=os.environ | {"PGPASSWORD": make_url(url).password or ""},
    ) as process:
        said = _feed(process, given)
    if process.returncode:
        raise ToolMissing(f"{tool} could not do it: {said.decode(errors='replace').strip()}")


def _feed(process: "subprocess.Popen[bytes]", given: IO[bytes] | None) -> bytes:
    """Give it the dump to read, if there is one; what it has to say."""
    pipe, process.stdin = process.stdin, None
    if given is not None and pipe is not None:
        with suppress(BrokenPipeError), pipe:  # one that has given up says why
            pipe.write(_EMPTY)
            shutil.copyfileobj(given, pipe)
    return process.communicate()[1]


def _path_of(tool: str) -> str:
    found = shutil.which(tool)
    if found is None:
        raise ToolMissing(
            f"{tool} is not on this machine. Install PostgreSQL's client programs "
            "(postgresql-client, not older than the server), or use your database's own backup."
        )
    return found


def _address_of(url: str) -> str:
    """The address without its password: every user of the machine can read a command."""
    return make_url(url).set(drivername="postgresql", password=None).render_as_string(hide_password=False)
