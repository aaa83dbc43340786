"""Where the files of offers lie."""

from pathlib import Path
from typing import IO

from flask import current_app

from app.core.files import MOST_BYTES, Accepted, Files, accept
from app.donations.services.files import Stored


def offered_files() -> Files:
    return Files(Path(current_app.config["UPLOADS"]) / "offers")


def taken(sent: IO[bytes], *, is_signed: bool = False) -> Accepted:
    """What may be kept of what was sent. Raises InvalidInput about `file`."""
    return accept(sent.read(MOST_BYTES + 1), is_signed=is_signed)


def stored(accepted: Accepted) -> Stored:
    """The file on disk, before the transaction in which its row is written."""
    files = offered_files()
    thumbnail = files.keep(accepted.thumbnail) if accepted.thumbnail else None
    return Stored(accepted=accepted, file=files.keep(accepted.data), thumbnail=thumbnail)
