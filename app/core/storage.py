"""Files that people hand in, kept on disk under random names while somebody works on them."""

import secrets
from datetime import timedelta
from pathlib import Path

from app.core.clock import real_now

_NAME_BYTES = 16


class Storage:
    """One folder. A name it did not hand out leads to no file, whatever the name says."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, data: bytes, *, owner: int) -> str:
        """Write the file for this person and return its name."""
        self.folder.mkdir(parents=True, exist_ok=True)
        name = secrets.token_hex(_NAME_BYTES)
        path = self._path(name, owner)
        path.touch(mode=0o600)
        path.write_bytes(data)
        return name

    def read(self, name: str, *, owner: int) -> bytes | None:
        """What this person keeps under the name; None when there is no such file (any more)."""
        path = self._path(name, owner)
        return path.read_bytes() if path.is_file() else None

    def remove(self, name: str, *, owner: int) -> None:
        self._path(name, owner).unlink(missing_ok=True)

    def sweep(self, older_than: timedelta) -> int:
        """Remove what was left behind, and return how many."""
        if not self.folder.is_dir():
            return 0
        limit = (real_now() - older_than).timestamp()
        old = [path for path in self.folder.iterdir() if path.stat().st_mtime < limit]
        for path in old:
            path.unlink(missing_ok=True)
        return len(old)

    def _path(self, name: str, owner: int) -> Path:
        if len(name) != 2 * _NAME_BYTES or not set(name) <= set("0123456789abcdef"):
            name = "none"
        return self.folder / f"{owner}-{name}"
