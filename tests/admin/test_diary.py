"""The pages and the command that bring an old diary in."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from app.booking.models import Booking
from app.extensions import db
from tests.admin.test_places import leads_to
from tests.cast import Cast
from tests.visitor import Visitor

TABLE = """equipment,date,time,company
Raman spectrometer,2026-11-15,8-10,Arta Polymer
Raman spectrometer,1405/9/8,8-10,Arta Polymer
Raman spectrometer,2026-11-15,9-11,Rival Coatings
Cyclotron,2026-11-15,9-11,
"""


def test_it_is_looked_at_first_and_then_brought_in(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.manager)
    fields = {"lab": cast.materials.id, "pasted": TABLE}
    check = client.submit("/admin/diary", fields, form="diary").headers["Location"]
    page = client.page(check)
    assert "1 past, 1 ahead, 0 there already, 2 left out" in page.text
    assert "Cyclotron" in page.text
    assert db.session.scalars(select(Booking)).all() == []
    client.submit(check, form="bring-in")
    assert len(db.session.scalars(select(Booking)).all()) == 2
    assert "Arta Polymer" in client.page("/bookings?whose=labs").text
    (reference, *_more) = db.session.scalars(select(Booking.reference).order_by(Booking.id)).all()
    assert "entered it from the old diary" in client.page(f"/bookings/{reference}").text
    assert leads_to(client.get(check), "/admin/diary"), "the file is kept no longer"


@pytest.mark.parametrize("language", ["en", "fa"])
def test_every_page_is_whole(client: Visitor, cast: Cast, language: str) -> None:
    client.sign_in(cast.manager)
    client.page(f"/admin/diary?lang={language}")
    fields = {"lab": cast.materials.id, "pasted": TABLE}
    check = client.submit("/admin/diary", fields, form="diary").headers["Location"]
    assert client.page(f"{check}&lang={language}").one("h1").text


def test_a_table_that_says_nothing_is_named_and_kept_in_the_form(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.manager)
    fields = {"lab": cast.materials.id, "pasted": "name,colour\nRaman,red"}
    answer = client.submit("/admin/diary", fields, form="diary")
    assert answer.status_code == 422
    assert "Columns are missing" in answer.text
    assert "Raman,red" in answer.text
    assert client.submit("/admin/diary", {"pasted": ""}, form="diary").status_code == 422


def test_others_do_not_find_it(client: Visitor, cast: Cast) -> None:
    for person in (cast.booker, cast.technician, cast.liaison):
        client.sign_in(person)
        client.page("/admin/diary", status=404)
    client.sign_in(cast.other_manager)
    fields = {"lab": cast.electronics.id, "pasted": TABLE}
    check = client.submit("/admin/diary", fields, form="diary").headers["Location"]
    foreign = check.replace(f"lab={cast.electronics.id}", f"lab={cast.materials.id}")
    assert client.get(foreign).status_code == 422


def test_the_command_brings_it_in(app: Flask, cast: Cast, tmp_path: Path) -> None:
    file = tmp_path / "diary.csv"
    file.write_text(TABLE, encoding="utf-8")
    run = app.test_cli_runner().invoke
    told = ["diary", "import", str(file), "--lab", "materials", "--as", "manager@example.edu"]
    dry = run(args=[*told, "--dry-run"])
    assert "2 would be brought in, 0 there already, 2 left out." in dry.output
    done = run(args=told)
    assert done.exit_code == 1, "two lines were left out"
    assert "2 brought in" in done.output
    assert "0 brought in, 2 there already" in run(args=told).output
    assert run(args=[*told[:-1], "booker@example.com"]).exit_code != 0
    assert run(args=[*told[:-1], "nobody@example.com"]).exit_code != 0
