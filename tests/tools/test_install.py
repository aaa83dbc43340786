"""Setup that was stopped halfway begins anew where it was stopped."""

import importlib
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The tool, with a folder of its own, and nothing to do but the virtual environment."""
    monkeypatch.syspath_prepend(ROOT / "tools")
    tool = importlib.import_module("install")
    monkeypatch.setattr(tool, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(tool, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    monkeypatch.setattr(tool, "once", lambda *_: None)
    monkeypatch.setattr(tool, "compile_catalogues", lambda: None)
    return tool


def test_a_virtual_environment_that_was_half_made_is_made_anew(
    install: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[bool] = []

    def create(folder: Path, *, with_pip: bool, clear: bool) -> None:
        tries.append(clear)
        (folder / "bin").mkdir(parents=True, exist_ok=True)
        install.PYTHON.touch()
        if len(tries) == 1:
            raise KeyboardInterrupt

    monkeypatch.setattr(install.venv, "create", create)

    with pytest.raises(KeyboardInterrupt):
        install.main(dev=False)
    install.main(dev=False)
    install.main(dev=False)

    assert tries == [False, True]
