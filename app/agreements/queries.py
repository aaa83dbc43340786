"""Agreements, as far as the one who asks may see them."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Generic, NamedTuple, TypeVar

from sqlalchemy import Integer, Select, String, literal, or_, select, type_coerce, union_all
from sqlalchemy.orm import contains_eager, joinedload

from app.accounts.models import Organisation
from app.accounts.operator import Actor
from app.agreements.models import Agreement, AgreementKind, Paper, PaperKind
from app.agreements.permissions import may_check_papers, may_keep_agreements
from app.extensions import db

Kind = TypeVar("Kind", AgreementKind, PaperKind)
AGREED, SHOWN = 1, 2
"""What a row of both says: an agreement, or a paper."""


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


class Signed(NamedTuple, Generic[Kind]):
    """How long something that was signed or shown counts; both days included, no end means open."""

    kind: Kind
    valid_from: date
    valid_until: date | None


def list_signed(
    organisation_id: int, kinds: Collection[AgreementKind]
) -> tuple[list[Signed[AgreementKind]], list[Signed[PaperKind]]]:
    """What was agreed with the organisation of these kinds, and its papers: for who decides. One query."""
    agreed = _signed(AGREED, Agreement, organisation_id).where(Agreement.kind.in_(kinds))
    rows = db.session.execute(union_all(agreed, _signed(SHOWN, Paper, organisation_id))).all()
    return (
        [Signed(AgreementKind(row.kind), row.since, row.until) for row in rows if row.of == AGREED],
        [Signed(PaperKind(row.kind), row.since, row.until) for row in rows if row.of == SHOWN],
    )


def _signed(
    of: int, model: type[Agreement | Paper], organisation_id: int
) -> Select[int, str, date, date | None]:
    return select(
        literal(of, Integer).label("of"),
        type_coerce(model.kind, String).label("kind"),
        model.valid_from.label("since"),
        model.valid_until.label("until"),
    ).where(model.organisation_id == organisation_id)


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
