"""The file of a backup on a Python whose tarfile knows no filters, such as Debian 12 has (3.11.2)."""

import hashlib
import tarfile
from dataclasses import replace
from pathlib import Path

import pytest

from app.cli.archive.package import BadArchive, Manifest, pack, sha256_of, unpack


@pytest.fixture(autouse=True)
def old_python(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = tarfile.TarFile.extractall

    def extractall(self: tarfile.TarFile, path: str | Path = ".") -> None:
        plain(self, path)

    monkeypatch.delattr(tarfile, "data_filter")
    monkeypatch.setattr(tarfile.TarFile, "extractall", extractall)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "folder").mkdir()
    return tmp_path / "folder"


def test_what_was_packed_is_unpacked(tmp_path: Path, folder: Path) -> None:
    database, uploads = tmp_path / "database", tmp_path / "uploads"
    database.write_bytes(b"rows")
    (uploads / "ab").mkdir(parents=True)
    (uploads / "ab" / "photo").write_bytes(b"picture")
    said = Manifest("2026-11-22T06:30:00+00:00", "sqlite", ["0001"], "x", sha256_of(database))

    pack(tmp_path / "a.kargah", said, database, uploads)

    told = replace(said, uploads={"ab/photo": hashlib.sha256(b"picture").hexdigest()})
    assert unpack(tmp_path / "a.kargah", folder) == told
    assert (folder / "database").read_bytes() == b"rows"
    assert (folder / "uploads" / "ab" / "photo").read_bytes() == b"picture"


def test_an_upload_that_is_another_is_found(tmp_path: Path, folder: Path) -> None:
    database, uploads = tmp_path / "database", tmp_path / "uploads"
    database.write_bytes(b"rows")
    uploads.mkdir()
    (uploads / "photo").write_bytes(b"picture")
    said = Manifest("2026-11-22T06:30:00+00:00", "sqlite", ["0001"], "x", sha256_of(database))
    pack(tmp_path / "a.kargah", said, database, uploads)
    unpack(tmp_path / "a.kargah", folder)
    (folder / "uploads" / "photo").write_bytes(b"another")
    with tarfile.open(tmp_path / "b.kargah", "w:gz") as archive:
        for part in folder.iterdir():
            archive.add(part, part.name)

    with pytest.raises(BadArchive, match="not those that were packed: photo"):
        unpack(tmp_path / "b.kargah", tmp_path / "other")


@pytest.mark.parametrize("name", ["../outside", "/outside", "link"])
def test_nothing_is_taken_that_would_leave_the_folder(tmp_path: Path, folder: Path, name: str) -> None:
    member = tarfile.TarInfo(name)
    if name == "link":
        member.type, member.linkname = tarfile.SYMTYPE, "/etc/passwd"
    with tarfile.open(tmp_path / "bad.kargah", "w:gz") as archive:
        archive.addfile(member)

    with pytest.raises(BadArchive, match="is not a whole backup"):
        unpack(tmp_path / "bad.kargah", folder)
    assert list(folder.iterdir()) == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.kargah", "folder"]
