"""Lists of equipment for tests: as bytes, as people save them."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def csv(*lines: str) -> bytes:
    return "\n".join(lines).encode() + b"\n"


def instruments() -> Path:
    """The list of a national laboratory that lies beside the repository; skips where it does not."""
    shared = Path(os.environ.get("KARGAH_SHARED", ROOT.parent / "shared"))
    path = shared / "data" / "instruments.csv"
    if not path.exists():
        pytest.skip("the list of 263 real instruments (data/instruments.csv) is not on this machine")
    return path
