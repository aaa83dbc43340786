"""Which version of a calendar there is now, without reading a booking.

What is shown of a date changes only with an event, and every event counts up the topics it touches. Add
who reads, in which detail and language, on which day, and by which program: equal answers are equal
octets, and nothing that could change one is left out.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from app.accounts.models import User
from app.calendars.models import FeedScope
from app.calendars.queries.feeds import equipment_of, labs_decided_by
from app.calendars.queries.selection import Selection
from app.core.event_log import counters

NAMES = "names"
"""The topic of everything that has a name in calendars: one for all, for names change rarely."""

RESTORED = "restored"
"""The topic of the database itself: after a restore, counters repeat numbers that meant something else."""

_APP = Path(__file__).parents[2]
_WRITTEN_BY = ("**/*.py", "translations/**/*.mo")
"""All of it: what is read, shown and said is decided in every feature below; a list of files goes stale."""


@dataclass(frozen=True)
class Versioned:
    """The tag of a calendar as it is now, and when something about it changed last."""

    etag: str
    changed_at: datetime


def version_of(
    selection: Selection, *, day: datetime, made_at: datetime, about: Iterable[object]
) -> Versioned:
    """The version for the day that begins at `day`, of a feed made (or replaced) at `made_at`.

    `about` is what else tells it from others. Asked before the bookings are read: what changes in
    between is at worst fetched twice, never missed.
    """
    counted = counters(_topics(selection))
    parts = [
        program_version(),
        *about,
        selection.scope,
        selection.scope_id,
        selection.detail,
        day.isoformat(),
        sorted((topic, number) for topic, (number, _) in counted.items()),
        _rights(selection.viewer),
    ]
    digest = hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:32]
    return Versioned(digest, max([day, made_at, *(at for _, at in counted.values())]))


@cache
def program_version() -> str:
    """Changes with the program and its translations; worked out once, for they stay while it runs."""
    files = sorted(file for pattern in _WRITTEN_BY for file in _APP.glob(pattern))
    return hashlib.sha256(b"".join(map(Path.read_bytes, files))).hexdigest()[:16]


def _topics(selection: Selection) -> set[str]:
    scope, scope_id, viewer = selection.scope, selection.scope_id, selection.viewer
    if scope is FeedScope.MINE and viewer is not None:
        own = {f"user:{viewer.id}"}
    elif scope is FeedScope.APPROVALS and viewer is not None:
        own = {f"lab:{lab_id}" for lab_id in labs_decided_by(viewer)}
    elif scope is FeedScope.UNIT and scope_id is not None:
        own = {f"equipment:{equipment_of(scope_id)}"}
    else:
        own = {f"{scope.value}:{scope_id}"}
    return own | {NAMES, RESTORED}


def _rights(viewer: User | None) -> list[object]:
    """What decides how much a reader may see; it changes without any booking changing."""
    if viewer is None:
        return []
    grants = sorted((grant.role.value, grant.lab_id or 0) for grant in viewer.grants)
    return [sorted(viewer.organisation_ids()), grants]
