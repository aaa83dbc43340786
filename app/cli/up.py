"""`flask up`: bring the database to date and run the whole service — web server and job runner."""

import os
import socket
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_migrate import upgrade
from sqlalchemy import select

from app.accounts.models import User
from app.cli.supervise import Program, supervise
from app.extensions import db
from app.occupancy.services.canary import CanaryDead, prove
from app.web.metrics import SHARED

FLASK = [sys.executable, "-m", "flask", "--app", "wsgi"]
MEMORY = Path("/dev/shm")  # noqa: S108 - only a heartbeat lies there, and gunicorn makes the file safely
ACCOUNTS = """\
People to sign in as (password: demo)
  booker@example.com     books for a company        boss@example.com       administers that company
  manager@example.edu    manages the materials lab  safety@example.edu     second approver
  liaison@example.edu    industry liaison office    admin@example.edu      everything
  rival@example.net      another company            donor@example.org      gives equipment
  student@example.edu    a student"""


@click.command("up")
@click.option("--host", envvar="HOST", default="127.0.0.1", show_default=True)
@click.option("--port", envvar="PORT", default=5000, show_default=True)
@click.option("--workers", default=1, show_default=True, help="Server processes.")
@click.option("--reload", "reloads", is_flag=True, help="Start again when the code changes.")
@click.option("--demo", is_flag=True, help="Load the demo data if there is nobody in the database.")
@click.option("--jobs/--no-jobs", default=True, help="One server of an installation runs the jobs.")
@with_appcontext
def up(host: str, port: int, workers: int, reloads: bool, demo: bool, jobs: bool) -> None:
    """Bring the database to date, then run the web server and the job runner until told to stop."""
    _refuse_a_taken_port(host, port)
    _say_where_we_are(host, port)
    upgrade()
    _prove_or_stop()
    if demo and db.session.scalar(select(User.id).limit(1)) is None:
        subprocess.run([*FLASK, "demo"], check=True)
    # Child processes make their own connections; ours would only hold the database.
    db.session.remove()
    db.engine.dispose()
    click.echo(f"\nKargah: {current_app.config['PUBLIC_URL']}   (Ctrl-C ends it)")
    if demo:
        click.echo(ACCOUNTS + "\n")
    programs = [Program("web", gunicorn(host, port, workers, reloads))]
    if jobs:
        programs.append(Program("jobs", [*FLASK, "jobs", "serve"]))
    with TemporaryDirectory(prefix="kargah-metrics-") as folder:
        os.environ[SHARED] = folder
        supervise(programs)


def _prove_or_stop() -> None:
    """No server on a database that would let something be booked twice."""
    try:
        prove(db.engine)
    except CanaryDead as dead:
        raise click.ClickException(str(dead)) from dead


def gunicorn(host: str, port: int, workers: int, reloads: bool) -> list[str]:
    """The web server's command. It writes no access log: addresses of feeds are secrets."""
    command = [sys.executable, "-m", "gunicorn", "wsgi:app", "--bind", _address(host, port)]
    command += ["--workers", str(workers), "--worker-class", "gthread", "--threads", "8"]
    command += ["--timeout", "60", "--graceful-timeout", "20", "--no-control-socket"]
    command += ["--log-level", "warning"]
    # Which forwarded headers are believed is decided by TRUSTED_PROXIES alone; by itself gunicorn believes
    # whatever comes from this machine.
    command += ["--forwarded-allow-ips", ""]
    if MEMORY.is_dir():
        # A heartbeat file on a slow disk makes the server think that its workers hang.
        command += ["--worker-tmp-dir", str(MEMORY)]
    return [*command, "--reload"] if reloads else command


def _refuse_a_taken_port(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise click.ClickException(
                f"{_address(host, port)} cannot be used ({error.strerror}). Choose another with PORT="
            ) from error


def _say_where_we_are(host: str, port: int) -> None:
    """Away from production, links lead to this server unless PUBLIC_URL says otherwise."""
    if "PUBLIC_URL" not in os.environ and current_app.config["KARGAH_ENV"] != "production":
        reachable = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104 - compared, not bound
        address = f"http://{_address(reachable, port)}"
        os.environ["PUBLIC_URL"] = current_app.config["PUBLIC_URL"] = address


def _address(host: str, port: int) -> str:
    """As it is written in a URL (RFC 3986): the colons of IPv6 in brackets."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
