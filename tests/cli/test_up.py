"""flask up is the whole service: it makes the database, answers, comes back, and leaves nothing behind."""

import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from flask import Flask

from app.cli import up
from tests.databases import SqliteFiles
from tests.serving import PATIENCE_SECONDS, Server, answers, serving


def test_it_serves_an_empty_database_and_comes_back_when_killed(
    sqlite_files: SqliteFiles, tmp_path: Path
) -> None:
    url = sqlite_files.empty()
    with serving(url, tmp_path, workers=1, jobs=True) as server:
        supervisor = psutil.Process(server.process.pid)
        until(lambda: len(supervisor.children()) == 2)
        a_taken_port_is_refused_with_advice(server)
        web, jobs = sorted(supervisor.children(), key=lambda child: "jobs" in child.cmdline())
        for child in (web, jobs):
            child.kill()

        until(lambda: {child.pid for child in supervisor.children()}.isdisjoint({web.pid, jobs.pid}))
        until(lambda: len(supervisor.children()) == 2 and answers(server.address))
        everybody = supervisor.children(recursive=True)
    _, left = psutil.wait_procs(everybody, timeout=PATIENCE_SECONDS)
    assert left == []
    sqlite_files.drop(url)


def a_taken_port_is_refused_with_advice(server: Server) -> None:
    port = server.address.rpartition(":")[2]
    done = psutil.Popen([*server.process.args, "--port", port], stdout=-1, stderr=-1)
    said = done.communicate(timeout=PATIENCE_SECONDS)[1].decode()

    assert done.returncode == 1
    assert f"127.0.0.1:{port} cannot be used" in said
    assert "PORT=" in said


def test_an_address_of_the_newer_kind_is_written_in_brackets(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = up.gunicorn("::1", 5000, workers=1, reloads=False)
    assert command[command.index("--bind") + 1] == "[::1]:5000"

    monkeypatch.setenv("PUBLIC_URL", "")  # so that it is put back as it was
    monkeypatch.delenv("PUBLIC_URL")
    up._say_where_we_are("::1", 5000)
    assert app.config["PUBLIC_URL"] == "http://[::1]:5000"


def until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not true():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.05)
