"""Pages on which equipment and units are kept."""

from datetime import timedelta

import pytest

from app.core import clock
from app.core.db import unit_of_work
from app.core.spans import Span
from app.inventory.models import AcquisitionKind, EquipmentStatus, UnitStatus
from app.inventory.queries.equipment import get_equipment
from app.inventory.queries.search import search_equipment
from app.occupancy.models import ClaimKind, Source
from app.occupancy.services import claims
from app.occupancy.services.claims import Wanted
from tests.admin.test_places import leads_to
from tests.cast import Cast
from tests.visitor import Visitor


@pytest.mark.parametrize("language", ["en", "fa"])
def test_every_page_is_whole(client: Visitor, cast: Cast, language: str) -> None:
    client.sign_in(cast.admin)
    unit = cast.stations.units[0].id

    for path in ("", "/new", f"/{cast.stations.id}"):
        assert client.page(f"/admin/equipment{path}?lang={language}").one("h1").text
    assert client.page(f"/admin/units/{unit}?lang={language}").one("h1").text


def test_the_list_is_of_the_own_labs(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.technician)

    page = client.page("/admin/equipment")

    assert "Raman" in page.text
    assert "Oscilloscope" not in page.text
    assert not page.all("a", href="/admin/equipment/new"), "a technician adds nothing"
    client.page("/admin/equipment?lab=electronics", status=404)
    client.page("/admin/equipment/new", status=404)
    assert "Show all" in client.page("/admin/equipment?q=cyclotron").text


def test_equipment_is_added_with_its_units(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.manager)
    fields = {
        "name": "Hot plate",
        "name_fa": "هیتر",
        "capacity": "3",
        "lab": cast.materials.id,
        "category": cast.soldering.id,
        "aliases": "Heater\nMagnetic stirrer",
        "attributes": "Power: 600 W\nPlate",
        "samples": "y",
    }

    assert leads_to(client.submit("/admin/equipment/new", fields, form="equipment"), "/admin/equipment")

    (made,) = search_equipment(None, q="magnetic stirrer").items
    assert (made.name, len(made.units), made.modes) == ("Hot plate", 3, ["operator", "samples"])
    assert made.attributes == {"Power": "600 W", "Plate": ""}


def test_a_manager_adds_nothing_to_another_lab(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.manager)
    sent = {"name": "Mine", "capacity": 1, "lab": cast.electronics.id, "category": cast.soldering.id}

    assert client.post("/admin/equipment/new", data=sent).status_code == 422
    assert search_equipment(None, q="mine").total == 0


def test_what_is_written_is_changed_and_the_rest_stays(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.manager)
    path = f"/admin/equipment/{cast.raman.id}"

    assert leads_to(
        client.submit(path, {"model": "R-532", "what_to_bring": "Samples"}, form="equipment"), path
    )

    raman = get_equipment(None, cast.raman.id)
    assert (raman.model, raman.what_to_bring) == ("R-532", "Samples")
    assert (raman.name_fa, raman.aliases, raman.modes) == (
        "طیف‌سنج رامان",
        ["Raman", "LabRAM"],
        ["self", "operator", "samples"],
    )


def test_another_labs_equipment_is_not_there(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.manager)
    path = f"/admin/equipment/{cast.oscilloscope.id}"

    client.page(path, status=404)
    client.page(f"/admin/units/{cast.oscilloscope.units[0].id}", status=404)
    assert client.post(path, data={"name": "Mine"}).status_code == 404
    assert client.post(f"{path}/status/retired").status_code in (403, 404)
    assert get_equipment(None, cast.oscilloscope.id).name == "Oscilloscope"


def test_a_technician_takes_it_out_and_puts_it_back(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.technician)
    path = f"/admin/equipment/{cast.raman.id}"

    page = client.page(path)
    assert not page.all("form", id="equipment")
    assert not page.all("form", id="retire")
    client.submit(path, {"reason": "lamp"}, form="out")
    assert get_equipment(None, cast.raman.id).status is EquipmentStatus.OUT_OF_SERVICE
    client.submit(path, form="back")
    assert get_equipment(None, cast.raman.id).status is EquipmentStatus.IN_SERVICE
    assert client.post(f"{path}/status/retired").status_code == 403
    assert client.post(f"{path}/status/melted").status_code == 404


def test_what_bookings_need_stays_and_the_page_says_why(client: Visitor, cast: Cast) -> None:
    soon = Span(clock.now() + timedelta(days=1), clock.now() + timedelta(days=1, hours=2))
    unit_of_work(claims.replace)({Source(ClaimKind.TIMETABLE, 1): [Wanted(cast.raman.id, soon, 1)]})
    client.sign_in(cast.manager)
    path = f"/admin/equipment/{cast.raman.id}"

    client.submit(path, form="out")

    assert "Bookings ahead need it" in client.page(path).text
    assert get_equipment(None, cast.raman.id).status is EquipmentStatus.IN_SERVICE
    client.post(f"{path}/status/in_service")
    assert "It is so already" in client.page(path).text


def test_a_unit_is_added_with_where_it_came_from(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.manager)
    path = f"/admin/equipment/{cast.raman.id}"
    fields = {"kind": "gift", "note": "Sohrabi family", "acquired_on": "۱۴۰۵/۰۲/۱۳", "asset_tag": "A-77"}

    assert leads_to(client.submit(path, fields, form="unit"), path)

    unit = get_equipment(None, cast.raman.id).units[-1]
    assert (unit.number, unit.asset_tag, unit.acquisition.kind) == (2, "A-77", AcquisitionKind.GIFT)
    shown = client.page(f"/admin/units/{unit.id}").text
    assert "Sohrabi family" in shown
    assert "3 May 2026" in shown


def test_a_tag_that_is_taken_is_refused_beside_its_field(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.manager)
    taken = cast.stations.units[0].asset_tag

    added = client.submit(f"/admin/equipment/{cast.raman.id}", {"asset_tag": taken}, form="unit")
    changed = client.submit(f"/admin/units/{cast.raman.units[0].id}", {"asset_tag": taken}, form="unit")

    for answer in (added, changed):
        assert answer.status_code == 422
        assert "Something else has this already" in answer.text
    assert len(get_equipment(None, cast.raman.id).units) == 1


def test_a_unit_is_changed_taken_out_and_retired(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.manager)
    unit = cast.stations.units[0].id
    path = f"/admin/units/{unit}"

    client.submit(path, {"serial": "SN-9", "commissioned_on": "2020-05-01"}, form="unit")
    client.submit(path, {"reason": "tip"}, form="out_of_service")
    kept = get_equipment(None, cast.stations.id)
    assert (kept.units[0].serial, kept.units_in_service) == ("SN-9", 3)
    client.submit(path, form="retired")

    assert get_equipment(None, cast.stations.id).units[0].status is UnitStatus.RETIRED
    assert not client.page(path).all("form", id="in_service")
    client.post(f"{path}/status/in_service")
    assert "It is so already" in client.page(f"/admin/equipment/{cast.stations.id}").text
