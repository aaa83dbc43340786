"""Who may work with a lab's equipment alone."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import exists, or_, select, true
from sqlalchemy.orm import aliased, joinedload

from app.accounts.models import Role, User
from app.booking.models import Authorisation
from app.booking.permissions import LAB_STAFF, may_authorise_in
from app.core.errors import NotFound
from app.extensions import db
from app.inventory.models import Lab


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


def list_authorised(actor: User, text: str, *, limit: int) -> Sequence[tuple[User, Lab]]:
    """Who may work alone in the labs of whose staff the actor is, by name, each once for each lab."""
    its = true() if actor.has_role(Role.ADMIN) else Authorisation.lab_id.in_(actor.lab_ids(*LAB_STAFF))
    pairs = (
        select(Authorisation.user_id, Authorisation.lab_id)
        .where(its, Authorisation.withdrawn_at.is_(None))
        .distinct()
        .subquery()
    )
    rows = db.session.execute(
        select(User, Lab)
        .join(pairs, pairs.c.user_id == User.id)
        .join(Lab, pairs.c.lab_id == Lab.id)
        .where(*(User.name.icontains(word, autoescape=True) for word in text.split()))
        .order_by(User.name, User.id, Lab.id)
        .limit(limit)
    )
    return [(user, lab) for user, lab in rows]


def list_ending(today: date, within: timedelta) -> Sequence[Authorisation]:
    """Those that end within this time, or a day more; kept from others until the unit of work ends.

    Without those of people who have another one for the same that lasts longer.
    """
    longer = aliased(Authorisation)
    outlasted = exists().where(
        longer.user_id == Authorisation.user_id,
        longer.lab_id == Authorisation.lab_id,
        longer.equipment_id.is_not_distinct_from(Authorisation.equipment_id),
        longer.category_id.is_not_distinct_from(Authorisation.category_id),
        longer.withdrawn_at.is_(None),
        or_(longer.valid_until.is_(None), longer.valid_until > Authorisation.valid_until),
    )
    return db.session.scalars(
        select(Authorisation)
        .where(
            Authorisation.withdrawn_at.is_(None),
            Authorisation.valid_until.between(today - timedelta(days=1), today + within + timedelta(days=1)),
            ~outlasted,
        )
        .order_by(Authorisation.id)
        .with_for_update()
    ).all()
