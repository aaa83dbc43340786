"""Agreements, as far as the one who asks may see them."""

from collections.abc import Sequence

from sqlalchemy import select

from app.accounts.operator import Actor
from app.agreements.models import Agreement
from app.agreements.permissions import may_keep_agreements
from app.extensions import db


def list_agreements(actor: Actor, organisation_id: int) -> Sequence[Agreement]:
    """What was agreed with the organisation, the newest first; nothing for who may not know."""
    if not may_keep_agreements(actor):
        return []
    return db.session.scalars(
        select(Agreement)
        .where(Agreement.organisation_id == organisation_id)
        .order_by(Agreement.valid_from.desc(), Agreement.id.desc())
    ).all()
