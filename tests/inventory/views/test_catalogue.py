"""The catalogue and the pages of labs, as visitors see them."""

import pytest
from flask import Flask

from app.inventory.models import EquipmentStatus, LabStatus
from app.inventory.services.equipment import change_equipment, change_status, create_equipment
from app.inventory.services.places import change_lab
from tests.cast import Cast
from tests.visitor import Visitor


def names(client: Visitor, query: str = "") -> list[str]:
    page = client.page(f"/equipment{query}")
    return [heading.text for rows in page.all("ul", class_="rows") for heading in rows.all("h2")]


def test_anybody_sees_what_there_is(client: Visitor, cast: Cast) -> None:
    assert names(client) == [
        "Oscilloscope",
        "Raman spectrometer",
        "Scanning electron microscope",
        "Soldering station",
    ]
    assert "4 instruments" in client.page("/equipment").text


def test_in_persian_it_is_in_persian_and_in_persian_order(client: Visitor, cast: Cast) -> None:
    page = client.page("/equipment?lang=fa")

    found = [heading.text for rows in page.all("ul", class_="rows") for heading in rows.all("h2")]
    assert found == ["ایستگاه لحیم‌کاری", "طیف‌سنج رامان", "میکروسکوپ الکترونی روبشی", "نوسان‌نما"]
    assert page.one("html").attrs["dir"] == "rtl"


def test_a_search_narrows_and_remembers_what_was_asked(client: Visitor, cast: Cast) -> None:
    assert names(client, "?q=طيف%20سنج") == ["Raman spectrometer"]
    assert names(client, "?lab=electronics") == ["Oscilloscope"]
    assert names(client, "?category=spectroscopy") == ["Raman spectrometer"]
    assert names(client, "?status=out_of_service") == []
    page = client.page("/equipment?q=raman&lab=materials")
    assert page.one("input", name="q").attrs["value"] == "raman"
    assert page.one("option", value="materials").has(selected="")


def test_what_does_not_fit_is_passed_over(client: Visitor, cast: Cast) -> None:
    everything = names(client)

    assert names(client, "?lab=attic&category=none&status=odd&sort=odd&page=x") == everything
    assert names(client, "?q=%00%25_&page=-3") == []
    assert names(client, "?page=99") == everything


def test_nothing_found_says_what_to_do(client: Visitor, cast: Cast) -> None:
    page = client.page("/equipment?q=cyclotron")

    assert "No equipment found" in page.text
    assert {link.attrs["href"] for link in page.one(class_="empty").all("a")} == {
        "/equipment",
        "/find?q=cyclotron",
    }


def test_an_empty_catalogue_says_that_it_will_be_filled(client: Visitor) -> None:
    assert "There is no equipment yet" in client.page("/equipment").text


def test_many_stand_on_several_pages_that_keep_the_search(client: Visitor, cast: Cast) -> None:
    for number in range(40):
        create_equipment(
            actor=cast.admin, lab_id=cast.materials.id, category_id=cast.soldering.id, name=f"Iron {number}"
        )

    first = client.page("/equipment?q=iron&sort=newest")

    assert len(first.all("ul", class_="rows")[0].all("h2")) == 30
    following = first.one("a", rel="next").attrs["href"]
    assert {"q=iron", "sort=newest", "page=2"} == set(following.partition("?")[2].split("&"))
    second = client.page(following)
    assert len(second.all("ul", class_="rows")[0].all("h2")) == 10
    assert not second.all("a", rel="next")


def test_each_says_its_state_and_how_many_units_are_ready(client: Visitor, cast: Cast) -> None:
    change_status(actor=cast.admin, equipment_id=cast.raman.id, status=EquipmentStatus.OUT_OF_SERVICE)

    page = client.page("/equipment?lab=materials")

    assert "4 of 4 units" in page.text
    assert [state.text for state in page.all("span", class_="state--stop")] == ["Out of service"]


def test_what_is_retired_is_for_its_own_staff(client: Visitor, cast: Cast) -> None:
    change_status(actor=cast.admin, equipment_id=cast.raman.id, status=EquipmentStatus.RETIRED)

    assert "Raman spectrometer" not in names(client)
    assert not client.page("/equipment").all("option", value="retired")
    client.sign_in(cast.technician)
    assert names(client, "?status=retired") == ["Raman spectrometer"]


@pytest.mark.parametrize("text", ["<b>&", '"onload="x'])
def test_what_staff_typed_is_text_and_nothing_else(client: Visitor, cast: Cast, text: str) -> None:
    change_equipment(actor=cast.admin, equipment_id=cast.raman.id, name=text, model=text, location=text)

    assert text in names(client)


def test_a_lab_shows_its_hours_in_the_order_of_its_week_and_its_equipment(
    client: Visitor, cast: Cast
) -> None:
    page = client.page("/labs/materials")

    assert page.one("h1").text == "Materials characterisation"
    assert [term.text for term in page.one("dl").all("dt")] == [
        "Saturday",
        "Sunday",
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
    ]
    assert [hours.text for hours in page.one("dl").all("dd")] == [
        *["08:00 to 18:00"] * 5,
        "08:00 to 13:00",
        "closed",
    ]
    assert "3 instruments" in page.text
    assert "Oscilloscope" not in page.text


def test_a_lab_that_takes_no_bookings_says_so(client: Visitor, cast: Cast) -> None:
    change_lab(actor=cast.admin, lab_id=cast.materials.id, status=LabStatus.CLOSED)

    assert "Takes no bookings" in client.page("/labs/materials?lang=en").text


def test_a_lab_that_is_not_there_is_not_found(app: Flask, client: Visitor, cast: Cast) -> None:
    client.page("/labs/attic", status=404)
