"""What the lab makes of faults, on its pages."""

from urllib.parse import parse_qs, urlsplit

import pytest

from app.extensions import db
from app.inventory.models import Fault, FaultState, Usability
from app.inventory.services.faults import dismiss_fault
from tests.booking.outages.test_declare import fail
from tests.cast import Cast
from tests.inventory.upkeep import confirmed, reported
from tests.visitor import Visitor


def test_the_staff_confirms_and_repairs(client: Visitor, cast: Cast) -> None:
    fault = reported(cast, text="Laser flickers")
    client.sign_in(cast.technician)
    path = f"/admin/faults/{fault.id}"
    assert path in client.get("/admin/faults").text
    sent = {"known_as": "Unstable laser", "usability": "unusable"}
    assert client.submit(path, sent, form="confirm").location.endswith(path)
    fault = db.session.get_one(Fault, fault.id)
    assert (fault.state, fault.known_as, fault.usability) == (
        FaultState.CONFIRMED, "Unstable laser", Usability.UNUSABLE,
    )  # fmt: skip
    page = client.page(path)
    assert "confirmed it" in page.text
    assert not page.all("form#confirm")
    client.submit(path, {"note": "New lamp"}, form="repair")
    assert db.session.get_one(Fault, fault.id).closing_note == "New lamp"
    assert path not in client.get("/admin/faults").text
    assert path in client.get("/admin/faults?over=1").text


def test_without_a_reason_it_is_not_dismissed(client: Visitor, cast: Cast) -> None:
    fault = reported(cast)
    client.sign_in(cast.manager)
    path = f"/admin/faults/{fault.id}"
    assert client.submit(path, {"reason": " "}, form="dismiss").status_code == 422
    client.submit(path, {"reason": "It has to warm up"}, form="dismiss")
    assert db.session.get_one(Fault, fault.id).state is FaultState.DISMISSED


def test_who_comes_too_late_is_told(client: Visitor, cast: Cast) -> None:
    fault = reported(cast)
    client.sign_in(cast.manager)
    dismiss_fault(actor=cast.technician, fault_id=fault.id, reason="It is meant so")
    path = f"/admin/faults/{fault.id}"
    assert client.post(f"{path}/repair").location.endswith(path)
    assert "Somebody has decided about it meanwhile" in client.page(path).text
    assert db.session.get_one(Fault, fault.id).state is FaultState.DISMISSED


def test_the_form_for_the_outage_is_filled_in(client: Visitor, cast: Cast) -> None:
    unit = cast.stations.units[2]
    fault = confirmed(cast, of=cast.stations, unit_id=unit.id, text="Secret", known_as="No heat")
    client.sign_in(cast.manager)
    page = client.page(f"/admin/faults/{fault.id}")
    (link,) = [one for one in page.all("a") if "/outages/new" in one.attrs["href"]]
    query = parse_qs(urlsplit(link.attrs["href"]).query)
    assert query == {
        "equipment": [str(cast.stations.id)], "unit": ["3"], "kind": ["outage"], "reason": ["No heat"],
    }  # fmt: skip
    form = client.page(link.attrs["href"]).form("outage")
    assert form is not None


def test_it_says_what_is_out_of_use_already(client: Visitor, cast: Cast) -> None:
    fault, outage = reported(cast), fail(cast, cast.raman)
    other = reported(cast, of=cast.microscope)
    client.sign_in(cast.manager)
    assert f"/outages/{outage.id}" in client.get(f"/admin/faults/{fault.id}").text
    assert f"/outages/{outage.id}" not in client.get(f"/admin/faults/{other.id}").text


def test_the_list_is_of_ones_own_labs_or_one_of_them(client: Visitor, cast: Cast) -> None:
    here = reported(cast, text="Here")
    there = reported(cast, by=cast.manager, of=cast.oscilloscope, text="There")
    client.sign_in(cast.manager)
    text = client.page("/admin/faults").text
    assert "Here" in text
    assert "There" not in text, "reported oneself, but not to decide"
    assert client.get(f"/admin/faults/{there.id}").status_code == 404
    client.sign_in(cast.admin)
    text = client.page("/admin/faults").text
    assert "Here" in text
    assert "There" in text
    text = client.page("/admin/faults?lab=electronics").text
    assert "Here" not in text
    assert "There" in text
    assert client.get(f"/admin/faults/{here.id}").status_code == 200


@pytest.mark.parametrize("who", ["booker", "safety", "other_manager", "liaison"])
def test_for_others_the_page_is_not_there(client: Visitor, cast: Cast, who: str) -> None:
    fault = reported(cast)
    client.sign_in(getattr(cast, who))
    assert client.get(f"/admin/faults/{fault.id}").status_code == 404
    for verb in ("confirm", "repair", "dismiss"):
        assert client.post(f"/admin/faults/{fault.id}/{verb}", data={"reason": "x"}).status_code == 404
    assert db.session.get_one(Fault, fault.id).state is FaultState.REPORTED
