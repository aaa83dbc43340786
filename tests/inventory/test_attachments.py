"""Photos and documents: who may add them, and how they are given out."""

import os
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.inventory.jobs import sweep_attached_files
from app.inventory.models import Attachment, Equipment, EquipmentStatus
from app.inventory.queries.attachments import list_attachments
from tests.cast import Cast
from tests.core.test_files import located
from tests.visitor import Visitor

PDF = b"%PDF-1.4\n<script>alert(1)</script>\n%%EOF\n"


def send(client: Visitor, on: Equipment, data: bytes, name: str, title: str = "Front") -> TestResponse:
    fields = {"file": (BytesIO(data), name), "title": title}
    return client.post(f"/admin/equipment/{on.id}/files", data=fields)


def added(client: Visitor, on: Equipment, data: bytes, name: str, title: str = "Front") -> Attachment:
    answer = send(client, on, data, name, title)
    assert answer.status_code == 302, answer.text
    return list_attachments(on.id)[-1]


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
    document = added(client, cast.raman, PDF, "x.png", "راهنمای/کاربر")

    assert "راهنمای/کاربر" in client.page(f"/equipment/{cast.raman.id}?lang=fa").text
    answer = client.get(f"/files/{document.file}/a/b")

    assert answer.data == PDF
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


def test_files_of_retired_equipment_are_for_its_staff(client: Visitor, cast: Cast, save) -> None:  # type: ignore[no-untyped-def]
    client.sign_in(cast.manager)
    token = added(client, cast.raman, PDF, "x.pdf").file
    cast.raman.status = EquipmentStatus.RETIRED
    save()

    assert client.get(f"/files/{token}/x").status_code == 200
    client.post("/sign-out")
    assert client.get(f"/files/{token}/x").status_code == 404
    assert client.get("/files/unknown/x").status_code == 404
