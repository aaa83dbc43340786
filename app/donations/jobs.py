"""Regular work of donations."""

from datetime import timedelta

from app.donations.queries.files import kept_files
from app.donations.services import guest
from app.donations.services.lapse import lapse_offers
from app.donations.uploads import offered_files

__all__ = ["forget_guest_offers", "lapse_offers", "sweep_offered_files"]

UNNAMED = timedelta(hours=1)
"""Far longer than it takes from a file on disk to the row that names it."""


def sweep_offered_files() -> int:
    """Remove files of offers that no row names (any more)."""
    files = offered_files()
    # The folder before the rows: what was old then has had its row long ago.
    orphans = files.older_than(UNNAMED) - kept_files()
    files.remove(orphans)
    return len(orphans)


def forget_guest_offers() -> int:
    """Forget what nobody confirmed in time."""
    return guest.forget_guest_offers()
