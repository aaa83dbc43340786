"""Who is told what when an offer changes: a line in their news and a mail, in their language.

Written in the transaction of the change itself. Nobody is told what they did themselves.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from flask_babel import gettext as _

from app.accounts.models import User
from app.accounts.recipients import recipient_of
from app.core.clock import now
from app.core.i18n import in_language, localized
from app.core.text import isolated
from app.donations.events import (
    OfferAccepted,
    OfferAgreed,
    OfferAllocated,
    OfferCommissioned,
    OfferDeclined,
    OfferDelivered,
    OfferEvent,
    OfferInspected,
    OfferLapsed,
    OfferSubmitted,
    OfferWithdrawn,
)
from app.donations.models import Allocation, Consignment, Offer
from app.donations.queries.offers import list_standing_by, promised_to
from app.donations.queries.people import list_answering, list_givers
from app.donations.rules.states import Result
from app.extensions import db
from app.inventory.queries.places import home_zone
from app.needs.models import Need
from app.needs.rules.states import NeedState
from app.notifications.letters import write_letter
from app.notifications.recipients import Recipient
from app.notifications.services.write import post_notice, queue_mail
from app.web.links import path_to, public_address


@dataclass(frozen=True)
class News:
    """One piece of news: its name, and the line with %(offer)s and %(what)s in the present language."""

    name: str
    line: Callable[[], str]


RECEIVED = News("received", lambda: _("%(offer)s: your offer of %(what)s was received."))
TO_ANSWER = News("to_answer", lambda: _("%(offer)s: %(who)s offers %(what)s."))
ACCEPTED = News("accepted", lambda: _("%(offer)s: the university would like to have %(what)s."))
DECLINED = News("declined", lambda: _("%(offer)s: the university cannot take %(what)s."))
AGREED = News("agreed", lambda: _("%(offer)s: the agreement about %(what)s is recorded."))
DELIVERED = News("delivered", lambda: _("%(offer)s: a delivery of %(what)s was entered."))
FAILED = News("failed", lambda: _("%(offer)s: a unit of %(what)s did not pass its inspection."))
IN_SERVICE = News("in_service", lambda: _("%(offer)s: %(what)s is in service."))
DUE_SOON = News("due_soon", lambda: _("%(offer)s: the answer about %(what)s is due soon."))
OVERDUE = News("overdue", lambda: _("%(offer)s: the answer about %(what)s is overdue."))
LAPSED = News("lapsed", lambda: _("%(offer)s: the offer of %(what)s has lapsed."))
WITHDRAWN = News("withdrawn", lambda: _("%(offer)s: %(who)s took back the offer of %(what)s."))
ALLOCATED = News("allocated", lambda: _("%(offer)s: %(what)s was promised to a need."))
ROOM = News("room", lambda: _("%(offer)s: there is room now for %(what)s, which stands by."))


def tell_submitted(event: OfferSubmitted) -> None:
    """The donor reads who answers and until when, also who sent it: that is its receipt."""
    offer = _offer(event)
    _tell(event, offer, RECEIVED, list_givers(offer), also_actor=True)
    _tell(event, offer, TO_ANSWER, list_answering(offer))


def tell_accepted(event: OfferAccepted) -> None:
    _tell_givers(event, ACCEPTED)


def tell_declined(event: OfferDeclined) -> None:
    _tell_givers(event, DECLINED)
    tell_next(event)


def tell_withdrawn(event: OfferWithdrawn) -> None:
    """Nobody at the university has heard of a draft."""
    offer = _offer(event)
    if offer.submitted_at is not None:
        _tell(event, offer, WITHDRAWN, list_answering(offer, _labs(event)))
        tell_next(event)


def tell_lapsed(event: OfferLapsed) -> None:
    offer = _offer(event)
    _tell(event, offer, LAPSED, [*list_givers(offer), *list_answering(offer, _labs(event))])
    tell_next(event)


def tell_allocated(event: OfferAllocated) -> None:
    offer = _offer(event)
    once = f"{event.line_id}:{event.need_id}:{len(_allocations(offer))}"
    _tell(event, offer, ALLOCATED, list_answering(offer), once=once)


def tell_agreed(event: OfferAgreed) -> None:
    """What stood by is free again, but nothing that was reserved: nobody else moves up."""
    _tell_givers(event, AGREED)


def tell_delivered(event: OfferDelivered) -> None:
    offer = _offer(event)
    consignment = db.session.get_one(Consignment, event.consignment_id)
    _tell(event, offer, DELIVERED, list_givers(offer), once=str(consignment.id), came=consignment.lines)


def tell_inspected(event: OfferInspected) -> None:
    """Only of a unit that did not pass: what passed is told when it goes into service."""
    if event.result == Result.FAIL:
        offer = _offer(event)
        _tell(event, offer, FAILED, list_givers(offer), once=f"{event.unit_id}:{now().isoformat()}")


def tell_commissioned(event: OfferCommissioned) -> None:
    offer = _offer(event)
    _tell(
        event,
        offer,
        IN_SERVICE,
        list_givers(offer),
        once=str(event.unit_id),
        equipment=public_address(path_to("site.equipment", equipment_id=event.equipment_id)),
        impact=public_address(path_to("donations.impact", offer_id=offer.id)),
    )


def tell_next(event: OfferEvent) -> None:
    """Of each need that has room again: who stands by first, and who answers. Nothing is reserved.

    Also to who made the room: it is another offer, and its turn has to be seen by somebody.
    """
    told: set[int] = set()
    for allocation in list_standing_by(event.need_ids):
        need = allocation.need
        has_room = need.state is NeedState.PUBLISHED and promised_to(need.id) < need.quantity
        if need.id not in told and has_room:
            told.add(need.id)
            offer = allocation.line.offer
            people = [*list_givers(offer), *list_answering(offer)]
            once = f"{allocation.id}:{event.subject_id}"
            _tell(event, offer, ROOM, people, once=once, also_actor=True, need=need)


def _tell_givers(event: OfferEvent, news: News) -> None:
    offer = _offer(event)
    _tell(event, offer, news, list_givers(offer))


def _tell(
    event: OfferEvent,
    offer: Offer,
    news: News,
    people: Iterable[User],
    *,
    once: str = "",
    also_actor: bool = False,
    **values: object,
) -> None:
    told = {one.id: one for one in people if also_actor or one.id != event.actor_id}
    for person in told.values():
        tell_one(person, offer, news, f"offer:{offer.id}:{news.name}:{once}", event=event, **values)


def tell_one(person: User, offer: Offer, news: News, dedup: str, **values: object) -> None:
    """A line and a letter to one person, once for the `dedup`."""
    to = recipient_of(person, zone_name=home_zone().key)
    path = path_to("donations.show", offer_id=offer.id)
    letter = write_letter(
        f"donations/mail/{news.name}", to, offer=offer, address=public_address(path), **values
    )
    queue_mail(to=to, letter=letter, dedup=dedup)
    post_notice(to=to, text=_line(news, to, offer), path=path, dedup=dedup)


def _line(news: News, to: Recipient, offer: Offer) -> str:
    with in_language(to.language):
        return news.line() % {
            "offer": isolated(offer.reference),
            "what": isolated(offer.lines[0].description),
            "who": isolated(localized(offer.organisation)),
        }


def _allocations(offer: Offer) -> list[Allocation]:
    return [one for line in offer.lines for one in line.allocations]


def _labs(event: OfferEvent) -> set[int]:
    """Of the needs it was meant for, also where nothing is promised any more."""
    return {db.session.get_one(Need, need_id).lab_id for need_id in event.need_ids}


def _offer(event: OfferEvent) -> Offer:
    return db.session.get_one(Offer, event.subject_id)
