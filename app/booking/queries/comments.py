"""What was written about a booking, as far as the one who asks may read it."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from app.accounts.models import User
from app.booking.models import Booking, Comment, CommentFile
from app.booking.permissions import is_concerned, may_read_internal
from app.core.errors import NotFound
from app.extensions import db


def list_comments(
    actor: User, booking: Booking, *, after: int = 0, limit: int | None = None
) -> Sequence[Comment]:
    """Oldest first; internal ones for the labs' staff only, none for who is not concerned."""
    if not is_concerned(actor, booking):
        return ()
    wanted = (
        select(Comment)
        .where(Comment.booking_id == booking.id, Comment.id > after)
        .options(joinedload(Comment.author), selectinload(Comment.files))
        .order_by(Comment.id)
        .limit(limit)
    )
    if not may_read_internal(actor, booking):
        wanted = wanted.where(Comment.is_internal.is_(False))
    return db.session.scalars(wanted).all()


def count_comments(booking: Booking) -> int:
    return db.session.scalar(select(func.count(Comment.id)).where(Comment.booking_id == booking.id)) or 0


def get_comment_file(actor: User, file: str) -> CommentFile:
    """For who may read the comment it came with. NotFound for everybody else."""
    found = db.session.scalar(
        select(CommentFile).where(CommentFile.file == file).options(joinedload(CommentFile.comment))
    )
    booking = db.session.get(Booking, found.comment.booking_id) if found else None
    if found is None or booking is None or not is_concerned(actor, booking):
        raise NotFound
    if found.comment.is_internal and not may_read_internal(actor, booking):
        raise NotFound
    return found


def kept_comment_files() -> set[str]:
    """The names of all files that a row names (for the sweep)."""
    return set(db.session.scalars(select(CommentFile.file)))
