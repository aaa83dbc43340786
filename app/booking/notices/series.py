"""News of several dates of one booking at once: one letter and one line a person."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import ngettext

from app.accounts.models import User
from app.booking.events import (
    BookingApproved,
    BookingCancelled,
    BookingConfirmed,
    BookingDeclined,
    BookingLost,
    BookingPartlyApproved,
    BookingProposed,
    BookingRequested,
    OccurrenceEvent,
    ProposalAccepted,
)
from app.booking.models import Booking, Occurrence
from app.booking.notices.dates import labs_of, labs_to_clear, recipient, what_of
from app.booking.notices.links import links_for
from app.booking.queries.people import list_askers, list_deciders, list_safety_officers
from app.booking.wording import DECLINE_REASONS, MODES
from app.core.i18n import in_language, localized
from app.core.text import isolated
from app.extensions import db
from app.notifications.letters import write_letter
from app.notifications.recipients import Recipient
from app.notifications.services.write import post_notice, queue_mail
from app.web.formats import number_text


@dataclass(frozen=True)
class Part:
    """What happened to some of the dates, and what was written to them."""

    name: str
    dates: Sequence[Occurrence]
    reason_code: str = ""
    words: str = ""


def tell(events: Sequence[OccurrenceEvent]) -> None:
    """Tell everybody what happened to the dates; nobody before the asker's address is proved."""
    dates = {date.id: date for date in _dates(events)}
    heard: dict[User, list[Part]] = defaultdict(list)
    proved = [event for event in events if dates[event.subject_id].expires_at is None]
    for group in _alike(proved, dates):
        first, its = group[0], [dates[event.subject_id] for event in group]
        for person, name in _audience(first, its[0]):
            words = _words(first, its[0])
            heard[person].append(Part(name, its, getattr(first, "reason_code", ""), words))
    for person, parts in heard.items():
        _write(person, parts)


def _alike(events: Iterable[OccurrenceEvent], dates: Mapping[int, Occurrence]) -> list[list[OccurrenceEvent]]:
    """What is told in the same words to the same people, together."""
    groups: dict[object, list[OccurrenceEvent]] = defaultdict(list)
    for event in events:
        said = getattr(event, "reason_code", ""), _words(event, dates[event.subject_id])
        groups[type(event), event.lab_ids, said].append(event)
    return list(groups.values())


def _audience(event: OccurrenceEvent, date: Occurrence) -> Iterable[tuple[User, str]]:
    """Who hears of it, and as what."""
    match event:
        case BookingRequested() | BookingConfirmed():
            hear = [(person, "to_decide") for person in list_deciders(event.lab_ids)]
            hear += [(person, "requested") for person in list_askers(date.booking)]
        case BookingCancelled():
            both = dict.fromkeys([*list_askers(date.booking), *list_deciders(event.lab_ids)])
            hear = [(person, "cancelled") for person in both if person.id != event.actor_id]
        case BookingPartlyApproved():
            hear = [(person, "to_clear") for person in list_safety_officers(labs_to_clear(date))]
        case ProposalAccepted():
            both = dict.fromkeys([*list_askers(date.booking), *list_deciders(event.lab_ids)])
            hear = [(person, "accepted") for person in both]
        case _:
            hear = [(person, _ANSWERS[type(event)]) for person in list_askers(date.booking)]
    return ((person, name) for person, name in hear if person.is_active)


def _words(event: OccurrenceEvent, date: Occurrence) -> str:
    """What was written to the other side: with a no, with a yes, and when it was called off."""
    if isinstance(event, BookingProposed):
        return event.message
    return date.reason if isinstance(event, BookingApproved) else getattr(event, "reason", "")


def _write(person: User, parts: Sequence[Part]) -> None:
    dates = [date for part in parts for date in part.dates]
    booking, to = dates[0].booking, recipient(person, dates[0])
    names = {part.name for part in parts}
    name = names.pop() if len(names) == 1 else "news"
    # What could not be had is told with the request itself, to who made it.
    is_new = all(date.sequence == 0 for date in dates) and person.id == booking.requester_id
    letter = write_letter(
        "booking/mail/series",
        to,
        name=name,
        parts=parts,
        booking=booking,
        items=dates[0].asked,
        labs=labs_of(dates[0]),
        count=len(dates),
        skipped=booking.skipped if is_new else (),
        answer_by=max((date.answer_by for date in dates if date.answer_by), default=None),
        modes=MODES,
        reasons=DECLINE_REASONS,
        links=links_for(person, asked=_of(parts, "to_decide"), proposed=_of(parts, "proposed")),
    )
    dedup = _dedup(name, dates)
    queue_mail(to=to, letter=letter, dedup=dedup)
    path = f"/bookings/{booking.reference}"
    post_notice(to=to, text=_line(name, to, booking, dates), path=path, dedup=dedup)


def _of(parts: Sequence[Part], name: str) -> list[Occurrence]:
    return [date for part in parts if part.name == name for date in part.dates]


def _line(name: str, to: Recipient, booking: Booking, dates: Sequence[Occurrence]) -> str:
    with in_language(to.language):
        names = {
            "reference": isolated(booking.reference),
            "who": isolated(localized(booking.organisation)),
            "what": isolated(what_of(dates[0])),
            "shown": number_text(len(dates)),
        }
        return _LINES.get(name, _LINES["news"])(len(dates), names)


def _dedup(name: str, dates: Sequence[Occurrence]) -> str:
    """The same for the same change told twice, and for no other."""
    told = ",".join(f"{date.id}.{date.sequence}" for date in dates)
    return f"dates:{name}:{hashlib.sha256(told.encode()).hexdigest()[:16]}"


def _dates(events: Sequence[OccurrenceEvent]) -> Sequence[Occurrence]:
    return [db.session.get_one(Occurrence, event.subject_id) for event in events]


_ANSWERS: dict[type[OccurrenceEvent], str] = {
    BookingApproved: "approved",
    BookingDeclined: "declined",
    BookingLost: "lost",
    BookingProposed: "proposed",
}
_LINES: dict[str, Callable[[int, dict[str, str]], str]] = {
    "to_decide": lambda many, names: ngettext(
        "%(reference)s: %(who)s asks for %(what)s on %(shown)s date.",
        "%(reference)s: %(who)s asks for %(what)s on %(shown)s dates.",
        many,
        **names,
    ),
    "requested": lambda many, names: ngettext(
        "%(reference)s: your request for %(what)s on %(shown)s date was sent.",
        "%(reference)s: your request for %(what)s on %(shown)s dates was sent.",
        many,
        **names,
    ),
    "approved": lambda many, names: ngettext(
        "%(reference)s: %(shown)s date of %(what)s is approved.",
        "%(reference)s: %(shown)s dates of %(what)s are approved.",
        many,
        **names,
    ),
    "declined": lambda many, names: ngettext(
        "%(reference)s: %(shown)s date of %(what)s was declined.",
        "%(reference)s: %(shown)s dates of %(what)s were declined.",
        many,
        **names,
    ),
    "cancelled": lambda many, names: ngettext(
        "%(reference)s: %(shown)s date of %(what)s was called off.",
        "%(reference)s: %(shown)s dates of %(what)s were called off.",
        many,
        **names,
    ),
    "news": lambda many, names: ngettext(
        "%(reference)s: there is news of %(shown)s date of %(what)s.",
        "%(reference)s: there is news of %(shown)s dates of %(what)s.",
        many,
        **names,
    ),
}
