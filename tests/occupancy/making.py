"""Short ways to say things about time in tests."""

from datetime import datetime, timedelta

from sqlalchemy import select

from app.core.db import unit_of_work
from app.core.spans import Span
from app.extensions import db
from app.occupancy.models import Claim, ClaimKind, ClaimUnit, Source
from app.occupancy.services import claims
from tests.cast import NOW

TOMORROW = (NOW + timedelta(days=1)).replace(hour=5, minute=0)
"""08:30 on Monday in Tehran: the labs are open."""


def at(hours: float) -> datetime:
    return TOMORROW + timedelta(hours=hours)


def span(start: float, length: float) -> Span:
    """Hours counted from TOMORROW."""
    return Span(at(start), at(start + length))


def source(number: int, kind: ClaimKind = ClaimKind.BOOKING) -> Source:
    return Source(kind, number)


@unit_of_work
def claim(number: int, *wanted: tuple[int, Span, int]) -> None:
    """Let the source have these (equipment, span, quantity) claims and no others."""
    claims.replace({source(number): [claims.Wanted(*one) for one in wanted]})


@unit_of_work
def fix(number: int, unit_id: int) -> None:
    """Somebody works with this unit during the claim of the source."""
    claim_id = db.session.scalars(select(Claim.id).where(Claim.source_id == number)).one()
    db.session.add(ClaimUnit(claim_id=claim_id, unit_id=unit_id, is_fixed=True))
