"""The supervisor keeps its programs running, and leaves none behind. Real processes, real signals."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from app.cli.supervise import LONGEST_WAIT_SECONDS, Program

PATIENCE_SECONDS = 20

# A program that leaves a child and says who it is: one line "own child" for each time it was started.
LIVES = """
import os, pathlib, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
with pathlib.Path(sys.argv[1]).open("a") as lives:
    lives.write(f"{os.getpid()} {child.pid}\\n")
time.sleep(60)
"""
SUPERVISES = """
import sys
from app.cli.supervise import Program, supervise
supervise([Program("one", [sys.executable, "-c", sys.argv[1], sys.argv[2]])])
"""

# Told to end again and again, in any moment of its turn.
IS_TOLD_TO_END = """
import os, signal, threading
from app.cli import supervise
supervise.TURN_SECONDS = 0.0
signal.signal(signal.SIGTERM, lambda *_: None)
def tell(ended):
    while not ended.wait(0.001):
        os.kill(os.getpid(), signal.SIGTERM)
for turn in range(100):
    ended = threading.Event()
    telling = threading.Thread(target=tell, args=[ended])
    telling.start()
    supervise.supervise([])
    ended.set()
    telling.join()
"""


@pytest.fixture
def lives(tmp_path: Path) -> Path:
    return tmp_path / "lives"


@pytest.fixture
def supervisor(lives: Path) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen([sys.executable, "-c", SUPERVISES, LIVES, str(lives)])
    yield process
    process.kill()
    process.wait()
    for pid in (pid for life in read(lives) for pid in life):
        if psutil.pid_exists(pid):
            os.kill(pid, signal.SIGKILL)


def test_a_killed_program_is_started_again_and_what_it_left_is_swept_away(
    supervisor: subprocess.Popen[bytes], lives: Path
) -> None:
    until(lambda: len(read(lives)) == 1)
    first, child = read(lives)[0]

    os.kill(first, signal.SIGKILL)

    until(lambda: len(read(lives)) == 2)
    assert read(lives)[1][0] != first
    until(lambda: not is_running(child))


@pytest.mark.parametrize("number", [signal.SIGTERM, pytest.param(signal.SIGINT, marks=pytest.mark.long)])
def test_the_end_of_the_supervisor_is_the_end_of_all(
    supervisor: subprocess.Popen[bytes], lives: Path, number: signal.Signals
) -> None:
    until(lambda: len(read(lives)) == 1)

    supervisor.send_signal(number)

    assert supervisor.wait(PATIENCE_SECONDS) == 0
    assert not any(is_running(pid) for pid in read(lives)[0])


@pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="only Linux tells children of their parent's death"
)
def test_programs_do_not_outlive_a_killed_supervisor(
    supervisor: subprocess.Popen[bytes], lives: Path
) -> None:
    until(lambda: len(read(lives)) == 1)

    supervisor.kill()

    until(lambda: not is_running(read(lives)[0][0]))


def test_a_program_that_dies_at_once_is_given_ever_more_time() -> None:
    program = Program("broken", [sys.executable, "-c", "raise SystemExit(1)"])
    waits = []

    at = 0.0
    while len(waits) < 7:
        program.tend(at)
        if program.process is None:
            waits.append(program.wait)
            at = program.due
        else:
            program.process.wait()

    assert waits == sorted(waits)
    assert waits[0] < 1
    assert waits[-1] == LONGEST_WAIT_SECONDS


def test_it_ends_in_whatever_moment_it_is_told_to() -> None:
    ended = subprocess.run([sys.executable, "-c", IS_TOLD_TO_END], timeout=PATIENCE_SECONDS)

    assert ended.returncode == 0


def read(lives: Path) -> list[tuple[int, ...]]:
    if not lives.exists():
        return []
    return [tuple(map(int, line.split())) for line in lives.read_text().splitlines()]


def is_running(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not true():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.05)
