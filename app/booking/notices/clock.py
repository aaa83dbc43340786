"""Reminders: one letter a person with all that waits for them, however many requests."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence

from flask_babel import ngettext

from app.accounts.models import Role, User
from app.booking.events import BookingOverdue, BookingReminded, OccurrenceEvent
from app.booking.models import Occurrence
from app.booking.notices.dates import labs_to_clear, recipient
from app.booking.queries.people import list_deciders, list_office, list_safety_officers, list_with_role
from app.core.i18n import in_language
from app.extensions import db
from app.notifications.letters import write_letter
from app.notifications.recipients import Recipient
from app.notifications.services.write import post_notice, queue_mail
from app.web.formats import number_text

KINDS = frozenset((BookingReminded, BookingOverdue))


def tell(events: Sequence[OccurrenceEvent]) -> None:
    """Remind those who answer; of what is overdue the lab's managers and the office hear as well."""
    heard: dict[User, dict[int, Occurrence]] = defaultdict(dict)
    for event in events:
        date = db.session.get_one(Occurrence, event.subject_id)
        for person in _audience(event, date):
            heard[person][date.id] = date
    for person, dates in heard.items():
        if person.is_active:
            _write(person, list(dates.values()))


def _audience(event: OccurrenceEvent, date: Occurrence) -> Iterable[User]:
    """Those whose yes is awaited now."""
    waiting = {item.equipment.lab_id for item in date.items if item.agreed_at is None}
    found = [*list_deciders(waiting), *list_safety_officers(labs_to_clear(date))]
    if isinstance(event, BookingOverdue):
        found += [*list_with_role(event.lab_ids, Role.MANAGER), *list_office()]
    return found


def _write(person: User, dates: Sequence[Occurrence]) -> None:
    to = recipient(person, dates[0])
    letter = write_letter("booking/mail/reminder", to, dates=dates, many=len(dates))
    told = ",".join(f"{date.id}.{date.sequence}.{date.escalated_at is not None}" for date in dates)
    dedup = f"reminder:{hashlib.sha256(told.encode()).hexdigest()[:16]}"
    queue_mail(to=to, letter=letter, dedup=dedup)
    post_notice(to=to, text=_line(to, len(dates)), path="/approvals", dedup=dedup)


def _line(to: Recipient, many: int) -> str:
    with in_language(to.language):
        said = ngettext(
            "%(shown)s request waits for an answer.",
            "%(shown)s requests wait for an answer.",
            many,
            shown=number_text(many),
        )
    return str(said)
