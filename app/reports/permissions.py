"""Who reads the reports, and of which labs."""

from collections.abc import Iterable

from app.accounts.models import Role, User
from app.booking.permissions import DECIDERS

EVERYWHERE = (Role.ADMIN, Role.LIAISON)
READERS = (*EVERYWHERE, *DECIDERS)


def may_read_reports(actor: User | None) -> bool:
    """Of some lab, whichever."""
    return actor is not None and actor.has_role(*READERS)


def labs_read(actor: User, lab_ids: Iterable[int]) -> set[int]:
    """Those of the labs that this person reads about: the office and admins all, others where they decide."""
    if actor.has_role(*EVERYWHERE):
        return set(lab_ids)
    return actor.lab_ids(*DECIDERS) & set(lab_ids)
