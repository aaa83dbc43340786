"""How the installation is doing, asked of the thing itself each time."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from flask import current_app
from sqlalchemy import Connection, func, make_url, select, text
from sqlalchemy.exc import SQLAlchemyError

from app.core import schema
from app.core.clock import real_now
from app.core.jobs import JobRun
from app.extensions import db
from app.occupancy import invariants
from app.occupancy.services.canary import JOB as CANARY

RUNNER_IS_SEEN_WITHIN = timedelta(minutes=2)
"""Mail is looked for every ten seconds, so a living runner leaves a row far more often."""


@dataclass(frozen=True)
class Finding:
    """One thing that must be so before anybody is sent here."""

    name: str
    fault: str = ""
    """What is wrong, for the one who runs the server; '' when nothing is."""

    @property
    def is_well(self) -> bool:
        return not self.fault


def readiness() -> list[Finding]:
    """Whether this server should be given requests. A database that does not answer hides the rest."""
    try:
        with db.engine.connect() as connection:
            connection.execute(text("SELECT 1"))
            return [Finding("database"), *(Finding(name, ask(connection)) for name, ask in _CHECKS.items())]
    except SQLAlchemyError as error:
        return [Finding("database", f"does not answer as it should ({type(error).__name__})")]


def _migrations(connection: Connection) -> str:
    there, needed = schema.revisions_of(connection), schema.heads()
    return "" if there == needed else f"at {_named(there)}, this program needs {_named(needed)}"


def _named(revisions: set[str]) -> str:
    return ", ".join(sorted(revisions)) or "nothing"


def _triggers(connection: Connection) -> str:
    missing = invariants.missing_triggers(connection)
    return f"missing: {', '.join(missing)}" if missing else ""


def running() -> list[Finding]:
    """What may stop while the server goes on: the jobs and their proof. One question."""
    outcome, latest = db.session.execute(
        select(_LAST_PROOF.scalar_subquery(), _LATEST.scalar_subquery())
    ).one()
    return [Finding("canary", _proved(outcome)), Finding("jobs", _seen(latest))]


_LAST_PROOF = (
    select(JobRun.outcome)
    .where(JobRun.job == CANARY, JobRun.finished_at.is_not(None))
    .order_by(JobRun.due.desc())
    .limit(1)
)
_LATEST = select(func.max(JobRun.due))


def _canary(connection: Connection) -> str:
    return _proved(connection.scalar(_LAST_PROOF))


def _proved(outcome: str | None) -> str:
    if outcome is None:
        return "has not been proved yet"
    return outcome if outcome.startswith("failed") else ""


def _jobs(connection: Connection) -> str:
    return _seen(connection.scalar(_LATEST))


def _seen(latest: datetime | None) -> str:
    if latest is None:
        return "no job has run yet"
    silent = real_now() - latest
    return f"nothing has run for {silent.total_seconds():.0f} s" if silent > RUNNER_IS_SEEN_WITHIN else ""


_CHECKS: dict[str, Callable[[Connection], str]] = {
    "migrations": _migrations,
    "triggers": _triggers,
    "canary": _canary,
    "jobs": _jobs,
}


@dataclass(frozen=True)
class Storage:
    """A place where data lies, in bytes."""

    name: str
    used: int
    free: int | None
    """None where the machine is not ours to ask."""


def storage() -> Iterator[Storage]:
    """The database and the uploads."""
    url = make_url(current_app.config["SQLALCHEMY_DATABASE_URI"])
    if url.get_backend_name() == "sqlite":
        file = Path(str(url.database))
        yield Storage("database", file.stat().st_size, shutil.disk_usage(file.parent).free)
    else:
        size = db.session.scalar(select(func.pg_database_size(func.current_database())))
        yield Storage("database", int(size or 0), None)
    uploads = Path(current_app.config["UPLOADS"])
    if uploads.is_dir():
        used = sum(file.stat().st_size for file in uploads.rglob("*") if file.is_file())
        yield Storage("uploads", used, shutil.disk_usage(uploads).free)
