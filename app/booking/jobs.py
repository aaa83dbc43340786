"""Regular work on bookings; the registry says how often."""

from datetime import timedelta

from app.booking.queries.results import kept_results
from app.booking.services.answer_links import forget_answer_links
from app.booking.services.due import (
    complete_bookings,
    expire_displaced,
    expire_requests,
    release_missed,
)
from app.booking.services.propose import expire_proposals
from app.booking.services.waitlist.due import end_unanswered, expire_waiting, serve_waitlist
from app.booking.uploads import result_files

__all__ = [
    "complete_bookings",
    "end_unanswered",
    "expire_displaced",
    "expire_proposals",
    "expire_requests",
    "expire_waiting",
    "forget_answer_links",
    "release_missed",
    "serve_waitlist",
    "sweep_result_files",
]

UNNAMED = timedelta(hours=1)
"""Far longer than it takes from a file on disk to the row that names it."""


def sweep_result_files() -> int:
    """Remove files with results that no row names."""
    files = result_files()
    # The folder before the rows: what was old then has had its row long ago.
    orphans = files.older_than(UNNAMED) - kept_results()
    files.remove(orphans)
    return len(orphans)
