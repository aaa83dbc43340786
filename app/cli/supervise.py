"""Keep a few programs running: start them, start again what dies, stop them all together.

The web server and the one job runner are watched by this, so that one command is a whole service.
Each program gets a session of its own: Ctrl-C reaches only the supervisor, which then asks each to
end, and what a killed program leaves behind is swept away before it is started again.
"""

import ctypes
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress

log = logging.getLogger(__name__)

TURN_SECONDS = 0.1
SETTLED_SECONDS = 5.0
"""A program that lived this long had started well: it is started again at once."""
LONGEST_WAIT_SECONDS = 10.0
GRACE_SECONDS = 25.0
"""How long a program may take to finish what it is doing. Longer than gunicorn's own 20 seconds."""

PR_SET_PDEATHSIG = 1  # linux/prctl.h


class Program:
    """One command that is to run all the time."""

    def __init__(self, name: str, command: Sequence[str]) -> None:
        self.name = name
        self.command = list(command)
        self.process: subprocess.Popen[bytes] | None = None
        self.started = 0.0
        self.wait = 0.0
        """How long to wait before the next start; doubles while it dies at once."""
        self.due = 0.0

    def tend(self, at: float) -> None:
        """Start it if it is due; notice if it has died and say when it will be started again."""
        if self.process is None:
            if at >= self.due:
                self._start(at)
        elif self.process.poll() is not None:
            self._died(self.process, at)

    def ask_to_end(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def end(self, deadline: float) -> None:
        """Wait until it has ended, at most until the deadline; then kill it and all it started."""
        if self.process is None:
            return
        try:
            self.process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            log.warning("%s did not end in time and is killed", self.name)
        _kill_group(self.process.pid)
        self.process.wait()

    def _start(self, at: float) -> None:
        self.process = subprocess.Popen(
            self.command,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_end_with_parent(),  # noqa: PLW1509 - the supervisor has one thread
        )
        self.started = at

    def _died(self, process: subprocess.Popen[bytes], at: float) -> None:
        _kill_group(process.pid)
        settled = at - self.started >= SETTLED_SECONDS
        self.wait = 0.0 if settled else min(LONGEST_WAIT_SECONDS, max(0.5, self.wait * 2))
        log.warning("%s ended (%s); starting it again in %.1f s", self.name, process.returncode, self.wait)
        self.process, self.due = None, at + self.wait


def supervise(programs: Sequence[Program]) -> None:
    """Keep the programs running until SIGTERM or SIGINT; then end them and return."""
    # A list and not a threading.Event: the handler runs in this very thread, and would wait for ever for
    # the lock of an event that the loop below it happens to hold.
    asked: list[int] = []
    before = {
        number: signal.signal(number, lambda told, _frame: asked.append(told))
        for number in (signal.SIGTERM, signal.SIGINT)
    }
    try:
        while not asked:
            for program in programs:
                program.tend(time.monotonic())
            time.sleep(TURN_SECONDS)
    finally:
        for program in programs:
            program.ask_to_end()
        deadline = time.monotonic() + GRACE_SECONDS
        for program in programs:
            program.end(deadline)
        for number, handler in before.items():
            signal.signal(number, handler)


def _kill_group(pid: int) -> None:
    """Kill what is left of the session that this process led: workers outlive a killed server."""
    with suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)


def _end_with_parent() -> Callable[[], None] | None:
    """On Linux: a program whose supervisor was killed is asked to end, and does not run on unwatched."""
    if not sys.platform.startswith("linux"):
        return None
    libc = ctypes.CDLL(None)  # before the fork: loading a library after it may deadlock
    return lambda: libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
