"""`flask jobs`: what runs, how it went, and a runner that ends when it is told to."""

import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.cli.runner import attempt
from app.core import clock
from app.core.jobs import Job, JobRun, last_runs, run_due, run_now
from app.extensions import db
from tests.booking.making import ask
from tests.cast import NOW, Cast
from tests.databases import both_databases

PATIENCE_SECONDS = 30
HOURLY = timedelta(hours=1)


def flask(app: Flask, *arguments: str) -> tuple[int, str]:
    answer = app.test_cli_runner().invoke(args=arguments)
    return answer.exit_code, answer.output


def test_list_tells_every_job_and_how_it_went(app: Flask) -> None:
    assert flask(app, "jobs", "run", "expire-requests") == (0, "expire-requests: 0 done\n")
    code, text = flask(app, "jobs", "list")
    lines = {line.split()[0]: line for line in text.splitlines()}

    assert code == 0
    assert {"deliver-mail", "expire-requests", "complete-bookings"} <= set(lines)
    assert lines["expire-requests"].endswith("0 done")
    assert "every         0:01:00" in lines["expire-requests"]
    assert lines["deliver-mail"].endswith("never ran")


def test_run_does_the_work_as_often_as_it_is_asked(app: Flask, cast: Cast) -> None:
    with clock.frozen(NOW):
        ask(cast.booker, cast.raman)
    with clock.frozen(NOW + timedelta(days=2)):
        assert flask(app, "jobs", "run", "expire-requests") == (0, "expire-requests: 1 done\n")
        assert flask(app, "jobs", "run", "expire-requests") == (0, "expire-requests: 0 done\n")


def test_an_unknown_job_is_refused_with_those_there_are(app: Flask) -> None:
    code, text = flask(app, "jobs", "run", "make-coffee")
    assert code == 2
    assert "deliver-mail" in text


@both_databases
def test_a_due_time_is_taken_once(app: Flask) -> None:
    times: list[int] = []
    job = Job("count", lambda: times.append(1) or len(times), every=HOURLY)

    assert (run_due(job), run_due(job), run_due(job)) == (1, None, None)
    assert run_now(job) == 2
    assert db.session.scalar(select(func.count()).select_from(JobRun)) == 2


@both_databases
def test_a_failure_is_written_down_and_stops_nobody(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    failing = Job("failing", lambda: int("no number"), every=HOURLY)
    with caplog.at_level(logging.ERROR):
        attempt(app, failing)
    attempt(app, Job("working", lambda: 7, every=HOURLY))

    assert {name: run.outcome for name, run in last_runs().items()} == {
        "failing": "failed: ValueError",
        "working": "7 done",
    }
    assert "the job failing failed" in caplog.text


def test_the_last_run_of_each_is_told(app: Flask) -> None:
    outcomes = iter((1, 2, 3))
    job = Job("count", lambda: next(outcomes), every=HOURLY)
    for _ in range(3):
        run_now(job)
    assert last_runs()["count"].outcome == "3 done"


@contextmanager
def runner(database_url: str) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "jobs", "serve"]
    process = subprocess.Popen(
        command, env=os.environ | {"DATABASE_URL": database_url}, stderr=subprocess.PIPE
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def jobs_that_ran() -> set[str]:
    db.session.rollback()
    return {run.job for run in db.session.scalars(select(JobRun)) if run.outcome is not None}


def test_serve_runs_every_job_at_once_and_ends_when_told(app: Flask, database_url: str) -> None:
    every_job = {line.split()[0] for line in flask(app, "jobs", "list")[1].splitlines()}
    with runner(database_url) as process:
        wait_for(lambda: jobs_that_ran() == every_job)
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=PATIENCE_SECONDS)

    assert process.returncode == 0
    assert errors == b""


@pytest.mark.long
def test_two_runners_do_each_due_time_once(app: Flask, database_url: str) -> None:
    with ExitStack() as stack:
        first, second = (stack.enter_context(runner(database_url)) for _ in range(2))
        wait_for(lambda: len(jobs_that_ran()) >= 5)
        first.send_signal(signal.SIGKILL)
        ran = db.session.scalar(select(func.count()).select_from(JobRun))
        wait_for(
            lambda: (
                (db.session.rollback(), db.session.scalar(select(func.count()).select_from(JobRun)))[1] > ran
            )
        )
        assert second.poll() is None
