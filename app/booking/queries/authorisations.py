"""Who may work with a lab's equipment alone."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.accounts.models import User
from app.booking.models import Authorisation
from app.booking.permissions import may_authorise_in
from app.core.errors import NotFound
from app.extensions import db


def list_authorisations(actor: User, lab_id: int) -> Sequence[Authorisation]:
    """Those of the lab that were not withdrawn, by name. Raises NotFound to who is not of its staff."""
    if not may_authorise_in(actor, lab_id):
        raise NotFound
    return db.session.scalars(
        select(Authorisation)
        .join(Authorisation.user)
        .where(Authorisation.lab_id == lab_id, Authorisation.withdrawn_at.is_(None))
        .options(
            joinedload(Authorisation.user),
            joinedload(Authorisation.equipment),
            joinedload(Authorisation.category),
            joinedload(Authorisation.granted_by),
        )
        .order_by(User.name, Authorisation.id)
    ).all()
