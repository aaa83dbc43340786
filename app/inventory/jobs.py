"""Regular work of inventory."""

from datetime import timedelta

from app.inventory.queries.attachments import kept_files
from app.inventory.uploads import attached_files, uploaded_lists

KEPT = timedelta(days=1)
"""How long somebody may think about a dry run."""
UNNAMED = timedelta(hours=1)
"""Far longer than it takes from a file on disk to the row that names it."""


def forget_uploaded_lists() -> int:
    """Remove lists that were uploaded and neither imported nor given up."""
    return uploaded_lists().sweep(KEPT)


def sweep_attached_files() -> int:
    """Remove attached files that no row names (any more)."""
    files = attached_files()
    # The folder before the rows: what was old then has had its row long ago.
    old = files.older_than(UNNAMED)
    orphans = old - kept_files()
    files.remove(orphans)
    return len(orphans)
