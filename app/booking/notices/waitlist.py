"""Who waits is told when it is their turn, and when waiting is over."""

from collections.abc import Callable
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy.orm import joinedload

from app.accounts.recipients import recipient_of
from app.booking.events import (
    WaitlistEvent,
    WaitlistExpired,
    WaitlistLapsed,
    WaitlistOffered,
    WaitlistPassed,
    WaitlistRemoved,
    WaitlistTakenBack,
)
from app.booking.models import WaitlistEntry, WaitlistOffer
from app.core.i18n import in_language, localized
from app.core.text import isolated
from app.extensions import db
from app.inventory.models import Site
from app.inventory.queries.places import home_zone
from app.notifications.letters import write_letter
from app.notifications.recipients import Recipient
from app.notifications.services.write import post_notice, queue_mail
from app.web.formats import day_text, span_text


@dataclass(frozen=True)
class News:
    """One piece of news about a wait: the letter's template and the line for the page."""

    name: str
    line: Callable[[], str]
    """The line, with the places %(what)s and %(when)s, in the present language."""


OFFERED = News("offered", lambda: _("Time became free: %(what)s, %(when)s. It is held for you."))
PASSED_ON = News("passed_on", lambda: _("The time held for you went to the next: %(what)s, %(when)s."))
TAKEN_BACK = News("taken_back", lambda: _("The time held for you cannot be used: %(what)s, %(when)s."))
LAPSED = News("lapsed", lambda: _("You wait no longer for %(what)s: nobody answered."))
REMOVED = News("removed", lambda: _("The lab has taken you off the waitlist: %(what)s."))
EXPIRED = News("expired", lambda: _("Nothing became free in time: %(what)s until %(when)s."))


def tell_offered(event: WaitlistOffered) -> None:
    _tell(event, OFFERED)


def tell_passed(event: WaitlistPassed) -> None:
    """Who let it go by word knows it."""
    if not event.is_answered:
        _tell(event, PASSED_ON)


def tell_taken_back(event: WaitlistTakenBack) -> None:
    _tell(event, TAKEN_BACK)


def tell_lapsed(event: WaitlistLapsed) -> None:
    _tell(event, LAPSED)


def tell_removed(event: WaitlistRemoved) -> None:
    _tell(event, REMOVED, reason=event.reason)


def tell_expired(event: WaitlistExpired) -> None:
    _tell(event, EXPIRED)


def _tell(event: WaitlistEvent, news: News, **more: str) -> None:
    entry = db.session.get_one(
        WaitlistEntry,
        event.subject_id,
        options=[joinedload(WaitlistEntry.user), joinedload(WaitlistEntry.equipment)],
    )
    if not entry.user.is_active:
        return
    offer = entry.offers[-1] if entry.offers else None
    to, dedup = _recipient(entry, offer), f"waitlist:{entry.id}:{news.name}:{offer.id if offer else 0}"
    letter = write_letter(f"booking/mail/waitlist/{news.name}", to, entry=entry, offer=offer, **more)
    queue_mail(to=to, letter=letter, dedup=dedup)
    post_notice(to=to, text=_line(news, to, entry, offer), path=f"/waitlist/{entry.id}", dedup=dedup)


def _recipient(entry: WaitlistEntry, offer: WaitlistOffer | None) -> Recipient:
    """Who waits, told the time of the place where it is."""
    equipment = offer.equipment if offer else entry.equipment
    site: Site | None = equipment.lab.site if equipment else entry.lab.site if entry.lab else None
    return recipient_of(entry.user, zone_name=site.zone_name if site else home_zone().key)


def _line(news: News, to: Recipient, entry: WaitlistEntry, offer: WaitlistOffer | None) -> str:
    with in_language(to.language):
        what = localized((offer.equipment if offer else entry.equipment) or entry.category)
        if offer is not None and news is not EXPIRED:
            when = span_text(offer.span, to.zone)
        else:
            when = day_text(entry.wanted_to, to.zone)
        return news.line() % {"what": isolated(what), "when": when}
