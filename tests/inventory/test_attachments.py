"""Photos and documents: who may add them, and how they are given out."""

import hashlib
import os
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from pypdf import PdfWriter
from werkzeug.test import TestResponse

from app.inventory.jobs import sweep_attached_files
from app.inventory.models import Attachment, Equipment, EquipmentStatus
from app.inventory.queries.attachments import list_attachments
from tests.cast import Cast
from tests.core.test_files import located
from tests.pdf import document
from tests.visitor import Visitor

PDF = document(Author="Secret Person")


def send(client: Visitor, on: Equipment, data: bytes, name: str, title: str = "Front") -> TestResponse:
    fields = {"file": (BytesIO(data), name), "title": title}
    return client.post(f"/admin/equipment/{on.id}/files", data=fields)


def added(client: Visitor, on: Equipment, data: bytes, name: str, title: str = "Front") -> Attachment:
    answer = send(client, on, data, name, title)
    assert answer.status_code == 302, answer.text
    return list_attachments(on.id)[-1]


def by_title(on: Equipment, title: str) -> int:
    return next(a.id for a in list_attachments(on.id) if a.title == title)


def moved(client: Visitor, on: Equipment, attachment_id: int, way: str) -> None:
    client.post(f"/admin/equipment/{on.id}/files/{attachment_id}/{way}")


def test_a_photo_is_shown_to_everybody(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.manager)
    photo = added(client, cast.raman, located(), "manual.pdf")

    page = client.page(f"/equipment/{cast.raman.id}")
    answer = client.get(f"/files/{photo.thumbnail}/x")

    assert page.one("img", alt="Front")
    assert answer.content_type == "image/jpeg"
    assert answer.headers["Content-Disposition"].startswith("inline")
    assert not list_attachments(cast.stations.id)


def test_a_document_is_given_out_to_be_saved(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.manager)
    manual = added(client, cast.raman, PDF, "x.png", "راهنمای/کاربر")

    assert "راهنمای/کاربر" in client.page(f"/equipment/{cast.raman.id}?lang=fa").text
    answer = client.get(f"/files/{manual.file}/a/b")

    assert hashlib.sha256(answer.data).hexdigest() == manual.sha256
    assert b"Secret" not in answer.data
    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''%D8")
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer.headers["Cache-Control"].startswith("private")


def test_what_is_no_picture_is_refused_with_a_sentence(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.manager)

    answer = send(client, cast.raman, b"<html><script>alert(1)</script>", "x.png", "My title")

    assert answer.status_code == 422
    assert "Only JPEG, PNG and WebP" in answer.text
    assert "My title" in answer.text
    assert not list_attachments(cast.raman.id)


@pytest.mark.parametrize(("who", "status"), [("other_manager", 404), ("technician", 404), ("booker", 404)])
def test_others_add_and_remove_nothing(client: Visitor, cast: Cast, who: str, status: int) -> None:
    client.sign_in(cast.manager)
    kept = added(client, cast.raman, PDF, "x.pdf")
    client.post("/sign-out")
    client.sign_in(getattr(cast, who))

    assert send(client, cast.raman, PDF, "x.pdf").status_code == status
    client.post(f"/admin/equipment/{cast.raman.id}/files/{kept.id}/remove")

    assert [a.id for a in list_attachments(cast.raman.id)] == [kept.id]


def test_a_removed_file_is_gone_and_swept(client: Visitor, cast: Cast, app: Flask) -> None:
    client.sign_in(cast.manager)
    gone, kept = added(client, cast.raman, PDF, "x.pdf"), added(client, cast.raman, PDF, "y.pdf")
    token, stays = gone.file, kept.file
    client.post(f"/admin/equipment/{cast.stations.id}/files/{gone.id}/remove")
    assert client.get(f"/files/{token}/x").status_code == 200, "it is not on that equipment"

    client.post(f"/admin/equipment/{cast.raman.id}/files/{gone.id}/remove")
    folder = Path(app.config["UPLOADS"]) / "attachments"
    for path in folder.iterdir():
        os.utime(path, (0, 0))

    assert client.get(f"/files/{token}/x").status_code == 404
    assert sweep_attached_files() == 1
    assert [path.name for path in folder.iterdir()] == [stays]


def test_others_of_the_kind_can_come_first(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.manager)
    decoy = added(client, cast.stations, PDF, "x.pdf", "Other equipment")
    for data, title in ((PDF, "Manual"), (located(), "Front"), (PDF, "Sheet"), (located(), "Back")):
        send(client, cast.raman, data, "x", title)
    manual, sheet, front, back = (by_title(cast.raman, name) for name in ("Manual", "Sheet", "Front", "Back"))

    moved(client, cast.raman, sheet, "up")
    moved(client, cast.raman, sheet, "up")
    moved(client, cast.raman, front, "down")
    moved(client, cast.raman, decoy.id, "down")

    assert [a.title for a in list_attachments(cast.raman.id)] == ["Back", "Front", "Sheet", "Manual"]
    page = client.get(f"/admin/equipment/{cast.raman.id}").text
    assert f"/files/{sheet}/up" not in page
    assert f"/files/{manual}/down" not in page
    assert f"/files/{manual}/up" in page
    assert f"/files/{back}/up" not in page
    client.post("/sign-out")
    client.sign_in(cast.other_manager)
    moved(client, cast.raman, manual, "up")
    assert [a.title for a in list_attachments(cast.raman.id)][2:] == ["Sheet", "Manual"]


def test_under_which_licence_is_said_beside_it(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.manager)
    for data, licence in ((located(), "CC-BY-4.0"), (PDF, "عکس از شرکت سازنده")):
        fields = {"file": (BytesIO(data), "x"), "title": "Front", "licence": licence}
        assert client.post(f"/admin/equipment/{cast.raman.id}/files", data=fields).status_code == 302

    for address in ("/equipment", "/admin/equipment"):
        page = client.page(f"{address}/{cast.raman.id}").text
        assert "CC-BY-4.0" in page
        assert "عکس از شرکت سازنده" in page


@pytest.mark.parametrize("data", [located(), PDF])
def test_no_list_is_empty(client: Visitor, cast: Cast, data: bytes) -> None:
    client.sign_in(cast.manager)
    added(client, cast.raman, data, "x")

    section = client.page(f"/equipment/{cast.raman.id}").one("section", aria_labelledby="attached")
    assert bool(section.all("ul")) is (data is PDF)
    assert bool(section.all("figure")) is (data is not PDF)


def test_a_locked_document_is_refused_with_what_to_do(client: Visitor, cast: Cast) -> None:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.encrypt("secret", algorithm="RC4-128")
    client.sign_in(cast.manager)

    answer = send(client, cast.raman, document(writer), "manual.pdf")

    assert answer.status_code == 422
    assert "locked with a password. Save it without one" in answer.text
    assert not list_attachments(cast.raman.id)


def test_files_of_retired_equipment_are_for_its_staff(client: Visitor, cast: Cast, save) -> None:  # type: ignore[no-untyped-def]
    client.sign_in(cast.manager)
    token = added(client, cast.raman, PDF, "x.pdf").file
    cast.raman.status = EquipmentStatus.RETIRED
    save()

    assert client.get(f"/files/{token}/x").status_code == 200
    client.post("/sign-out")
    assert client.get(f"/files/{token}/x").status_code == 404
    assert client.get("/files/unknown/x").status_code == 404
