"""The only reader of the time. KARGAH_NOW (development and testing) freezes or shifts it.

Leases, back-off and time limits of throttles use real_now(): they measure waiting, not the calendar.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from isodate import ISO8601Error, parse_duration

_frozen_at: datetime | None = None
_shift = timedelta(0)


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return _frozen_at if _frozen_at is not None else datetime.now(UTC) + _shift


def real_now() -> datetime:
    """The machine's own present instant, whatever KARGAH_NOW says."""
    return datetime.now(UTC)


def configure(setting: str | None) -> None:
    """Take KARGAH_NOW: an ISO instant freezes the clock, an ISO duration shifts it, None resets it.

    Raises ValueError for anything else, and for an instant without an offset.
    """
    global _frozen_at, _shift
    _frozen_at, _shift = None, timedelta(0)
    if not setting:
        return
    if setting.lstrip("+-").startswith("P"):
        _shift = _duration(setting)
    else:
        _frozen_at = _instant(setting)


@contextmanager
def frozen(instant: datetime) -> Iterator[None]:
    """Within the block the time stands still at `instant` (tests and demo data)."""
    global _frozen_at
    before, _frozen_at = _frozen_at, instant.astimezone(UTC)
    try:
        yield
    finally:
        _frozen_at = before


def _duration(setting: str) -> timedelta:
    try:
        shift = parse_duration(setting)
    except ISO8601Error as error:
        raise ValueError(f"KARGAH_NOW: {setting!r} is no ISO 8601 duration") from error
    if not isinstance(shift, timedelta):
        raise ValueError("KARGAH_NOW: give days or hours; months and years have no fixed length")
    return shift


def _instant(setting: str) -> datetime:
    instant = datetime.fromisoformat(setting)
    if instant.tzinfo is None:
        raise ValueError("KARGAH_NOW: the instant needs an offset, such as 2026-11-22T09:00+03:30")
    return instant.astimezone(UTC)
