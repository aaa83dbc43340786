"""Programs that send anything at all: the document keeps its word, and no invariant breaks.

schemathesis reads the OpenAPI document and makes calls of it, right ones and wrong ones, one after the
other and in chains (what one call made is used by the next). The same seed makes the same calls.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.booking.models import Booking
from app.extensions import db
from tests.api.caller import token_of
from tests.cast import NOW, Cast
from tests.serving import serving

SEED = 1405
EXAMPLES = 8
"""Of each call and each person in each phase; the three of them take about four minutes together."""
HERE = Path(__file__).parent
ROOT = HERE.parent.parent


@pytest.mark.long
def test_no_sequence_of_calls_breaks_anything(cast: Cast, database_url: str, tmp_path: Path) -> None:
    # Who can make the most comes first, so that the others have something to find.
    people = {"manager": token_of(cast.manager), "booker": token_of(cast.booker), "nobody": None}
    db.session.remove()
    settings = {"KARGAH_NOW": NOW.isoformat(), "API_REQUESTS_PER_MINUTE": "1000000"}
    with serving(database_url, tmp_path, **settings) as server:
        faults = [run_as(token, server.address, tmp_path / name) for name, token in people.items()]
    doctor = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", "doctor"],
        env=os.environ
        | {"DATABASE_URL": database_url, "UPLOADS": str(tmp_path / "uploads")}
        | {"KARGAH_NOW": NOW.isoformat()},
        capture_output=True,
        text=True,
        check=False,
    )

    assert doctor.returncode == 0, doctor.stdout + doctor.stderr
    assert not any(faults), "\n\n".join(faults)
    assert db.session.scalar(select(func.count()).select_from(Booking)), "nothing came true"


def run_as(token: str | None, address: str, folder: Path) -> str:
    """Make calls of the whole document as the person with this token; returns what was found, if anything.

    Each of them is told with the command that makes it again.
    """
    folder.mkdir()
    command = [str(Path(sys.executable).with_name("st")), "--no-color"]
    command += ["--config-file", str(_config(token, folder)), "run"]
    command += [f"{address}/api/v1/openapi.json", "--url", address]
    command += ["--seed", str(SEED), "--max-examples", str(EXAMPLES)]
    if token is None:
        command += ["--phases", "fuzzing"]  # they get a 401 nearly everywhere: once in each way is enough
    environment = os.environ | {"PYTHONPATH": str(ROOT)}  # for the hooks
    said = folder / "said.txt"
    with said.open("wb") as out:
        # In a folder of its own: what an earlier run kept does not count.
        ended = subprocess.run(command, cwd=folder, env=environment, stdout=out, stderr=out, check=False)
    return f"As {folder.name}:\n{said.read_text()}" if ended.returncode else ""


def _config(token: str | None, folder: Path) -> Path:
    """The token as an authentication and not as a header: so it can be left out to see what happens."""
    text = (HERE / "schemathesis.toml").read_text()
    if token is not None:
        text += f'\n[auth.openapi.bearer]\nbearer = "{token}"\n'
    (folder / "schemathesis.toml").write_text(text)
    return folder / "schemathesis.toml"
