"""When a mail that could not be sent is tried again. Pure."""

from datetime import datetime, timedelta

FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)
LAST_TRY = 77
"""Waits of 1, 2, 4 … 32 minutes, then hourly: three days in all, as long as a mail server may be away."""


def next_try(tries: int, at: datetime) -> datetime | None:
    """When to try again after `tries` failures, the last of them at `at`; None: give up."""
    if tries >= LAST_TRY:
        return None
    factor = 1 << min(tries - 1, 10)  # enough to pass the longest wait; more would overflow
    return at + min(FIRST_WAIT * factor, LONGEST_WAIT)
