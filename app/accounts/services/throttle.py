"""Counting tries, in rows that all server processes share. Waiting is real time, whatever KARGAH_NOW says."""

import hashlib
from math import ceil

from sqlalchemy import case, delete, update

from app.accounts.models import Throttle
from app.accounts.rules.limits import Limit
from app.core.clock import real_now
from app.core.db import unit_of_work
from app.core.errors import TooMany
from app.core.upsert import insert_into
from app.extensions import db

Counted = tuple[Limit, str]
"""A limit and whose tries it counts: an address, an account."""


def count_tries(*counted: Counted) -> None:
    """Count one try under each limit in turn. Raises TooMany at the first that is used up.

    The ones after it are not counted then: a guesser who is stopped early must not use up the limits
    that others share. Counting comes before the deed, so that many tries at the same instant are as
    many tries. Callers name kinds of limits in one order, so that two who count never deadlock.
    """
    wait = _count(counted)
    if wait:
        raise TooMany(wait)


@unit_of_work
def take_back(*counted: Counted) -> None:
    """The try was a good one: it does not count."""
    for limit, whose in counted:
        key = key_of(limit, whose)
        db.session.execute(delete(Throttle).where(Throttle.key == key, Throttle.count == 1))
        db.session.execute(
            update(Throttle).where(Throttle.key == key, Throttle.count > 1).values(count=Throttle.count - 1)
        )


@unit_of_work
def forget_past_tries() -> int:
    """Delete the counts whose window is over."""
    over = delete(Throttle).where(Throttle.window_ends_at <= real_now()).returning(Throttle.key)
    return len(db.session.execute(over).all())


@unit_of_work
def _count(counted: tuple[Counted, ...]) -> int:
    """Seconds to wait, 0 when there is room under every limit."""
    return next((wait for limit, whose in counted if (wait := _count_one(limit, whose))), 0)


def _count_one(limit: Limit, whose: str) -> int:
    at = real_now()
    row = insert_into(Throttle).values(key=key_of(limit, whose), count=1, window_ends_at=at + limit.window)
    is_over = Throttle.window_ends_at <= at
    row = row.on_conflict_do_update(
        index_elements=[Throttle.key],
        set_={
            "count": case((is_over, 1), else_=Throttle.count + 1),
            "window_ends_at": case((is_over, row.excluded.window_ends_at), else_=Throttle.window_ends_at),
        },
    )
    count, ends_at = db.session.execute(row.returning(Throttle.count, Throttle.window_ends_at)).one()
    return max(1, ceil((ends_at - at).total_seconds())) if count > limit.most else 0


def key_of(limit: Limit, whose: str) -> str:
    """Hashed: the table is no list of who tried to sign in from where."""
    return f"{limit.name}:{hashlib.sha256(whose.encode()).hexdigest()}"
