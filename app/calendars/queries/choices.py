"""Which calendars somebody can choose from."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.accounts.models import Organisation, User
from app.calendars.models import FeedScope
from app.calendars.permissions import may_read
from app.extensions import db
from app.inventory.models import Lab


@dataclass(frozen=True)
class Choices:
    """What is offered to one person. A single equipment or unit is chosen on its own page."""

    about_oneself: Sequence[FeedScope]
    organisations: Sequence[Organisation]
    labs: Sequence[Lab]


def choices_for(actor: User) -> Choices:
    own = select(Organisation).where(Organisation.id.in_(actor.organisation_ids()))
    return Choices(
        about_oneself=[s for s in (FeedScope.MINE, FeedScope.APPROVALS) if may_read(actor, s, None)],
        organisations=db.session.scalars(own.order_by(Organisation.id)).all(),
        labs=db.session.scalars(select(Lab).order_by(Lab.id)).all(),
    )
