"""Two organisations turned out to be one: what was agreed with either was agreed with it."""

from sqlalchemy import update

from app.accounts.events import OrganisationMerged
from app.agreements.models import Agreement, Paper
from app.extensions import db


def hand_over(event: OrganisationMerged) -> None:
    for kept in (Agreement, Paper):
        db.session.execute(
            update(kept).where(kept.organisation_id == event.subject_id).values(organisation_id=event.into_id)
        )
