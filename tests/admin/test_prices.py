"""Prices as a lab's manager sets them."""

from datetime import date

import pytest

from app.charges.models import PriceLine, PriceList, Unit
from app.extensions import db
from tests.cast import Cast
from tests.charges.making import ask_prices, charge
from tests.visitor import Visitor


@pytest.fixture(autouse=True)
def charging(cast: Cast) -> None:
    charge(cast)


def path_of(cast: Cast) -> str:
    return f"/admin/prices/lab/{cast.materials.id}"


def test_a_manager_sets_prices_from_a_day_on(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.manager)

    answer = client.submit(
        path_of(cast),
        {"valid_from": "۱۴۰۵/۱۰/۰۱", "hour_everyone": "۱٬۵۰۰٬۰۰۰", "hour_internal": "750,000",
         "use_everyone": "0", "hour_minimum": "500000"},
        form="prices",
    )  # fmt: skip

    assert answer.status_code == 302
    (kept,) = db.session.query(PriceList)
    assert (kept.valid_from, kept.currency, kept.set_by_id) == (date(2026, 12, 22), "IRR", cast.manager.id)
    assert [(line.unit, line.user_class, line.amount, line.minimum) for line in kept.lines] == [
        (Unit.HOUR, None, 1_500_000, 500_000),
        (Unit.HOUR, "internal", 750_000, 500_000),
        (Unit.USE, None, 0, None),
    ]


def test_the_form_begins_with_the_last_list_or_with_the_one_to_copy(client: Visitor, cast: Cast) -> None:
    old = ask_prices(cast)
    ask_prices(cast, of=cast.raman, since=date(2026, 5, 1), currency="EUR")
    client.sign_in(cast.manager)

    assert 'value="15,000.00"' in client.get(path_of(cast)).text
    assert 'value="1,500,000"' in client.get(f"{path_of(cast)}?copy={old.id}").text


def test_what_is_no_amount_is_said_beside_its_field(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.manager)

    answer = client.submit(path_of(cast), {"hour_everyone": "12.5", "sample_industry": "much"}, form="prices")

    assert answer.status_code == 422
    assert answer.text.count("Write the amount as 1,500,000.") >= 2
    assert db.session.query(PriceLine).count() == 0


def test_only_the_labs_that_ask_for_money_and_are_theirs(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.manager)
    assert "Materials" in client.page("/admin/prices").text
    assert "Electronics" not in client.page("/admin/prices").text
    assert client.get(f"/admin/prices/lab/{cast.electronics.id}").status_code == 404

    for name in ("booker", "technician", "other_manager", "liaison"):
        client.sign_in(getattr(cast, name))
        assert client.get(path_of(cast)).status_code == 404
        assert client.post(path_of(cast), data={"valid_from": "2026-12-01"}).status_code == 404


def test_an_administrator_switches_it_on_for_a_site(client: Visitor, cast: Cast) -> None:
    charge(cast, on=False)
    client.sign_in(cast.admin)

    client.submit(f"/admin/sites/{cast.site.id}", {"charges": "y"}, form="site")

    assert cast.site.charges
    assert "Prices" in client.page("/admin").text
