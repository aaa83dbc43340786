"""Agreements, as far as the one who asks may see them."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import contains_eager, joinedload

from app.accounts.models import Organisation
from app.accounts.operator import Actor
from app.agreements.models import Agreement, AgreementKind, Paper
from app.agreements.permissions import may_check_papers, may_keep_agreements
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


def list_agreed(organisation_id: int, kinds: Collection[AgreementKind]) -> Sequence[Agreement]:
    """What was agreed with the organisation of these kinds: for rules that ask whether it is in force."""
    return db.session.scalars(
        select(Agreement).where(Agreement.organisation_id == organisation_id, Agreement.kind.in_(kinds))
    ).all()


def list_in_force(kinds: Collection[AgreementKind], day: date) -> Sequence[Agreement]:
    """What of these kinds is in force on the day or later, with the organisation, by its name (for rules)."""
    return db.session.scalars(
        select(Agreement)
        .join(Agreement.organisation)
        .where(Agreement.kind.in_(kinds), or_(Agreement.valid_until.is_(None), Agreement.valid_until >= day))
        .options(contains_eager(Agreement.organisation))
        .order_by(Organisation.name, Agreement.id)
    ).all()


def list_papers_of(organisation_id: int) -> Sequence[Paper]:
    """The organisation's papers, for the same rules."""
    return db.session.scalars(select(Paper).where(Paper.organisation_id == organisation_id)).all()


def list_papers(actor: Actor, organisation_id: int) -> Sequence[Paper]:
    """The organisation's papers, what lasts longest first; nothing for who may not know."""
    if not may_check_papers(actor):
        return []
    return db.session.scalars(
        select(Paper)
        .where(Paper.organisation_id == organisation_id)
        .options(joinedload(Paper.checked_by))
        .order_by(Paper.kind, Paper.valid_from.desc(), Paper.id.desc())
    ).all()
