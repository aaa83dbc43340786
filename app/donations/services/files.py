"""The rows of an offer's files. Each lies on disk already; without its row it is swept away."""

from dataclasses import dataclass

from app.core.clock import now
from app.core.files import Accepted
from app.donations.models import FileKind, OfferFile


@dataclass(frozen=True, kw_only=True)
class Stored:
    """A file that lies on disk, and under which names."""

    accepted: Accepted
    file: str
    thumbnail: str | None


def row_of(stored: Stored, kind: FileKind, **of: int) -> OfferFile:
    """The row that names the file; `of` is `offer_id` or `guest_offer_id`."""
    return OfferFile(
        kind=kind,
        media_type=stored.accepted.media_type,
        size=len(stored.accepted.data),
        sha256=stored.accepted.sha256,
        file=stored.file,
        thumbnail=stored.thumbnail,
        created_at=now(),
        **of,
    )
