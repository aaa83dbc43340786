"""Where money is asked for at all."""

from collections.abc import Collection

from sqlalchemy import func, select

from app.core.counting import Count
from app.core.errors import NotFound
from app.extensions import db
from app.inventory.models import Lab, Site


def select_charging() -> Count:
    """How many sites do."""
    return select(func.count(Site.id)).where(Site.charges)


def charges_somewhere() -> bool:
    """Whether any site does."""
    return bool(db.session.scalar(select_charging()))


def charging_labs(lab_ids: Collection[int]) -> set[int]:
    """Those of the labs whose site does."""
    charging = select(Lab.id).join(Lab.site).where(Lab.id.in_(lab_ids), Site.charges)
    return set(db.session.scalars(charging)) if lab_ids else set()


def must_charge() -> None:
    """Raises NotFound where no site asks for money: then there is nothing of it."""
    if not charges_somewhere():
        raise NotFound
