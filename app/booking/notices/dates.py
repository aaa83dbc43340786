"""News of one date of a booking.

The one who did it is told only what they asked for (their own request and its answer). What is meant for
who asked goes to the company's admins once they have left.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy.orm import joinedload

from app.accounts.models import User
from app.accounts.recipients import recipient_of
from app.booking.events import (
    BookingApproved,
    BookingCancelled,
    BookingConfirmed,
    BookingDeclined,
    BookingExpired,
    BookingLost,
    BookingMissed,
    BookingMoved,
    BookingPassedOn,
    BookingProposed,
    BookingRequested,
    OccurrenceEvent,
    ProposalAccepted,
    ProposalExpired,
    ResultAdded,
    SamplesReceived,
    SamplesReturned,
)
from app.booking.models import Booking, Occurrence
from app.booking.notices.links import links_for
from app.booking.queries.people import list_askers, list_deciders, list_safety_officers
from app.booking.wording import DECLINE_REASONS, MODES
from app.core.clock import now
from app.core.i18n import in_language, localized
from app.core.spans import Span
from app.core.text import isolated
from app.extensions import db
from app.inventory.models import Lab
from app.notifications.letters import write_letter
from app.notifications.recipients import Recipient
from app.notifications.services.write import post_notice, queue_mail
from app.web.formats import day_text


@dataclass(frozen=True)
class News:
    """One piece of news about one date: the letter's template and the line for the page."""

    name: str
    line: Callable[[], str]
    """The line, with the places %(reference)s, %(what)s and %(when)s, in the present language."""


TO_DECIDE = News("to_decide", lambda: _("%(reference)s: %(who)s asks for %(what)s on %(when)s."))
REQUESTED = News("requested", lambda: _("%(reference)s: your request for %(what)s on %(when)s was sent."))
APPROVED = News("approved", lambda: _("%(reference)s is approved: %(what)s on %(when)s."))
DECLINED = News("declined", lambda: _("%(reference)s was declined: %(what)s on %(when)s."))
LOST = News("lost", lambda: _("%(reference)s: the time went to another request: %(what)s on %(when)s."))
TO_CLEAR = News("to_clear", lambda: _("%(reference)s waits for the safety officer: %(what)s on %(when)s."))
CANCELLED = News("cancelled", lambda: _("%(reference)s was called off: %(what)s on %(when)s."))
MOVED = News("moved", lambda: _("%(reference)s moved: %(what)s, now on %(when)s."))
EXPIRED = News("expired", lambda: _("%(reference)s expired without an answer: %(what)s on %(when)s."))

MISSED = News("missed", lambda: _("Nobody came to %(reference)s: %(what)s on %(when)s."))

PASSED_ON = News("passed_on", lambda: _("%(reference)s has a new contact: %(what)s on %(when)s."))

OF_SAMPLES = {
    SamplesReceived: News("samples_received", lambda: _("%(reference)s: your samples have arrived.")),
    SamplesReturned: News("samples_returned", lambda: _("%(reference)s: your samples were sent back.")),
    ResultAdded: News("result_added", lambda: _("%(reference)s: results are there.")),
}

PROPOSED = News("proposed", lambda: _("%(reference)s: another time is held for you: %(what)s, %(when)s."))
ACCEPTED = News("accepted", lambda: _("%(reference)s: the other time was accepted: %(what)s, %(when)s."))
UNANSWERED = News(
    "unanswered", lambda: _("%(reference)s: the other time was not answered: %(what)s, %(when)s.")
)


def tell_requested(event: BookingRequested | BookingConfirmed) -> None:
    """The lab is asked, the company sees that its request went out; nobody before the address is proved."""
    date = date_of(event)
    if date.expires_at is None:
        if any(item.agreed_at is None for item in date.items):
            tell_the_lab(event, date, TO_DECIDE)
        else:
            tell_partly(event)
        tell_people(event, date, REQUESTED, list_askers(date.booking))


def tell_approved(event: BookingApproved) -> None:
    date = date_of(event)
    tell_people(event, date, APPROVED, list_askers(date.booking))


def tell_declined(event: BookingDeclined) -> None:
    date = date_of(event)
    tell_people(event, date, DECLINED, list_askers(date.booking))


def tell_lost(event: BookingLost) -> None:
    date = date_of(event)
    tell_people(event, date, LOST, list_askers(date.booking))


def tell_partly(event: OccurrenceEvent) -> None:
    """The safety officers of labs that have agreed and ask them as well."""
    date = date_of(event)
    labs = labs_to_clear(date)
    if labs:
        tell_people(event, date, TO_CLEAR, list_safety_officers(labs), nth=f"{event.sequence}:{sorted(labs)}")


def labs_to_clear(date: Occurrence) -> set[int]:
    """The labs that have agreed and whose safety officer has not."""
    return {
        item.equipment.lab_id for item in date.items if item.agreed_at is not None and not item.is_settled
    }


def tell_cancelled(event: BookingCancelled) -> None:
    _tell_the_others(event, CANCELLED)


def tell_moved(event: BookingMoved) -> None:
    """The other side hears of it; where the lab has to answer again, it is asked."""
    _tell_the_others(event, MOVED)


def tell_expired(event: BookingExpired) -> None:
    date = date_of(event)
    if date.expires_at is None:  # who never proved an address is not written to again
        tell_people(event, date, EXPIRED, list_askers(date.booking))


def tell_missed(event: BookingMissed) -> None:
    date = date_of(event)
    tell_people(event, date, MISSED, list_askers(date.booking))


def tell_passed_on(event: BookingPassedOn) -> None:
    """Both hear of it; at each change anew, though nothing else of the date has changed."""
    date = date_of(event)
    both = [db.session.get_one(User, id_) for id_ in (event.from_id, event.to_id)]
    tell_people(event, date, PASSED_ON, both, nth=now().isoformat())


def tell_samples(event: SamplesReceived | SamplesReturned | ResultAdded) -> None:
    """Each file is news of its own."""
    date = date_of(event)
    tell_people(event, date, OF_SAMPLES[type(event)], list_askers(date.booking), nth=now().isoformat())


def tell_proposed(event: BookingProposed) -> None:
    date = date_of(event)
    tell_people(event, date, PROPOSED, list_askers(date.booking))


def tell_proposal_ended(event: ProposalAccepted | ProposalExpired) -> None:
    """Both sides hear what became of the time that was held."""
    date = date_of(event)
    news = ACCEPTED if isinstance(event, ProposalAccepted) else UNANSWERED
    tell_people(event, date, news, [*list_askers(date.booking), *list_deciders(event.lab_ids)])


def tell_the_lab(event: OccurrenceEvent, date: Occurrence, news: News) -> None:
    tell_people(event, date, news, list_deciders(event.lab_ids))


def _tell_the_others(event: OccurrenceEvent, news: News) -> None:
    date = date_of(event)
    people = [*list_askers(date.booking), *list_deciders(event.lab_ids)]
    tell_people(event, date, news, [person for person in people if person.id != event.actor_id])


def tell_people(
    event: OccurrenceEvent,
    date: Occurrence,
    news: News,
    people: Iterable[User],
    *,
    nth: str = "",
    **more: object,
) -> None:
    """Once a person, sequence and `nth`; `more` is for the letter."""
    dedup = f"occurrence:{date.id}:{news.name}:{nth or event.sequence}"
    for person in {person.id: person for person in people if person.is_active}.values():
        to = recipient(person, date)
        links = links_for(
            person,
            asked=[date] if news in (TO_DECIDE, TO_CLEAR, MOVED) else (),
            proposed=[date] if news is PROPOSED else (),
        )
        letter = write_letter(f"booking/mail/{news.name}", to, links=links, **_values(event, date), **more)
        queue_mail(to=to, letter=letter, dedup=dedup)
        post_notice(to=to, text=_line(news, to, date), path=f"/bookings/{event.reference}", dedup=dedup)


def recipient(person: User, date: Occurrence) -> Recipient:
    """The person, told the time of the lab that the date is in."""
    return recipient_of(person, zone_name=date.items[0].equipment.lab.site.zone_name)


def what_of(date: Occurrence) -> str:
    """What the date is on, in the present language: the first by name."""
    first = localized(date.items[0].equipment)
    return first if len(date.asked) == 1 else str(_("%(first)s and more", first=first))


def labs_of(date: Occurrence) -> list[Lab]:
    """Where it takes place."""
    return list({item.equipment.lab_id: item.equipment.lab for item in date.items}.values())


def _values(event: OccurrenceEvent, date: Occurrence) -> dict[str, object]:
    """What the letters are filled with."""
    return {
        "event": event,
        "date": date,
        "booking": date.booking,
        "labs": labs_of(date),
        "was": Span(event.from_starts_at, event.from_ends_at)
        if isinstance(event, BookingMoved | BookingProposed)
        else None,
        "modes": MODES,
        "reasons": DECLINE_REASONS,
    }


def _line(news: News, to: Recipient, date: Occurrence) -> str:
    with in_language(to.language):
        return news.line() % {
            "reference": isolated(date.booking.reference),
            "who": isolated(localized(date.booking.organisation)),
            "what": isolated(what_of(date)),
            "when": day_text(date.starts_at, to.zone),
        }


def date_of(event: OccurrenceEvent) -> Occurrence:
    return db.session.get_one(
        Occurrence,
        event.subject_id,
        options=[joinedload(Occurrence.booking).joinedload(Booking.requester)],
    )
