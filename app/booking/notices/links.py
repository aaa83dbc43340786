"""Links in letters through which they are answered."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.accounts.models import User
from app.booking.models import AnswerPurpose, Occurrence, OccurrenceState
from app.booking.permissions import may_accept
from app.booking.services.answer_links import make_answer_link
from app.booking.services.decide import awaits


@dataclass(frozen=True)
class Links:
    """The secrets of a letter; None where there is nothing to answer."""

    decide: str | None = None
    accept: str | None = None


def links_for(
    person: User, *, asked: Sequence[Occurrence] = (), proposed: Sequence[Occurrence] = ()
) -> Links:
    """New links for this person: about what they are asked, and about times that were named to them."""
    waiting = [
        date
        for date in asked
        if date.state is OccurrenceState.REQUESTED and date.expires_at is None and awaits(person, date)
    ]
    named = [
        date
        for date in proposed
        if date.state is OccurrenceState.PROPOSED and may_accept(person, date.booking)
    ]
    return Links(
        decide=_link(person, waiting, AnswerPurpose.DECIDE), accept=_link(person, named, AnswerPurpose.ACCEPT)
    )


def _link(person: User, dates: Sequence[Occurrence], purpose: AnswerPurpose) -> str | None:
    return make_answer_link(user=person, dates=dates, purpose=purpose) if dates else None
