"""Regular work on bookings; the registry says how often."""

from collections.abc import Callable
from datetime import timedelta

from flask import current_app

from app.booking.queries.comments import kept_comment_files
from app.booking.queries.results import kept_results
from app.booking.services.answer_links import forget_answer_links
from app.booking.services.due import (
    complete_bookings,
    expire_displaced,
    expire_requests,
    release_missed,
)
from app.booking.services.nudge import nudge
from app.booking.services.propose import expire_proposals
from app.booking.services.visitors import forget_visitors
from app.booking.services.waitlist.due import end_unanswered, expire_waiting, serve_waitlist
from app.booking.services.warn import warn_of_authorisations
from app.booking.uploads import comment_files, result_files
from app.core.files import Files

__all__ = [
    "complete_bookings",
    "end_unanswered",
    "expire_displaced",
    "expire_proposals",
    "expire_requests",
    "expire_waiting",
    "forget_answer_links",
    "forget_long_gone_visitors",
    "nudge",
    "release_missed",
    "serve_waitlist",
    "sweep_comment_files",
    "sweep_result_files",
    "warn_of_authorisations",
]

UNNAMED = timedelta(hours=1)
"""Far longer than it takes from a file on disk to the row that names it."""


def forget_long_gone_visitors() -> int:
    """Forget who came, as long after as the setting says."""
    return forget_visitors(current_app.config["VISITORS_KEPT_DAYS"])


def sweep_result_files() -> int:
    """Remove files with results that no row names."""
    return _sweep(result_files(), kept_results)


def sweep_comment_files() -> int:
    """Remove files of comments that no row names."""
    return _sweep(comment_files(), kept_comment_files)


def _sweep(files: Files, kept: Callable[[], set[str]]) -> int:
    # The folder before the rows: what was old then has had its row long ago.
    orphans = files.older_than(UNNAMED) - kept()
    files.remove(orphans)
    return len(orphans)
