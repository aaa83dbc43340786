"""How far an installation has come: told by what is there, so that nothing has to be remembered."""

from dataclasses import dataclass

from sqlalchemy import func, select

from app.accounts.models import OneTimeToken, TokenPurpose, User
from app.core.counting import count_all
from app.inventory.models import Equipment, Lab, Site

STEPS = ("site", "lab", "equipment", "people")


@dataclass(frozen=True)
class Progress:
    """How many there are of each. `people`: beside the one who began, the invited included."""

    site: int
    lab: int
    equipment: int
    people: int

    @property
    def done(self) -> int:
        return sum(bool(getattr(self, step)) for step in STEPS)

    @property
    def next(self) -> str | None:
        """The first step that is left; None when all is done."""
        return next((step for step in STEPS if not getattr(self, step)), None)


def progress() -> Progress:
    """One question."""
    invited = select(func.count(OneTimeToken.id)).where(OneTimeToken.purpose == TokenPurpose.INVITE)
    sites, labs, equipment, people, invitations = count_all(
        [
            select(func.count(Site.id)),
            select(func.count(Lab.id)),
            select(func.count(Equipment.id)),
            select(func.count(User.id)),
            invited,
        ]
    )
    return Progress(sites, labs, equipment, max(0, people - 1) + invitations)
