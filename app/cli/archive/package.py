"""The file of a backup: what is in it, and whether it is whole."""

import hashlib
import json
import os
import tarfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import IO

FORMAT = 1
MANIFEST, DATABASE, UPLOADS = "manifest.json", "database", "uploads"


class BadArchive(Exception):
    """This file is no backup that could be restored here; the message says why."""


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself."""

    made_at: str
    """The instant of the copy, ISO 8601 in UTC."""
    dialect: str
    revisions: list[str]
    """The migrations that the database had."""
    instance: str
    sha256: str
    """Of the database."""
    uploads: dict[str, str] = field(default_factory=dict)
    """The SHA-256 of every uploaded file, by its path."""
    format: int = FORMAT


def pack(target: Path, manifest: Manifest, database: Path, uploads: Path) -> None:
    """Write the file, readable by its owner alone: it holds what people keep private."""
    said = target.parent / f".{target.name}.json"
    part = target.parent / f".{target.name}.part"
    try:
        with _private(part) as file, tarfile.open(fileobj=file, mode="w:gz", compresslevel=6) as archive:
            archive.add(database, DATABASE)
            packed = dict(_pack_each(archive, uploads))
            said.write_text(json.dumps(asdict(replace(manifest, uploads=packed)), indent=1))
            archive.add(said, MANIFEST)
        part.replace(target)
    finally:
        said.unlink(missing_ok=True)
        part.unlink(missing_ok=True)


def unpack(source: Path, folder: Path) -> Manifest:
    """Lay the parts into the (empty) folder. Raises BadArchive for what is cut off, changed or foreign."""
    try:
        with tarfile.open(source, mode="r:gz") as archive:
            _extract(archive, folder)
        manifest = _manifest_in((folder / MANIFEST).read_text())
        whole = manifest.sha256 == sha256_of(folder / DATABASE)
        uploads = {path: sha256_of(file) for path, file in _files_in(folder / UPLOADS)}
    except (OSError, EOFError, tarfile.TarError, ValueError) as error:
        raise BadArchive(f"{source} is not a whole backup of Kargah ({type(error).__name__}).") from error
    if manifest.format != FORMAT:
        raise BadArchive(f"{source} was written in format {manifest.format}; this program reads {FORMAT}.")
    if not whole:
        raise BadArchive(f"The database in {source} is not the one that was packed.")
    if wrong := sorted(path for path, _ in uploads.items() ^ manifest.uploads.items()):
        raise BadArchive(f"The uploads in {source} are not those that were packed: {wrong[0]}.")
    return manifest


def sha256_of(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _pack_each(archive: tarfile.TarFile, uploads: Path) -> Iterator[tuple[str, str]]:
    """Put every file in; yields its path and SHA-256, of the same reading."""
    for path, file in _files_in(uploads):
        try:
            data, written_at = file.read_bytes(), file.stat().st_mtime
        except FileNotFoundError:
            continue  # swept away meanwhile, or renamed to the name under which it comes
        entry = tarfile.TarInfo(f"{UPLOADS}/{path}")
        entry.size, entry.mtime, entry.mode = len(data), int(written_at), 0o600
        archive.addfile(entry, BytesIO(data))
        yield path, hashlib.sha256(data).hexdigest()


def _files_in(folder: Path) -> Iterator[tuple[str, Path]]:
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            yield file.relative_to(folder).as_posix(), file


def _manifest_in(text: str) -> Manifest:
    """Raises ValueError where other things are said than a manifest says."""
    try:
        return Manifest(**json.loads(text))
    except TypeError as error:
        raise ValueError(str(error)) from error


def _extract(archive: tarfile.TarFile, folder: Path) -> None:
    """No path can leave the folder, no device, no link to elsewhere, nobody's rights but ours."""
    if hasattr(tarfile, "data_filter"):
        archive.extractall(folder, filter="data")
        return
    # Python before 3.11.4 has no filters. We pack files and folders alone, so nothing else is taken.
    for member in archive:
        path = PurePosixPath(member.name)
        if path.is_absolute() or ".." in path.parts or not (member.isreg() or member.isdir()):
            raise tarfile.ExtractError(f"{member.name} is none of ours")
        member.mode, member.uid, member.gid = member.mode & 0o755 | 0o600, os.geteuid(), os.getegid()
        member.uname = member.gname = ""
        archive.extract(member, folder)


def _private(path: Path) -> IO[bytes]:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")
