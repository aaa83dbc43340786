"""`flask backup FILE` and `flask restore FILE`."""

import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_migrate import upgrade
from sqlalchemy import func, inspect, select
from sqlalchemy.exc import SQLAlchemyError

from app.accounts.models import User
from app.booking.models import Booking
from app.cli.archive import postgresql, sqlite
from app.cli.archive.aftermath import Aftermath, settle
from app.cli.archive.package import DATABASE, UPLOADS, BadArchive, Manifest, pack, sha256_of, unpack
from app.cli.archive.postgresql import ToolMissing
from app.cli.doctor import findings
from app.core import schema
from app.core.clock import real_now
from app.core.instance import instance_id
from app.extensions import db

Target = click.Path(dir_okay=False, writable=True, path_type=Path)
Source = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("backup")
@click.argument("file", type=Target)
@with_appcontext
def backup(file: Path) -> None:
    """Write database and uploads to FILE, while everybody goes on working."""
    began, made_at = time.monotonic(), real_now().isoformat(timespec="seconds")
    with _explained():
        make_backup(file, made_at)
    megabytes, seconds = file.stat().st_size / 1e6, time.monotonic() - began
    click.echo(f"{file}: {megabytes:.1f} MB in {seconds:.1f} s, the database as of {made_at}.")


def make_backup(file: Path, made_at: str) -> None:
    """Raises ToolMissing, and FileNotFoundError where there is no database."""
    with TemporaryDirectory(dir=file.absolute().parent, prefix=".backup-") as folder:
        database = Path(folder) / DATABASE
        # The database first: a file is laid down before the row that names it.
        _store().copy_out(_url(), database)
        with db.engine.connect() as connection:
            revisions = schema.revisions_of(connection)
        manifest = Manifest(
            made_at=made_at,
            dialect=db.engine.dialect.name,
            revisions=sorted(revisions),
            instance=str(instance_id()),
            sha256=sha256_of(database),
        )
        pack(file, manifest, database, Path(current_app.config["UPLOADS"]))


@click.command("restore")
@click.argument("file", type=Source)
@click.option("--yes", is_flag=True, help="Replace what is there; a backup of it is kept.")
@click.option("--close-doors", is_flag=True, help="End every API token and calendar address as well.")
@with_appcontext
def restore(file: Path, yes: bool, close_doors: bool) -> None:
    """Put the backup FILE in the place of this database and these uploads. Stop the server before."""
    began = time.monotonic()
    uploads = Path(current_app.config["UPLOADS"])
    uploads.parent.mkdir(parents=True, exist_ok=True)
    # Beside the uploads, so that theirs are moved and not copied.
    with _explained(), TemporaryDirectory(dir=uploads.parent, prefix=".restore-") as folder:
        manifest = unpack(file, Path(folder))
        _must_fit(manifest)
        _keep_what_is_here(uploads.parent, yes=yes)
        db.session.remove()
        db.engine.dispose()
        aftermath = _store().copy_in(
            Path(folder) / DATABASE, _url(), lambda: _made_safe(manifest, close_doors=close_doors)
        )
        _swap(uploads, Path(folder))
    click.echo(f"Restored the database as of {manifest.made_at} in {time.monotonic() - began:.1f} s.")
    _warn(aftermath)
    _examine()


def _made_safe(manifest: Manifest, *, close_doors: bool) -> Aftermath:
    upgrade()
    return settle(manifest.made_at, close_doors=close_doors)


def _must_fit(manifest: Manifest) -> None:
    dialect = db.engine.dialect.name
    if manifest.dialect != dialect:
        raise BadArchive(f"The backup is of {manifest.dialect}; DATABASE_URL names {dialect}.")
    if newer := set(manifest.revisions) - schema.known():
        raise BadArchive(
            f"The backup is of a newer Kargah ({', '.join(sorted(newer))}); install that one first."
        )


def _keep_what_is_here(folder: Path, *, yes: bool) -> None:
    """Nothing to do where nobody is. Otherwise only with --yes, and a backup of it is laid aside first.

    What is so broken that no backup can be made of it is laid aside as it is.
    """
    kept = folder / f"before-restore-{real_now():%Y%m%d-%H%M%S}.kargah"
    try:
        people, bookings = _inhabitants()
        if not people:
            return
        _must_be_wanted(f"This database holds {people} people and {bookings} bookings.", yes=yes)
        make_backup(kept, real_now().isoformat(timespec="seconds"))
    except (SQLAlchemyError, sqlite3.Error) as error:
        if not sqlite.is_damage(error):
            raise
        _must_be_wanted("This database is damaged and cannot be read.", yes=yes)
        db.session.remove()
        db.engine.dispose()
        kept = kept.with_suffix("")
        sqlite.lay_aside(_url(), kept)
    click.echo(f"What was here is kept in {kept}.")


def _must_be_wanted(what_is_here: str, *, yes: bool) -> None:
    if not yes:
        raise click.ClickException(f"{what_is_here} Stop the server, then say --yes to replace it.")


def _inhabitants() -> tuple[int, int]:
    if not inspect(db.engine).has_table(User.__tablename__):
        return 0, 0
    counts = (db.session.scalar(select(func.count()).select_from(table)) or 0 for table in (User, Booking))
    people, bookings = counts
    return people, bookings


def _swap(uploads: Path, folder: Path) -> None:
    """The uploads of the backup are there, the former ones go with the folder."""
    if uploads.exists():
        uploads.rename(folder / "former")
    if (folder / UPLOADS).exists():
        (folder / UPLOADS).rename(uploads)


def _warn(aftermath: Aftermath) -> None:
    click.echo("Everybody has to sign in again; links in mails sent before are spent.")
    click.echo(f"{aftermath.mails_held} waiting mails are held back: /admin/mail lists them.")
    if aftermath.api_tokens or aftermath.feeds:
        click.echo(
            f"WARNING: {aftermath.api_tokens} API tokens and {aftermath.feeds} calendar addresses work as"
            " they did then, also those ended since. --close-doors ends them all."
        )


def _examine() -> None:
    broken = list(findings())
    for name, sentence in broken:
        click.echo(f"BROKEN {name}: {sentence}")
    if broken:
        sys.exit(1)
    click.echo("Every invariant holds.")


def _store() -> ModuleType:
    return sqlite if db.engine.dialect.name == "sqlite" else postgresql


def _url() -> str:
    return str(current_app.config["SQLALCHEMY_DATABASE_URI"])


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except (BadArchive, ToolMissing, OSError) as error:
        raise click.ClickException(str(error)) from error
    except (SQLAlchemyError, sqlite3.Error) as error:
        said = getattr(error, "orig", None) or error
        raise click.ClickException(f"The database does not do it: {said}") from error
