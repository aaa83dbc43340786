"""What fails is told once a person, however many dates of however many bookings give way to it."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from flask_babel import ngettext

from app.accounts.models import User
from app.booking.events import (
    BookingCut,
    BookingDisplaced,
    BookingExpired,
    BookingProposed,
    BookingReplaced,
    OccurrenceEvent,
)
from app.booking.models import Occurrence, Outage, OutageKind
from app.booking.notices.dates import recipient
from app.booking.queries.people import list_askers, list_deciders
from app.core.i18n import in_language, localized
from app.core.spans import Span
from app.core.text import isolated
from app.extensions import db
from app.notifications.letters import write_letter
from app.notifications.recipients import Recipient
from app.notifications.services.write import post_notice, queue_mail
from app.web.formats import number_text

GIVING_WAY = (BookingDisplaced, BookingCut, BookingReplaced)
"""One of these among what happened together makes it news of an outage."""


class Line(NamedTuple):
    """What became of one date."""

    fate: str
    """'cut', 'same_time', 'back', 'other_time' or 'homeless'."""
    date: Occurrence
    was: Span
    until: datetime | None = None
    """When it ends, or until when a proposal is held."""


@dataclass
class Heard:
    """All that one person hears."""

    own: list[Line] = field(default_factory=list)
    in_lab: list[Line] = field(default_factory=list)


def tell(events: Sequence[OccurrenceEvent]) -> None:
    """Tell each company's people what became of their dates, and the labs' people how many there were."""
    outage = db.session.get_one(Outage, next(e.outage_id for e in events if isinstance(e, GIVING_WAY)))
    heard: dict[User, Heard] = defaultdict(Heard)
    for event, line in _lines(events):
        for person in list_askers(line.date.booking):
            heard[person].own.append(line)
        for person in list_deciders(event.lab_ids):
            if person.id != event.actor_id:
                heard[person].in_lab.append(line)
    for person, its in heard.items():
        if person.is_active:
            _write(person, outage, its)


def _lines(events: Iterable[OccurrenceEvent]) -> list[tuple[OccurrenceEvent, Line]]:
    """The last thing that happened to each date, for those whose address is proved."""
    by_date: dict[int, list[OccurrenceEvent]] = defaultdict(list)
    for event in events:
        by_date[event.subject_id].append(event)
    found = [(its[-1], _line(its)) for its in by_date.values() if not isinstance(its[-1], BookingExpired)]
    return sorted(found, key=lambda one: one[1].was)


def _line(its: Sequence[OccurrenceEvent]) -> Line:
    first, last = its[0], its[-1]
    date = db.session.get_one(Occurrence, last.subject_id)
    was = Span(first.starts_at, first.ends_at)
    match last:
        case BookingCut():
            return Line("cut", date, Span(last.starts_at, last.planned_ends_at), last.ends_at)
        case BookingReplaced():
            return Line("same_time" if last.from_equipment_ids else "back", date, was)
        case BookingProposed():
            return Line("other_time", date, Span(last.from_starts_at, last.from_ends_at), last.expires_at)
    return Line("homeless", date, was)


def _write(person: User, outage: Outage, heard: Heard) -> None:
    lines = heard.own or heard.in_lab
    to = recipient(person, lines[0].date)
    letter = write_letter(
        "booking/mail/outage",
        to,
        outage=outage,
        is_closure=outage.kind is OutageKind.CLOSURE,
        place=outage.equipment or outage.lab or outage.site,
        own=heard.own,
        in_lab=heard.in_lab,
    )
    dedup = _dedup(outage, lines)
    queue_mail(to=to, letter=letter, dedup=dedup)
    references = {line.date.booking.reference for line in heard.own}
    path = f"/outages/{outage.id}" if not heard.own else "/bookings"
    if len(references) == 1:
        path = f"/bookings/{references.pop()}"
    post_notice(to=to, text=_news(to, outage, lines), path=path, dedup=dedup)


def _news(to: Recipient, outage: Outage, lines: Sequence[Line]) -> str:
    with in_language(to.language):
        place = outage.equipment or outage.lab or outage.site
        names = {"what": isolated(localized(place)), "shown": number_text(len(lines))}
        if all(line.fate == "back" for line in lines):
            said = ngettext(
                "%(what)s can be used again: %(shown)s date is back.",
                "%(what)s can be used again: %(shown)s dates are back.",
                len(lines),
                **names,
            )
        else:
            said = ngettext(
                "%(what)s cannot be used: %(shown)s date had to give way.",
                "%(what)s cannot be used: %(shown)s dates had to give way.",
                len(lines),
                **names,
            )
    return str(said)


def _dedup(outage: Outage, lines: Sequence[Line]) -> str:
    """The same for the same news told twice, and for no other."""
    told = ",".join(f"{line.date.id}.{line.date.sequence}.{line.fate}" for line in lines)
    return f"outage:{outage.id}:{hashlib.sha256(told.encode()).hexdigest()[:16]}"
