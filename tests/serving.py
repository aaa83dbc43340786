"""A real server on a real port, started as people start it: `flask up`."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PATIENCE_SECONDS = 60


@dataclass(frozen=True)
class Server:
    """A running server: where it answers, and the supervisor of its processes."""

    address: str
    process: subprocess.Popen[bytes]
    log: Path


@contextmanager
def serving(
    database_url: str, folder: Path, *, workers: int = 2, jobs: bool = False, **environment: str
) -> Iterator[Server]:
    """Serve this database, with instance files in `folder`; keywords are environment variables."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    own = {
        "DATABASE_URL": database_url,
        "MAIL_URL": f"file://{folder / 'mail'}",
        "UPLOADS": str(folder / "uploads"),
        "PUBLIC_URL": address,
    }
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "up", "--port", str(port)]
    command += ["--workers", str(workers), "--jobs" if jobs else "--no-jobs"]
    log = folder / "server.log"
    with log.open("wb") as out:
        process = subprocess.Popen(command, env=os.environ | own | environment, stdout=out, stderr=out)
        try:
            _wait_until_it_answers(f"{address}/healthz", process, log)
            yield Server(address, process, log)
        finally:
            process.terminate()
            process.wait(PATIENCE_SECONDS)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(url: str) -> bool:
    """Whether there is an answer of whatever kind."""
    try:
        urllib.request.urlopen(url, timeout=5).close()
    except urllib.error.HTTPError as error:
        error.close()
    except OSError:
        return False
    return True


def _wait_until_it_answers(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not answers(url):
        assert process.poll() is None, f"the server ended:\n{log.read_text()[-4000:]}"
        assert time.monotonic() < deadline, f"the server does not answer:\n{log.read_text()[-4000:]}"
        time.sleep(0.1)
