"""Reporting a fault on the page of an equipment."""

from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import func, select

from app.extensions import db
from app.inventory.jobs import sweep_fault_photos
from app.inventory.models import EquipmentKind, Fault, FaultPhoto, FaultState, Usability
from app.inventory.services.equipment import change_equipment
from app.inventory.services.faults import repair_fault
from app.inventory.uploads import fault_photos
from tests.cast import Cast
from tests.inventory.upkeep import confirmed, reported
from tests.visitor import Visitor


def picture() -> BytesIO:
    data = BytesIO()
    Image.new("RGB", (8, 8), "red").save(data, "PNG")
    data.seek(0)
    return data


def faults() -> list[Fault]:
    return list(db.session.scalars(select(Fault).order_by(Fault.id)))


def test_somebody_reports_a_fault_with_a_picture(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.booker)
    path = f"/equipment/{cast.stations.id}/fault"
    assert path in client.get(f"/equipment/{cast.stations.id}").text
    unit = cast.stations.units[2]
    sent = {"text": "No heat", "usability": "unusable", "photo": (picture(), "a.png")}
    answer = client.submit(f"{path}?unit=3", sent, form="fault")
    (fault,) = faults()
    assert answer.location.endswith(f"{path}#fault-{fault.id}")
    assert (fault.text, fault.usability, fault.unit_id) == ("No heat", Usability.UNUSABLE, unit.id)
    page = client.page(path)
    assert "No heat" in page.text
    assert "Thank you" in page.text

    photo = db.session.scalars(select(FaultPhoto)).one()
    for name in (photo.file, photo.thumbnail):
        assert client.get(f"/fault-photos/{name}").mimetype == "image/png"
    client.sign_in(cast.technician)
    assert client.get(f"/fault-photos/{photo.file}").status_code == 200
    client.sign_in(cast.rival)
    assert client.get(f"/fault-photos/{photo.file}").status_code == 404
    assert client.get("/fault-photos/nothing").status_code == 404


def test_a_second_time_one_is_shown_the_first(client: Visitor, cast: Cast) -> None:
    first = reported(cast)
    client.sign_in(cast.booker)
    path = f"/equipment/{cast.raman.id}/fault"
    answer = client.submit(path, {"text": "It flickers again"}, form="fault")
    assert answer.location.endswith(f"#fault-{first.id}")
    assert "You reported this already" in client.page(path).text
    assert faults() == [first]


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": " "},
        {"text": "x" * 2001},
        {"photo": (BytesIO(b"%PDF-1.4\n%%EOF"), "a.pdf")},
        {"photo": (BytesIO(b"nothing"), "a.png")},
    ],
)
def test_what_cannot_be_used_is_said_beside_its_field(
    client: Visitor, cast: Cast, wrong: dict[str, object]
) -> None:
    client.sign_in(cast.booker)
    path = f"/equipment/{cast.raman.id}/fault"
    answer = client.submit(path, {"text": "No laser"} | wrong, form="fault")
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    assert faults() == []


def test_one_reads_ones_own_reports_and_what_the_lab_says(client: Visitor, cast: Cast) -> None:
    repair_fault(actor=cast.manager, fault_id=reported(cast, text="Mine").id, note="New fuse")
    reported(cast, by=cast.rival, text="Somebody else's")
    client.sign_in(cast.booker)
    text = client.page(f"/equipment/{cast.raman.id}/fault").text
    assert "Mine" in text
    assert "New fuse" in text
    assert "Somebody else's" not in text


def test_a_known_fault_stands_with_the_equipment_for_who_has_signed_in(client: Visitor, cast: Cast) -> None:
    confirmed(cast, text="Our secret alloy broke it", known_as="The stage is stuck")
    reported(cast, by=cast.rival, of=cast.raman, text="Not looked at yet")
    path = f"/equipment/{cast.raman.id}"
    assert "The stage is stuck" not in client.page(path).text
    client.sign_in(cast.rival)
    for address in (path, f"{path}/fault"):
        text = client.page(address).text
        assert "Known fault: The stage is stuck" in text
        assert "secret alloy" not in text
    assert "Not looked at yet" not in client.page(path).text
    assert "stuck" not in client.page(f"/equipment/{cast.microscope.id}").text


def test_nobody_reports_without_signing_in_nor_about_what_is_not_there(client: Visitor, cast: Cast) -> None:
    path = f"/equipment/{cast.raman.id}/fault"
    assert "/sign-in" in client.get(path).location
    assert "/sign-in" in client.post(path, data={"text": "x"}).location
    client.sign_in(cast.booker)
    assert client.get("/equipment/9999/fault").status_code == 404


def test_of_people_nobody_reports_faults(client: Visitor, cast: Cast) -> None:
    change_equipment(actor=cast.manager, equipment_id=cast.raman.id, kind=EquipmentKind.PEOPLE)
    client.sign_in(cast.booker)
    path = f"/equipment/{cast.raman.id}/fault"
    assert client.get(path).status_code == 404
    assert client.post(path, data={"text": "Late"}).status_code == 404
    for address in (f"/equipment/{cast.raman.id}", f"/units/{cast.raman.units[0].id}/here"):
        assert path not in client.get(address).text
    assert (
        f"/equipment/{cast.microscope.id}/fault"
        in client.get(f"/units/{cast.microscope.units[0].id}/here").text
    )


def test_pictures_that_nobody_names_are_swept_away(
    client: Visitor, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.sign_in(cast.booker)
    sent = {"text": "No laser", "photo": (picture(), "a.png")}
    client.submit(f"/equipment/{cast.raman.id}/fault", sent, form="fault")
    orphan = fault_photos().keep(b"left over")
    monkeypatch.setattr("app.inventory.jobs.UNNAMED", timedelta(hours=-1))
    assert sweep_fault_photos() == 1
    assert fault_photos().read(orphan) is None
    assert db.session.scalar(select(func.count(FaultPhoto.id))) == 1
    assert faults()[0].state is FaultState.REPORTED
    kept = db.session.scalars(select(FaultPhoto)).one()
    assert fault_photos().read(kept.file) is not None
