"""What labs ask, and from when."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from app.accounts.operator import Actor
from app.charges.events import PriceListSet
from app.charges.models import PriceLine, PriceList
from app.charges.permissions import may_set_prices
from app.charges.queries.sites import charging_labs
from app.charges.rules.money import MOST
from app.charges.rules.pricing import Price
from app.core.clock import now
from app.core.db import unit_of_work
from app.core.errors import Forbidden, InvalidInput, NotFound
from app.core.events import publish
from app.core.money import CURRENCIES
from app.extensions import db
from app.inventory.models import Equipment
from app.inventory.queries.places import get_lab


@unit_of_work
def set_prices(
    *,
    actor: Actor,
    lab_id: int,
    valid_from: date,
    currency: str,
    prices: Sequence[Price],
    equipment_id: int | None = None,
) -> PriceList:
    """From the local day on the lab (or its equipment) asks this and nothing else; no prices: nothing.

    What stood for the same day is replaced. Quotes that were made stay as they are. Raises Forbidden,
    NotFound (also where the site asks for no money, and for equipment of another lab), InvalidInput.
    """
    lab = get_lab(lab_id)
    if not may_set_prices(actor, lab.id):
        raise Forbidden
    if not charging_labs([lab.id]):
        raise NotFound
    if equipment_id is not None:
        equipment = db.session.get(Equipment, equipment_id)
        if equipment is None or equipment.lab_id != lab.id:
            raise NotFound
    if wrong := _wrong(currency, prices):
        raise InvalidInput(*wrong)
    one = _list_of(lab.id, equipment_id, valid_from)
    one.currency, one.set_at, one.set_by_id = currency, now(), actor.id
    one.lines = [
        PriceLine(unit=p.unit, user_class=p.user_class, amount=p.amount, minimum=p.minimum) for p in prices
    ]
    db.session.add(one)
    db.session.flush()
    publish(
        PriceListSet(
            actor_id=actor.id,
            subject_id=one.id,
            lab_id=lab.id,
            equipment_id=equipment_id,
            valid_from=valid_from,
            currency=currency,
            lines=tuple(_told(price) for price in prices),
        )
    )
    return one


def _list_of(lab_id: int, equipment_id: int | None, valid_from: date) -> PriceList:
    """The list from that day, kept from others; a new one where there is none."""
    found = db.session.scalar(
        select(PriceList)
        .where(
            PriceList.lab_id == lab_id,
            PriceList.equipment_id.is_(None)
            if equipment_id is None
            else PriceList.equipment_id == equipment_id,
            PriceList.valid_from == valid_from,
        )
        .with_for_update()
    )
    return found or PriceList(lab_id=lab_id, equipment_id=equipment_id, valid_from=valid_from)


def _told(price: Price) -> dict[str, str | int | None]:
    return {
        "unit": price.unit.value,
        "user_class": price.user_class,
        "amount": price.amount,
        "minimum": price.minimum,
    }


def _wrong(currency: str, prices: Sequence[Price]) -> list[tuple[str, str]]:
    wrong = []
    if currency not in CURRENCIES:
        wrong.append(("currency", "unknown"))
    if any(not 0 <= amount <= MOST for price in prices for amount in (price.amount, price.minimum or 0)):
        wrong.append(("prices", "out_of_range"))
    if len({(price.unit, price.user_class) for price in prices}) < len(prices):
        wrong.append(("prices", "twice"))
    return wrong
