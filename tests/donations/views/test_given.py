"""The pages of equipment say from whom a unit is."""

from flask import Flask

from app.inventory.models import Unit
from tests.cast import Cast
from tests.donations.making import agreed, arrived, in_service, published_need
from tests.visitor import Visitor

LINE = "Gift of Mehr Foundation, in service since Sunday 22 November 2026"


def given_unit(cast: Cast) -> Unit:
    offer = agreed(cast, published_need(cast))
    (unit,) = arrived(cast, offer)
    in_service(cast, offer, unit, equipment_id=cast.raman.id)
    return unit


def test_everybody_reads_whose_gift_it_is_and_no_more(client: Visitor, cast: Cast) -> None:
    given_unit(cast)
    text = client.page(f"/equipment/{cast.raman.id}").text
    assert f"{LINE}." in text
    assert "G-1405/7" not in text
    assert "See the gift" not in text
    client.sign_in(cast.rival)
    assert "See the gift" not in client.page(f"/equipment/{cast.raman.id}").text
    assert "Gift of" not in client.page(f"/equipment/{cast.microscope.id}").text


def test_the_donor_and_the_staff_are_led_to_the_offer(app: Flask, cast: Cast) -> None:
    given_unit(cast)
    for who in (cast.donor, cast.technician):
        client: Visitor = app.test_client()  # type: ignore[assignment]
        client.sign_in(who)
        page = client.page(f"/equipment/{cast.raman.id}")
        assert f"{LINE}, agreement G-1405/7." in page.text
        assert page.all("a", href="/donations/1")


def test_whoever_keeps_the_list_reads_it_on_the_unit(client: Visitor, cast: Cast) -> None:
    unit = given_unit(cast)
    client.sign_in(cast.manager)
    assert f"{LINE}, agreement G-1405/7." in client.page(f"/admin/units/{unit.id}").text
    assert "Gift of" not in client.page(f"/admin/units/{cast.microscope.units[0].id}").text
