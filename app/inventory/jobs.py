"""Regular work of inventory."""

from collections.abc import Callable
from datetime import timedelta

from app.core.files import Files
from app.inventory.queries.attachments import kept_files
from app.inventory.queries.faults import kept_photos
from app.inventory.services.maintenance import remind_of_maintenance
from app.inventory.uploads import attached_files, fault_photos, uploaded_lists

__all__ = ["forget_uploaded_lists", "remind_of_maintenance", "sweep_attached_files", "sweep_fault_photos"]

KEPT = timedelta(days=1)
"""How long somebody may think about a dry run."""
UNNAMED = timedelta(hours=1)
"""Far longer than it takes from a file on disk to the row that names it."""


def forget_uploaded_lists() -> int:
    """Remove lists that were uploaded and neither imported nor given up."""
    return uploaded_lists().sweep(KEPT)


def sweep_attached_files() -> int:
    """Remove attached files that no row names (any more)."""
    return _sweep(attached_files(), kept_files)


def sweep_fault_photos() -> int:
    """Remove pictures of faults that no row names."""
    return _sweep(fault_photos(), kept_photos)


def _sweep(files: Files, kept: Callable[[], set[str]]) -> int:
    # The folder before the rows: what was old then has had its row long ago.
    orphans = files.older_than(UNNAMED) - kept()
    files.remove(orphans)
    return len(orphans)
