"""Files with results, as far as the one who asks may see them."""

from collections.abc import Sequence

from sqlalchemy import select

from app.accounts.models import User
from app.booking.models import Booking, ResultFile
from app.booking.permissions import is_concerned
from app.core.errors import NotFound
from app.extensions import db


def list_results(booking: Booking) -> Sequence[ResultFile]:
    """Oldest first; whoever asks has been shown the booking."""
    return db.session.scalars(
        select(ResultFile).where(ResultFile.booking_id == booking.id).order_by(ResultFile.id)
    ).all()


def get_result(actor: User, file: str) -> ResultFile:
    """For the organisation's people and the labs'. NotFound for everybody else."""
    found = db.session.scalar(select(ResultFile).where(ResultFile.file == file))
    booking = db.session.get(Booking, found.booking_id) if found else None
    if found is None or booking is None or not is_concerned(actor, booking):
        raise NotFound
    return found


def kept_results() -> set[str]:
    """The names of all files that a row names (for the sweep)."""
    return set(db.session.scalars(select(ResultFile.file)))
