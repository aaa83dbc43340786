"""What is compiled of the translations can be read by whoever runs the server."""

import stat
from pathlib import Path

import pytest

from tools import translate


def test_compiled_translations_are_for_everybody_to_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "fa" / "LC_MESSAGES" / "messages.po"
    source.parent.mkdir(parents=True)
    source.write_text('msgid ""\nmsgstr "Language: fa\\n"\n\nmsgid "Lab"\nmsgstr "آزمایشگاه"\n')
    monkeypatch.setattr(translate, "TRANSLATIONS", tmp_path)

    translate.compile_stale()

    (made,) = source.parent.glob("*.mo")
    assert stat.S_IMODE(made.stat().st_mode) == 0o644
    assert sorted(source.parent.iterdir()) == [made, source]
