"""Prices are set by who manages the lab, from a day on."""

from datetime import date
from typing import Any

import pytest

from app.charges.models import PriceLine, PriceList
from app.charges.rules.pricing import Price, Unit
from app.core.errors import Forbidden, InvalidInput, NotFound
from app.core.event_log import EventRecord
from app.extensions import db
from tests.cast import Cast
from tests.charges.making import HOURLY, ask_prices, charge


@pytest.fixture(autouse=True)
def charging(cast: Cast) -> None:
    charge(cast)


def test_a_list_is_kept_and_told_of(cast: Cast) -> None:
    one = ask_prices(cast, HOURLY, Price(Unit.USE, None, 5, minimum=9))

    (event,) = db.session.query(EventRecord).filter_by(name="PriceListSet")
    assert (event.actor_id, event.subject_id) == (cast.manager.id, one.id)
    assert event.data["valid_from"] == "2026-01-01"
    assert event.data["lines"][1] == {"unit": "use", "user_class": None, "amount": 5, "minimum": 9}


def test_a_list_for_the_same_day_is_replaced_and_another_days_is_not(cast: Cast) -> None:
    first = ask_prices(cast)
    ask_prices(cast, of=cast.raman)
    ask_prices(cast, since=date(2026, 6, 1))

    again = ask_prices(cast, Price(Unit.HOUR, None, 7))

    assert again.id == first.id
    assert [line.amount for line in again.lines] == [7]
    assert db.session.query(PriceList).count() == 3
    assert db.session.query(PriceLine).count() == 3


@pytest.mark.parametrize("who", ["booker", "technician", "safety", "other_manager", "liaison", "loner"])
def test_nobody_else_sets_prices(cast: Cast, who: str) -> None:
    with pytest.raises(Forbidden):
        ask_prices(cast, actor=getattr(cast, who))


def test_where_no_money_is_asked_there_are_no_prices(cast: Cast) -> None:
    charge(cast, on=False)

    with pytest.raises(NotFound):
        ask_prices(cast)


def test_equipment_of_another_lab_is_not_this_labs_to_price(cast: Cast) -> None:
    with pytest.raises(NotFound):
        ask_prices(cast, of=cast.oscilloscope)


@pytest.mark.parametrize(
    ("prices", "more", "wrong"),
    [
        ([HOURLY], {"currency": "XXX"}, ("currency", "unknown")),
        ([HOURLY, HOURLY], {}, ("prices", "twice")),
        ([Price(Unit.HOUR, None, -1)], {}, ("prices", "out_of_range")),
        ([Price(Unit.HOUR, None, 10**11)], {}, ("prices", "out_of_range")),
        ([Price(Unit.HOUR, None, 1, minimum=-1)], {}, ("prices", "out_of_range")),
    ],
)
def test_what_is_no_price_is_refused(
    cast: Cast, prices: list[Price], more: dict[str, Any], wrong: tuple[str, str]
) -> None:
    with pytest.raises(InvalidInput) as refused:
        ask_prices(cast, *prices, **more)

    assert refused.value.errors == (wrong,)
