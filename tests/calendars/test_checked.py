"""The feeds of a running server, judged by the check that lives outside this repository."""

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from app.booking.services.cancel import cancel_booking
from app.booking.services.decide import approve_booking
from app.calendars.models import FeedDetail
from app.core.tokens import new_token
from app.inventory.models import Mode
from tests.booking.making import ask
from tests.calendars.making import address
from tests.cast import NOW, Cast
from tests.serving import serving

ROOT = Path(__file__).parents[2]
FOUND = [folder / "shared/checks/check_feed.py" for folder in ROOT.parents]
CHECK = next((check for check in FOUND if check.exists()), None)
AWKWARD = "نمونه‌ها؛ a;b,c\\d\r\nBEGIN:VEVENT\x00 🔬 " * 8


@pytest.mark.skipif(CHECK is None, reason="the feed check is not beside this repository (../shared/checks)")
def test_no_error_and_no_warning(cast: Cast, database_url: str, tmp_path: Path) -> None:
    _fill(cast)
    secret, busy = (
        address(cast.booker, cast.arta, language="fa"),
        address(cast.rival, cast.raman, detail=FeedDetail.BUSY),
    )
    with serving(database_url, tmp_path, KARGAH_NOW=NOW.isoformat()) as server:
        for path in (secret, busy):
            wrong = f"{server.address}/calendars/{new_token()}.ics"
            assert _faults(server.address + path, "--private", "--bad-url", wrong) == []
        assert _faults(f"{server.address}/labs/materials/calendar.ics") == []
        assert secret[11:-4] not in server.log.read_text()


def _fill(cast: Cast) -> None:
    for day in range(12):
        booking = ask(cast.booker, cast.raman, start=24 * day, purpose=AWKWARD) if day % 7 < 3 else None
        if booking and day % 2:
            approve_booking(actor=cast.manager, reference=booking.reference)
        if booking and day % 3 == 0:
            cancel_booking(actor=cast.booker, reference=booking.reference)
    ask(cast.boss, cast.microscope, mode=Mode.OPERATOR)
    ask(cast.boss, (cast.stations, 3), cast.oscilloscope, start=3)


def _faults(url: str, *options: str) -> list[Any]:
    clients = [] if find_spec("vobject") else ["--no-clients"]
    command = [sys.executable, str(CHECK), url, "--json", "--wait", "0.5", *options, *clients]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    results = json.loads(done.stdout)["results"]
    assert len(results) > 30, done.stdout
    return [result for result in results if result[0] in ("ERROR", "WARN")]
