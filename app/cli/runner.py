"""`flask jobs`: list the regular work, do one piece of it now, or do all of it at its times."""

import logging
import signal
import threading
from collections.abc import Sequence
from datetime import UTC

import click
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from flask import Flask, current_app
from flask.cli import AppGroup

from app.core.clock import real_now
from app.core.jobs import Job, JobRun, last_runs, run_due, run_now

log = logging.getLogger(__name__)

# A late run is not dropped (the library's own habit after one second), missed ones are made up by one,
# and a job never runs beside itself.
HABITS = {"coalesce": True, "misfire_grace_time": None, "max_instances": 1}


def commands(jobs: Sequence[Job]) -> AppGroup:
    """The commands for these jobs."""
    group = AppGroup("jobs", help="Regular work: deliver mail, end requests, forget what is old.")
    by_name = {job.name: job for job in jobs}

    @group.command("list")
    def list_jobs() -> None:
        """Every job, how often it runs, and how it went last."""
        runs = last_runs()
        for job in jobs:
            click.echo(f"{job.name:24} every {job.every!s:>15}  {_told(runs.get(job.name))}")

    @group.command("run")
    @click.argument("name", type=click.Choice(sorted(by_name)))
    def run(name: str) -> None:
        """Do one job now."""
        click.echo(f"{name}: {run_now(by_name[name])} done")

    @group.command("serve")
    def serve() -> None:
        """Do every job at its times, until told to stop."""
        serve_jobs(current_app._get_current_object(), jobs)  # type: ignore[attr-defined]

    return group


def _told(run: JobRun | None) -> str:
    return f"{run.started_at:%Y-%m-%d %H:%M:%S}Z {run.outcome or 'not finished'}" if run else "never ran"


def serve_jobs(app: Flask, jobs: Sequence[Job]) -> None:
    """Run the jobs until SIGTERM or SIGINT; what is under way then is finished first."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    scheduler = BackgroundScheduler(
        timezone=UTC, executors={"default": ThreadPoolExecutor(len(jobs))}, job_defaults=HABITS
    )
    for job in jobs:
        # At once as well: what fell due while nobody ran is found in the tables.
        scheduler.add_job(
            attempt,
            "interval",
            args=(app, job),
            id=job.name,
            seconds=job.every.total_seconds(),
            next_run_time=real_now(),
        )
    scheduler.start()
    stop.wait()
    scheduler.shutdown(wait=True)


def attempt(app: Flask, job: Job) -> None:
    """Run the job if it is due. A failure is written down, and the others run on."""
    with app.app_context():
        try:
            run_due(job)
        except Exception:
            log.exception("the job %s failed", job.name)
