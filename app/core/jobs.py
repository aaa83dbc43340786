"""Jobs: plain functions that derive their due work from the data, and the row that lets each run once.

The row run(job, due) decides, not the timer: of three runners that wake at the same time one inserts
it first. A run that was missed is made up by the next, because the work is found in the tables.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import String, and_, delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from app.core.clock import real_now
from app.core.db import UtcDateTime, unit_of_work
from app.extensions import Model, db

KEPT_RUNS = timedelta(days=7)


class JobRun(Model):
    """That a job was taken up for a due time; finished_at stays empty when its runner died."""

    __tablename__ = "run"

    job: Mapped[str] = mapped_column(String(64), primary_key=True)
    due: Mapped[datetime] = mapped_column(UtcDateTime, primary_key=True)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    outcome: Mapped[str | None] = mapped_column(String(400))

    @property
    def done(self) -> int | None:
        """How many things it did; None while it runs, and when it failed."""
        count, _, word = (self.outcome or "").partition(" ")
        return int(count) if word == "done" else None


@dataclass(frozen=True)
class Job:
    """A named piece of regular work: `work()` returns how many things it did."""

    name: str
    work: Callable[[], int]
    every: timedelta

    def due(self, at: datetime) -> datetime:
        """The due time that `at` falls to: multiples of `every` since 1970."""
        seconds = int(self.every.total_seconds())
        return datetime.fromtimestamp(int(at.timestamp()) // seconds * seconds, UTC)


def run_due(job: Job) -> int | None:
    """Run the job for the present due time, unless somebody has taken it; None then."""
    return _run(job, job.due(real_now()))


def run_now(job: Job) -> int:
    """Run the job at once, whatever is due: somebody asked for it."""
    return _run(job, real_now()) or 0


def last_runs() -> dict[str, JobRun]:
    """The latest run of each job that has ever run, by its name."""
    latest = select(JobRun.job, func.max(JobRun.due).label("due")).group_by(JobRun.job).subquery()
    runs = select(JobRun).join(latest, and_(JobRun.job == latest.c.job, JobRun.due == latest.c.due))
    return {run.job: run for run in db.session.scalars(runs)}


def _run(job: Job, due: datetime) -> int | None:
    try:
        _take(job.name, due)
    except IntegrityError:
        return None
    try:
        done = job.work()
    except Exception as error:
        _finish(job.name, due, f"failed: {type(error).__name__}")
        raise
    _finish(job.name, due, f"{done} done")
    return done


@unit_of_work
def _take(name: str, due: datetime) -> None:
    db.session.execute(delete(JobRun).where(JobRun.job == name, JobRun.due < due - KEPT_RUNS))
    db.session.add(JobRun(job=name, due=due, started_at=real_now()))
    db.session.flush()


@unit_of_work
def _finish(name: str, due: datetime, outcome: str) -> None:
    run = db.session.get_one(JobRun, (name, due))
    run.finished_at, run.outcome = real_now(), outcome[:400]
