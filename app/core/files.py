"""Files that people hand in to be kept: what they are is decided by their content, never by their name."""

import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageOps

from app.core import pdf
from app.core.clock import real_now
from app.core.errors import InvalidInput

MOST_BYTES = 10_000_000
MOST_PIXELS = 40_000_000
"""A small file can unfold to more than the memory holds; the largest phones make fewer than these."""
GREATEST_EDGE, THUMBNAIL_EDGE = 2000, 480
PDF = "application/pdf"
PICTURES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
_NAME_LENGTH = 32


@dataclass(frozen=True)
class Accepted:
    """What is kept of a file: a picture or a PDF, written anew; a signed PDF as it came."""

    data: bytes
    media_type: str
    thumbnail: bytes | None = None
    """None for a document."""

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


def accept(data: bytes, *, is_signed: bool = False) -> Accepted:
    """The file as it may be kept. Raises InvalidInput about `file` for everything else.

    A picture loses all that is not picture (place, camera, comments) because its pixels are written anew,
    a PDF who wrote it and with what. One that is signed is judged alike and kept as it came: a digital
    signature covers every byte.
    """
    if len(data) > MOST_BYTES:
        raise InvalidInput(("file", "file-too-large"))
    if data.startswith(b"%PDF-"):
        if b"%%EOF" not in data[-1024:]:
            raise InvalidInput(("file", "file-unknown"))
        rewritten = pdf.plain(data)
        return Accepted(data if is_signed else rewritten, PDF)
    return _picture(data)


class Files:
    """One folder of files under random names. A name it did not hand out leads to no file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, data: bytes) -> str:
        """Write the file, whole or not at all, and return its name."""
        self.folder.mkdir(parents=True, exist_ok=True)
        name = secrets.token_hex(_NAME_LENGTH // 2)
        part = self.folder / f"{name}.part"
        part.touch(mode=0o600)
        part.write_bytes(data)
        part.replace(self.folder / name)
        return name

    def read(self, name: str) -> bytes | None:
        """None when there is no such file."""
        if len(name) != _NAME_LENGTH or not set(name) <= set("0123456789abcdef"):
            return None
        path = self.folder / name
        return path.read_bytes() if path.is_file() else None

    def older_than(self, age: timedelta) -> set[str]:
        """The names of what was written before that."""
        if not self.folder.is_dir():
            return set()
        limit = (real_now() - age).timestamp()
        return {path.name for path in self.folder.iterdir() if path.stat().st_mtime < limit}

    def remove(self, names: Collection[str]) -> None:
        """Remove these, as `older_than` named them."""
        for name in names:
            (self.folder / name).unlink(missing_ok=True)


def _picture(data: bytes) -> Accepted:
    try:
        with Image.open(BytesIO(data), formats=list(PICTURES)) as opened:
            kind = str(opened.format)
            if opened.width * opened.height > MOST_PIXELS:
                raise InvalidInput(("file", "file-too-many-pixels"))
            upright = ImageOps.exif_transpose(opened)
            plain = upright.convert("RGB" if kind == "JPEG" else "RGBA")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise InvalidInput(("file", "file-too-many-pixels")) from error
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        raise InvalidInput(("file", "file-unknown")) from error
    return Accepted(
        _written(plain, kind, GREATEST_EDGE), PICTURES[kind], _written(plain, kind, THUMBNAIL_EDGE)
    )


def _written(picture: Image.Image, kind: str, edge: int) -> bytes:
    # Pasted onto a new one: `info` of the old, where metadata lives, does not come along.
    small = picture.copy()
    small.thumbnail((edge, edge))
    fresh = Image.new(small.mode, small.size)
    fresh.paste(small)
    target = BytesIO()
    fresh.save(target, kind)
    return target.getvalue()
