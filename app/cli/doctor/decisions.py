"""Is what was taken back as if it had not been said?"""

from collections.abc import Iterator

from sqlalchemy import select

from app.booking.models import DecidedDate, Decision, Occurrence, OccurrenceItem
from app.extensions import db
from app.notifications.models import Mail, Notice


def what_was_taken_back_is_told_to_nobody() -> Iterator[str]:
    """No letter and no notice of an answer that was taken back is there."""
    back = select(Decision.bundle).where(Decision.taken_back_at.is_not(None))
    for id_ in db.session.scalars(select(Mail.id).where(Mail.bundle.in_(back))):
        yield f"mail {id_}: tells of an answer that was taken back"
    for id_ in db.session.scalars(select(Notice.id).where(Notice.bundle.in_(back))):
        yield f"notice {id_}: tells of an answer that was taken back"


def what_was_taken_back_waits() -> Iterator[str]:
    """A date to which nothing has happened since the answer was taken back waits, with no yes of it left."""
    rows = db.session.execute(
        select(DecidedDate, Occurrence)
        .join(Decision, Decision.id == DecidedDate.decision_id)
        .join(Occurrence, Occurrence.id == DecidedDate.occurrence_id)
        .where(Decision.taken_back_at.is_not(None), Occurrence.sequence == DecidedDate.sequence + 1)
    )
    for decided, date in rows:
        last = select(DecidedDate.id).where(DecidedDate.occurrence_id == date.id, DecidedDate.id > decided.id)
        if db.session.scalar(last.limit(1)) is not None:
            continue  # answered again, perhaps by one of several labs
        if date.state != "requested":
            yield f"date {date.id}: the answer was taken back, but it is {date.state}"
        agreed = select(OccurrenceItem.id).where(
            OccurrenceItem.id.in_(decided.agreed), OccurrenceItem.agreed_at.is_not(None)
        )
        for id_ in db.session.scalars(agreed):
            yield f"item {id_}: the yes was taken back, and still counts"
