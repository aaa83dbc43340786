"""The file of a backup: what is in it, and whether it is whole."""

import hashlib
import json
import os
import tarfile
from dataclasses import asdict, dataclass
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
    format: int = FORMAT


def pack(target: Path, manifest: Manifest, database: Path, uploads: Path) -> None:
    """Write the file, readable by its owner alone: it holds what people keep private."""
    said = target.parent / f".{target.name}.json"
    part = target.parent / f".{target.name}.part"
    try:
        said.write_text(json.dumps(asdict(manifest), indent=1))
        with _private(part) as file, tarfile.open(fileobj=file, mode="w:gz", compresslevel=6) as archive:
            archive.add(said, MANIFEST)
            archive.add(database, DATABASE)
            if uploads.is_dir():
                archive.add(uploads, UPLOADS)
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
    except (OSError, EOFError, tarfile.TarError, ValueError) as error:
        raise BadArchive(f"{source} is not a whole backup of Kargah ({type(error).__name__}).") from error
    if manifest.format != FORMAT:
        raise BadArchive(f"{source} was written in format {manifest.format}; this program reads {FORMAT}.")
    if not whole:
        raise BadArchive(f"The database in {source} is not the one that was packed.")
    return manifest


def sha256_of(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


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
