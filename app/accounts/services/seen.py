"""When a session or a token was used last: kept to the minute, for not every request has to write."""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import InstrumentedAttribute

from app.core.clock import now
from app.core.db import unit_of_work
from app.core.errors import Busy
from app.extensions import db

SEEN_EVERY = timedelta(minutes=1)


def note_use(noted_in: InstrumentedAttribute[Any], row_id: int, last: datetime | None) -> bool:
    """Note in this column that the row is in use, unless that was noted (`last`) within the minute.

    True when it was tried: the caller's transaction is over then, and what it read must be read anew.
    """
    if last is not None and now() - last < SEEN_EVERY:
        return False
    with suppress(Busy):  # the next request will note it; this one has better things to wait for
        _note(noted_in, row_id, now())
    return True


@unit_of_work
def _note(noted_in: InstrumentedAttribute[Any], row_id: int, at: datetime) -> None:
    """One UPDATE and no object: the row may be gone by now, and then there is nothing to note."""
    model = noted_in.class_
    db.session.execute(update(model).where(model.id == row_id).values({noted_in: at}))
