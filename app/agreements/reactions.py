"""Two organisations turned out to be one: what was agreed with either was agreed with it."""

from sqlalchemy import update

from app.accounts.events import OrganisationMerged
from app.agreements.models import Agreement
from app.extensions import db


def hand_over(event: OrganisationMerged) -> None:
    db.session.execute(
        update(Agreement)
        .where(Agreement.organisation_id == event.subject_id)
        .values(organisation_id=event.into_id)
    )
