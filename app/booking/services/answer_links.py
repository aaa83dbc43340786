"""Answering from a letter: the link stands for the person it was written to, for this one answer only.

No session is opened. Whether the person still may answer is asked when the link is used, and so is
whether the dates are as they were when the letter was written.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta

from app.accounts.errors import LinkUnusable
from app.accounts.models import User
from app.accounts.rules.addresses import network_of
from app.accounts.rules.limits import ANSWER_ADDRESS
from app.accounts.services.throttle import count_tries
from app.booking.errors import Answered, NoLongerTheirs
from app.booking.models import (
    AnswerLink,
    AnswerPurpose,
    Booking,
    DeclineReason,
    Occurrence,
    OccurrenceState,
)
from app.booking.permissions import may_accept, may_decide
from app.booking.queries.answer_links import delete_past_links, find_answer_link
from app.booking.queries.bookings import get_booking
from app.booking.queries.proposals import open_proposals
from app.booking.services.decide import approve_booking, awaits
from app.booking.services.propose import accept_proposal
from app.booking.services.refuse import refuse_booking
from app.core.clock import now
from app.core.db import unit_of_work
from app.core.errors import NotFound
from app.core.tokens import new_token, token_hash
from app.extensions import db

LASTS = timedelta(days=30)


@dataclass(frozen=True)
class Opened:
    """What a link is about, as it stands now."""

    link: AnswerLink
    booking: Booking
    dates: Sequence[Occurrence]
    """The dates of the letter, as far as they are still there."""
    waiting: Sequence[Occurrence]
    """Those of them that are as they were then, and wait for this person."""


@unit_of_work
def make_answer_link(*, user: User, dates: Sequence[Occurrence], purpose: AnswerPurpose) -> str | None:
    """The secret of a new link about these dates of a booking; None where they are over already.

    It lasts until the last of them begins, or as long as the time is held for an answer; 30 days at most.
    """
    ends = [one.expires_at for one in open_proposals(dates).values()] or [date.starts_at for date in dates]
    expires_at = min(now() + LASTS, max(ends))
    if expires_at <= now():
        return None
    token = new_token()
    db.session.add(
        AnswerLink(
            token_hash=token_hash(token),
            user_id=user.id,
            booking_id=dates[0].booking_id,
            purpose=purpose,
            dates=[[date.id, date.sequence] for date in dates],
            created_at=now(),
            expires_at=expires_at,
        )
    )
    return token


def open_answer_link(token: str, *, for_update: bool = False) -> Opened:
    """Look at what a link is about; changes nothing. Raises LinkUnusable, and NoLongerTheirs."""
    link = find_answer_link(token, for_update=for_update)
    if link is None:
        raise LinkUnusable
    try:
        booking = get_booking(link.user, link.booking.reference, for_update=for_update)
    except NotFound as gone:
        raise NoLongerTheirs(link.user.language) from gone
    may = may_decide if link.purpose is AnswerPurpose.DECIDE else may_accept
    if not link.user.is_active or not may(link.user, booking):
        raise NoLongerTheirs(link.user.language)
    sequences = {pair[0]: pair[1] for pair in link.dates}
    dates = [date for date in booking.occurrences if date.id in sequences]
    same = [date for date in dates if date.sequence == sequences[date.id] and link.used_at is None]
    return Opened(link, booking, dates, _waiting(link, same))


@unit_of_work
def approve_by_link(*, token: str, occurrence_ids: Collection[int], note: str = "") -> Booking:
    """Say yes to these dates. Raises LinkUnusable, NoLongerTheirs, Answered where they are not (all) as the
    letter says any more, and as approve_booking does; then the link works on.
    """
    opened = _used(token, AnswerPurpose.DECIDE, occurrence_ids)
    return approve_booking(
        actor=opened.link.user,
        reference=opened.booking.reference,
        occurrence_ids=occurrence_ids,
        note=note,
    )


@unit_of_work
def decline_by_link(
    *,
    token: str,
    occurrence_ids: Collection[int],
    reason_code: DeclineReason | None,
    reason: str,
    template_id: int | None = None,
) -> Booking:
    """Say no to these dates, with a reason. Raises as a yes does, and as refuse_booking."""
    opened = _used(token, AnswerPurpose.DECIDE, occurrence_ids)
    return refuse_booking(
        actor=opened.link.user,
        reference=opened.booking.reference,
        occurrence_ids=occurrence_ids,
        reason_code=reason_code,
        reason=reason,
        template_id=template_id,
    )


@unit_of_work
def accept_by_link(*, token: str, occurrence_ids: Collection[int]) -> Booking:
    """Take the times that the lab named. Raises as a yes does, and as accept_proposal."""
    opened = _used(token, AnswerPurpose.ACCEPT, occurrence_ids)
    return accept_proposal(
        actor=opened.link.user, reference=opened.booking.reference, occurrence_ids=occurrence_ids
    )


@unit_of_work
def forget_answer_links() -> int:
    """Delete the links that have run out."""
    return delete_past_links()


def admit(address: str) -> None:
    """Count a try with a link, outside of what it does. Raises TooMany."""
    count_tries((ANSWER_ADDRESS, network_of(address)))


def _used(token: str, purpose: AnswerPurpose, ids: Collection[int]) -> Opened:
    """The link, used up. What is answered is what was shown: not less, where a date has changed since."""
    opened = open_answer_link(token, for_update=True)
    if opened.link.purpose is not purpose:
        raise LinkUnusable
    if not ids or not set(ids) <= {date.id for date in opened.waiting}:
        raise Answered
    opened.link.used_at = now()
    return opened


def _waiting(link: AnswerLink, dates: Sequence[Occurrence]) -> list[Occurrence]:
    """Those of the dates that wait for the answer of the link's person."""
    if link.purpose is AnswerPurpose.ACCEPT:
        ends = {id_: one.expires_at for id_, one in open_proposals(dates).items()}
        return [date for date in dates if date.id in ends and ends[date.id] > now()]
    return [
        date
        for date in dates
        if date.state is OccurrenceState.REQUESTED and date.expires_at is None and awaits(link.user, date)
    ]
