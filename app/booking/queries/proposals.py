"""Other times that labs have named."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, select

from app.booking.models import Occurrence, Proposal, ProposalOutcome
from app.extensions import db


def open_proposals(dates: Collection[Occurrence]) -> dict[int, Proposal]:
    """What waits for the company's answer, by the id of the date."""
    found = db.session.scalars(
        select(Proposal).where(
            Proposal.occurrence_id.in_([date.id for date in dates]), Proposal.outcome == ProposalOutcome.OPEN
        )
    )
    return {one.occurrence_id: one for one in found}


def list_unanswered(at: datetime, *, limit: int) -> Sequence[int]:
    """Ids of the dates whose proposals have run out, oldest first."""
    return db.session.scalars(
        select(Proposal.occurrence_id)
        .where(Proposal.outcome == ProposalOutcome.OPEN, Proposal.expires_at <= at)
        .order_by(Proposal.id)
        .limit(limit)
    ).all()


def proposal_is_over(at: datetime) -> ColumnElement[bool]:
    """The condition that a date's proposal has run out."""
    return (
        select(Proposal.id)
        .where(
            Proposal.occurrence_id == Occurrence.id,
            Proposal.outcome == ProposalOutcome.OPEN,
            Proposal.expires_at <= at,
        )
        .exists()
    )
