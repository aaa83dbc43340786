"""The server is killed again and again while people book: what they were told is true afterwards."""

import itertools
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from http.client import HTTPException
from pathlib import Path

import psutil
import pytest
from flask import Flask
from sqlalchemy import select

from app.booking.models import Booking
from app.extensions import db
from tests.api.caller import token_of
from tests.cast import NOW, Cast
from tests.concurrency.calling import Reply, post
from tests.databases import both_databases
from tests.serving import Server, serving

KILLS = 30
FIRST_DAY = NOW.replace(hour=4, minute=30) + timedelta(days=1)
"""Monday, 8:00 in Tehran, when the lab opens."""
SLOTS_A_DAY = 20


def spans() -> Iterator[tuple[str, str]]:
    """Half hours one after the other, in which the lab is open."""
    for day in itertools.count():
        first = FIRST_DAY + timedelta(days=day)
        if first.weekday() in (3, 4):  # Thursday afternoon and Friday the lab is closed
            continue
        for slot in range(SLOTS_A_DAY):
            start = first + timedelta(minutes=30 * slot)
            yield start.isoformat(), (start + timedelta(minutes=30)).isoformat()


class Load:
    """People who book without end, wherever the server is at the moment."""

    def __init__(self, tokens: list[str], equipment_ids: list[int]) -> None:
        self.address = ""
        self.ended = threading.Event()
        self.writers = [Writer(self, *pair) for pair in zip(tokens, equipment_ids, strict=True)]

    @property
    def acknowledged(self) -> list[str]:
        return [reference for writer in self.writers for reference in writer.acknowledged]

    @property
    def unexpected(self) -> list[Reply]:
        return [reply for writer in self.writers for reply in writer.unexpected]

    def start(self) -> None:
        for writer in self.writers:
            writer.start()

    def wait_for(self, more: int) -> None:
        """Until so many more bookings have been acknowledged."""
        wanted, deadline = len(self.acknowledged) + more, time.monotonic() + 60
        while len(self.acknowledged) < wanted:
            assert time.monotonic() < deadline, "nobody can book any more"
            assert self.unexpected == []
            time.sleep(0.01)

    def end(self) -> None:
        """Let everybody finish what they are at."""
        self.ended.set()
        for writer in self.writers:
            writer.join(60)
            assert not writer.is_alive()


class Writer(threading.Thread):
    """Asks again for what was not answered, under the same key, as careful programs do."""

    def __init__(self, load: Load, token: str, equipment_id: int) -> None:
        super().__init__(daemon=True)
        self.load, self.token, self.equipment_id = load, token, equipment_id
        self.acknowledged: list[str] = []
        self.unexpected: list[Reply] = []

    def run(self) -> None:
        for starts_at, ends_at in spans():
            if self.load.ended.is_set():
                return
            reply = self._book(starts_at, ends_at)
            if reply.status == 201:
                self.acknowledged.append(reply.body["reference"])
            else:
                self.unexpected.append(reply)

    def _book(self, starts_at: str, ends_at: str) -> Reply:
        body = {
            "equipment": [{"id": self.equipment_id}],
            "starts_at": starts_at,
            "ends_at": ends_at,
            "purpose": "Load",
            "mode": "self",
        }
        while True:
            try:
                return post(self.load.address, self.token, body, key=f"{self.name} {starts_at}")
            except (OSError, HTTPException, ValueError):
                time.sleep(0.05)  # cut off: was it booked or not?


def kill(server: Server) -> None:
    """kill -9 for the supervisor, the server and its workers, all at once."""
    supervisor = psutil.Process(server.process.pid)
    for process in [supervisor, *supervisor.children(recursive=True)]:
        with suppress(psutil.NoSuchProcess):
            process.kill()


@pytest.mark.long
@both_databases
def test_no_acknowledged_booking_is_lost(app: Flask, cast: Cast, database_url: str, tmp_path: Path) -> None:
    load = Load(
        [token_of(cast.booker), token_of(cast.rival), token_of(cast.boss), token_of(cast.donor)],
        [cast.raman.id, cast.stations.id, cast.stations.id, cast.oscilloscope.id],
    )
    db.session.remove()
    for number in range(KILLS + 1):
        with serving(database_url, tmp_path, KARGAH_NOW=NOW.isoformat()) as server:
            load.address = server.address
            if number == 0:
                load.start()
            load.wait_for(more=5)
            if number < KILLS:
                kill(server)
            else:
                load.end()

    kept = db.session.scalars(select(Booking.reference)).all()
    assert sorted(kept) == sorted(load.acknowledged)
    assert len(kept) > KILLS * 5
    assert load.unexpected == []
    doctor = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", "doctor"],
        env=os.environ | {"DATABASE_URL": database_url},
        capture_output=True,
        text=True,
        check=False,
    )
    assert doctor.returncode == 0, doctor.stdout + doctor.stderr
