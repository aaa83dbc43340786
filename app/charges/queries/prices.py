"""Price lists, and what they come to for things on days."""

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.charges.models import PriceList
from app.charges.rules.pricing import Price, Prices
from app.extensions import db
from app.inventory.models import Equipment, Lab, Site


def price_lists_for(equipment: Iterable[Equipment]) -> list[Prices]:
    """Every list that may count for one of these, of sites that ask for money."""
    things = list(equipment)
    found = db.session.scalars(
        select(PriceList)
        .join(PriceList.lab)
        .join(Lab.site)
        .where(
            Site.charges,
            PriceList.lab_id.in_({one.lab_id for one in things}),
            or_(PriceList.equipment_id.is_(None), PriceList.equipment_id.in_([one.id for one in things])),
        )
        .options(joinedload(PriceList.lines))
    ).unique()
    return [as_prices(one) for one in found]


def as_prices(one: PriceList) -> Prices:
    prices = tuple(Price(line.unit, line.user_class, line.amount, line.minimum) for line in one.lines)
    return Prices(one.lab_id, one.equipment_id, one.valid_from, one.currency, prices)


def list_price_lists(lab_ids: Collection[int]) -> Sequence[PriceList]:
    """The lists of the labs, the newest first."""
    return db.session.scalars(
        select(PriceList)
        .where(PriceList.lab_id.in_(lab_ids))
        .options(
            selectinload(PriceList.lines),
            joinedload(PriceList.equipment),
            joinedload(PriceList.lab).joinedload(Lab.site),
        )
        .order_by(PriceList.valid_from.desc(), PriceList.id.desc())
    ).all()
