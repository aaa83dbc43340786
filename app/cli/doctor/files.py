"""Does every file that a row names lie there, as it was handed in?"""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from flask import current_app
from sqlalchemy import null, select

from app.booking.models import CommentFile, ResultFile
from app.donations.models import OfferFile
from app.extensions import db
from app.inventory.models import Attachment, FaultPhoto

FOLDERS: tuple[tuple[str, type[Attachment | CommentFile | FaultPhoto | OfferFile | ResultFile]], ...] = (
    ("attachments", Attachment),
    ("offers", OfferFile),
    ("results", ResultFile),
    ("comments", CommentFile),
    ("faults", FaultPhoto),
)


def files_are_whole() -> Iterator[str]:
    for folder, table in FOLDERS:
        place = Path(current_app.config["UPLOADS"]) / folder
        small = getattr(table, "thumbnail", null())  # of results and comments there is no small picture
        rows = select(table.id, table.file, table.sha256, small)
        for row_id, file, sha256, thumbnail in db.session.execute(rows):
            told = f"{folder[:-1]} file {row_id}"
            if (digest := _digest(place / file)) is None:
                yield f"{told}: {place / file} is missing"
            elif digest != sha256:
                yield f"{told}: {place / file} is not what was handed in"
            if thumbnail is not None and _digest(place / thumbnail) is None:
                yield f"{told}: {place / thumbnail} is missing"


def _digest(file: Path) -> str | None:
    try:
        with file.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except FileNotFoundError:
        return None
