"""Another program may write another calendar: its version is part of every tag."""

from pathlib import Path

import pytest

from app.calendars.services import versions

FILES = [
    "calendars/wording.py",
    "booking/rules/states.py",
    "core/i18n.py",
    "translations/fa/LC_MESSAGES/a.mo",
]


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in (*FILES, "web/static/css/base.css"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("one")
    monkeypatch.setattr(versions, "_APP", tmp_path)
    return tmp_path


def read_anew() -> str:
    return versions.program_version.__wrapped__()


@pytest.mark.parametrize("name", FILES)
def test_it_changes_with_whatever_decides_what_a_calendar_says(program: Path, name: str) -> None:
    before = read_anew()
    assert read_anew() == before
    (program / name).write_text("two")
    assert read_anew() != before


def test_it_stays_with_what_no_calendar_shows(program: Path) -> None:
    before = read_anew()
    (program / "web/static/css/base.css").write_text("two")
    assert read_anew() == before
