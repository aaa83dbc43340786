"""Writing to each other about a booking."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.accounts.models import User
from app.booking.events import CommentAdded, InternalCommentAdded
from app.booking.models import Booking, Comment, CommentFile, Occurrence
from app.booking.permissions import is_concerned, labs_of, may_read_internal
from app.booking.queries.bookings import get_booking
from app.booking.queries.comments import count_comments
from app.booking.services.transitions import tell
from app.core.clock import now
from app.core.db import unit_of_work
from app.core.errors import Forbidden, InvalidInput, WrongState
from app.core.events import publish
from app.core.files import Accepted
from app.core.text import clean, one_line
from app.extensions import db

LONGEST_COMMENT = 4000
LONGEST_TITLE = 200
MOST_FILES = 5
MOST_COMMENTS = 500
"""Of a booking: whoever needs more should talk to each other."""


@dataclass(frozen=True)
class Attached:
    """A file that lies on disk already, under a random name."""

    title: str
    accepted: Accepted
    file: str


@unit_of_work
def add_comment(
    *,
    actor: User,
    reference: str,
    text: str,
    is_internal: bool = False,
    files: Sequence[Attached] = (),
) -> Comment:
    """Write to the other side, or, internal, to the labs' staff only. The other side gets a letter.

    Raises NotFound, Forbidden, InvalidInput, and WrongState as long as the address of who asked is not
    proved: nobody hears of the request before.
    """
    booking = get_booking(actor, reference)
    if not is_concerned(actor, booking) or (is_internal and not may_read_internal(actor, booking)):
        raise Forbidden
    if all(date.expires_at is not None for date in booking.occurrences):
        raise WrongState(verb="comment", state="unconfirmed")
    text = clean(text)
    if wrong := _wrong(text, files, booking):
        raise InvalidInput(wrong)
    comment = Comment(booking_id=booking.id, author_id=actor.id, text=text, is_internal=is_internal, at=now())
    comment.files = [_row(one) for one in files]
    db.session.add(comment)
    db.session.flush()
    if is_internal:
        publish(
            InternalCommentAdded(
                actor_id=actor.id,
                subject_id=comment.id,
                booking_id=booking.id,
                lab_ids=tuple(sorted(labs_of(booking))),
            )
        )
    else:
        tell(CommentAdded, _date_of(booking), actor, comment_id=comment.id)
    return comment


def _wrong(text: str, files: Sequence[Attached], booking: Booking) -> tuple[str, str] | None:
    if not text:
        return "text", "required"
    if len(text) > LONGEST_COMMENT:
        return "text", "too-long"
    if len(files) > MOST_FILES:
        return "files", "file-too-many"
    return ("text", "too_many") if count_comments(booking) >= MOST_COMMENTS else None


def _row(one: Attached) -> CommentFile:
    return CommentFile(
        title=one_line(one.title)[:LONGEST_TITLE] or "-",
        media_type=one.accepted.media_type,
        size=len(one.accepted.data),
        sha256=one.accepted.sha256,
        file=one.file,
    )


def _date_of(booking: Booking) -> Occurrence:
    """The next to come, else the last that was: on its timeline the comment stands."""
    return next((date for date in booking.occurrences if date.ends_at > now()), booking.occurrences[-1])
