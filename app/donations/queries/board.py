"""The list of offers: searched, sorted, a page at a time."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, UnaryExpression, and_, func, or_, select

from app.accounts.models import Organisation, User
from app.agreements.models import Agreement
from app.core.counting import Count
from app.core.text import ascii_digits, fold, folded_words
from app.donations.models import Offer, OfferLine
from app.donations.queries.offers import WHOLE, visible_to
from app.donations.rules.states import OfferState
from app.extensions import db

LONGEST_QUERY = 200
PAGE = 20
S = OfferState
_REFERENCE = re.compile(r"GF[-\s]?\d{4}[-\s]?0*(\d{1,9})", re.IGNORECASE)


class Tab(StrEnum):
    TO_ANSWER = "answer"
    ON_THE_WAY = "way"
    IN_SERVICE = "service"
    CLOSED = "closed"


class Sort(StrEnum):
    NEWEST = "newest"
    DUE = "due"
    DONOR = "donor"


STATES_OF = {
    Tab.TO_ANSWER: (S.SUBMITTED, S.IN_REVIEW),
    Tab.ON_THE_WAY: (S.ACCEPTED, S.AGREED, S.DELIVERING),
    Tab.IN_SERVICE: (S.IN_SERVICE,),
    Tab.CLOSED: (S.DECLINED, S.WITHDRAWN, S.LAPSED),
}


@dataclass(frozen=True, kw_only=True)
class Board:
    """One page of offers. `total` counts every page."""

    items: Sequence[Offer]
    total: int
    page: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE))


@dataclass(frozen=True)
class Called:
    """An offer in a line. `name` and `name_fa` are the donor's."""

    id: int
    reference: str
    name: str
    name_fa: str | None
    things: Sequence[str]


def search_offers(
    actor: User, *, tab: Tab | None = None, q: str = "", sort: Sort = Sort.NEWEST, page: int = 1
) -> Board:
    """What the actor may see, other people's drafts left out.

    Every folded word of `q` must occur in what is offered, the donor's name or a number. A page beyond
    the last is the last.
    """
    wanted = [visible_to(actor), _handed_in(actor)]
    if tab is not None:
        wanted.append(Offer.state.in_(STATES_OF[tab]))
    ids = _found(wanted, q[:LONGEST_QUERY], sort)
    page = min(max(page, 1), max(1, -(-len(ids) // PAGE)))
    shown = ids[(page - 1) * PAGE : page * PAGE]
    rows = db.session.scalars(select(Offer).where(Offer.id.in_(shown)).options(*WHOLE))
    by_id = {offer.id: offer for offer in rows}
    return Board(items=[by_id[id_] for id_ in shown], total=len(ids), page=page)


def list_called(actor: User, q: str) -> list[Called]:
    """What the actor may see that the words are about, the newest first."""
    return _called([visible_to(actor), _handed_in(actor)], q[:LONGEST_QUERY], Sort.NEWEST)


def find_by_reference(actor: User, reference: str) -> int | None:
    """The id of the offer of this reference, if the actor may see it."""
    named = _REFERENCE.fullmatch(reference)
    if named is None:
        return None
    return db.session.scalar(
        select(Offer.id).where(Offer.id == int(named[1]), visible_to(actor), _handed_in(actor))
    )


def select_to_answer(actor: User) -> Count:
    """How many offers wait for an answer that this person could give or see given."""
    return (
        select(func.count())
        .select_from(Offer)
        .where(
            Offer.state.in_(STATES_OF[Tab.TO_ANSWER]),
            Offer.organisation_id.not_in(actor.organisation_ids()),
        )
    )


def select_on_the_way(actor: User) -> Count:
    """How many offers were accepted and are not in service yet."""
    return select(func.count(Offer.id)).where(visible_to(actor), Offer.state.in_(STATES_OF[Tab.ON_THE_WAY]))


def select_offers_of(actor: User) -> Count:
    """How many offers the organisations of this person have made."""
    return select(func.count(Offer.id)).where(Offer.organisation_id.in_(actor.organisation_ids()))


def _handed_in(actor: User) -> ColumnElement[bool]:
    """A draft is nobody's business but the donor's."""
    return or_(Offer.state != OfferState.DRAFT, Offer.organisation_id.in_(actor.organisation_ids()))


def _found(wanted: Sequence[ColumnElement[bool]], q: str, sort: Sort) -> list[int]:
    """The ids of all pages in order."""
    return [one.id for one in _called(wanted, q, sort)]


def _called(wanted: Sequence[ColumnElement[bool]], q: str, sort: Sort) -> list[Called]:
    """All that the words are about, in order; without words not what they offer."""
    rows = db.session.execute(
        select(Offer.id, Offer.created_at, Organisation.name, Organisation.name_fa, Agreement.number)
        .join(Offer.organisation)
        .outerjoin(Offer.agreement)
        .where(and_(*wanted))
        .order_by(*_order(sort))
    ).all()
    words = folded_words(ascii_digits(q))
    things = _things(wanted) if words else {}
    # Offers are written by people, one at a time: there are hundreds, and they are searched as read.
    found = [
        (Called(id_, Offer.reference_of(created_at, id_), name, name_fa, things.get(id_, [])), number)
        for id_, created_at, name, name_fa, number in rows
    ]
    return [
        one
        for one, number in found
        if _matches(words, [one.reference, one.name, one.name_fa, number, *one.things])
    ]


def _things(wanted: Sequence[ColumnElement[bool]]) -> dict[int, list[str]]:
    """What the lines of each offer say."""
    things: dict[int, list[str]] = {}
    for offer_id, description in db.session.execute(
        select(OfferLine.offer_id, OfferLine.description)
        .join(OfferLine.offer)
        .where(and_(*wanted))
        .order_by(OfferLine.id)
    ):
        things.setdefault(offer_id, []).append(description)
    return things


def _matches(words: Sequence[str], texts: Sequence[str | None]) -> bool:
    text = fold(" ".join(filter(None, texts)))
    return all(word in text for word in words)


def _order(sort: Sort) -> Sequence[UnaryExpression[Any]]:
    if sort is Sort.DUE:
        return Offer.answer_by.asc().nulls_last(), Offer.id.asc()
    if sort is Sort.DONOR:
        return Organisation.name.asc(), Offer.id.desc()
    return (Offer.id.desc(),)
