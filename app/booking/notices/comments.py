"""A comment is told to the other side, never to who wrote it."""

from flask_babel import gettext as _

from app.accounts.models import User
from app.booking.events import CommentAdded
from app.booking.models import Booking, Comment
from app.booking.notices.dates import News, date_of, tell_people
from app.booking.permissions import may_read_internal
from app.booking.queries.people import list_askers, list_deciders
from app.extensions import db

COMMENT = News("comment", lambda: _("%(reference)s: there is a new comment about %(what)s on %(when)s."))


def tell_comment(event: CommentAdded) -> None:
    """One letter a person; each comment is news of its own."""
    date, comment = date_of(event), db.session.get_one(Comment, event.comment_id)
    people = [one for one in _others(comment.author, date.booking, event.lab_ids) if one.id != event.actor_id]
    tell_people(event, date, COMMENT, people, nth=f"comment-{comment.id}", comment=comment)


def _others(author: User, booking: Booking, lab_ids: tuple[int, ...]) -> list[User]:
    """The other side; who is of both sides writes to both."""
    others: list[User] = []
    if booking.organisation_id in author.organisation_ids():
        others += list_deciders(lab_ids)
    if may_read_internal(author, booking):
        others += list_askers(booking)
    return others
