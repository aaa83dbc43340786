"""The list as a file, and back."""

import io
from csv import DictReader
from datetime import date
from operator import itemgetter
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import update

from app.extensions import db
from app.inventory.exporting import MANAGED, PUBLIC, UNIQUIP
from app.inventory.models import Equipment, EquipmentStatus, Lab, Unit
from app.inventory.rules.importing.sheet import read_sheet
from app.inventory.services.equipment import change_status, create_equipment
from app.inventory.services.units import change_unit
from tests.cast import Cast
from tests.statements import statements
from tests.visitor import Visitor


def rows(data: bytes) -> list[dict[str, str]]:
    return list(DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def run(app: Flask, *arguments: object) -> Result:
    return app.test_cli_runner().invoke(args=["equipment", *map(str, arguments)])


def exported(app: Flask, form: str) -> bytes:
    result = run(app, "export", "--format", form)
    assert result.exit_code == 0, result.output
    return result.stdout_bytes


def last_line(result: Result) -> str:
    return result.stdout.splitlines()[-1]


@pytest.fixture
def odd(cast: Cast) -> Equipment:
    """What a table can hardly hold."""
    made = create_equipment(
        actor=cast.manager,
        lab_id=cast.materials.id,
        category_id=cast.soldering.id,
        capacity=3,
        name="=HYPERLINK(1)",
        aliases=['a; "b"', "-80 °C", "کوره‌ی دوم", '"c"'],
        description='two\nlines, "quoted"',
        model="'=1",
    )
    first, second, _third = made.units
    change_unit(actor=cast.manager, unit_id=second.id, serial="S;2", commissioned_on=date(2021, 5, 1))
    change_unit(actor=cast.manager, unit_id=first.id, asset_tag="@1")
    return made


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_list_goes_back_in_and_changes_nothing(
    app: Flask, cast: Cast, odd: Equipment, tmp_path: Path, form: str
) -> None:
    change_status(actor=cast.admin, equipment_id=cast.raman.id, status=EquipmentStatus.RETIRED)
    file = tmp_path / "list"

    assert run(app, "export", "--format", form, "--output", file).exit_code == 0

    back = run(app, "import", file, "--key", "key")
    assert last_line(back) == "created=0 updated=0 unchanged=5 errors=0", back.output
    by_name = run(app, "import", file, "--key", "name")
    assert last_line(by_name) == "created=0 updated=0 unchanged=5 errors=0", by_name.output


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_in_an_empty_copy_it_is_the_same(
    app: Flask, cast: Cast, odd: Equipment, tmp_path: Path, form: str
) -> None:
    file = tmp_path / "list"
    before = rows(exported(app, "csv"))
    file.write_bytes(exported(app, form))
    for lab in (cast.materials, cast.electronics):
        # What has been acquired cannot be deleted: empty labs take the place of these.
        slug, lab.slug = lab.slug, f"old-{lab.slug}"
        db.session.flush()
        db.session.add(Lab(slug=slug, site_id=cast.site.id, name=f"New {slug}"))
    db.session.execute(update(Unit).values(asset_tag=None))
    db.session.commit()

    back = run(app, "import", file, "--key", "key")

    assert last_line(back) == f"created={len(before)} updated=0 unchanged=0 errors=0", back.output
    after = [row for row in rows(exported(app, "csv")) if not row["lab"].startswith("old-")]
    assert sorted(after, key=itemgetter("key")) == sorted(before, key=itemgetter("key"))


def test_what_is_changed_in_the_file_is_changed_on_its_way_back(
    app: Flask, cast: Cast, tmp_path: Path
) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes(exported(app, "csv").replace(b"Oscilloscope", b"Old oscilloscope"))

    assert last_line(run(app, "import", file, "--key", "key")) == ("created=0 updated=1 unchanged=3 errors=0")
    assert db.session.get_one(Equipment, cast.oscilloscope.id).name == "Old oscilloscope"


def test_no_cell_is_a_formula_to_a_spreadsheet(app: Flask, cast: Cast, odd: Equipment) -> None:
    data = exported(app, "csv")
    line = next(row for row in rows(data) if "HYPERLINK" in row["name"])

    assert data.startswith(b"\xef\xbb\xbf" + ",".join(MANAGED).encode() + b"\r\n")
    assert line["name"] == "'=HYPERLINK(1)"
    assert line["model"] == "''=1"
    assert (line["serial"], line["asset_tag"]) == ('\'-; "S;2"', "'@1")
    assert read_sheet(exported(app, "xlsx")).columns == MANAGED
    assert "'=HYPERLINK(1)" in [row["Name"] for row in rows(exported(app, "uniquip"))]


def test_uniquip_is_what_the_public_sees(app: Flask, cast: Cast) -> None:
    change_status(actor=cast.admin, equipment_id=cast.raman.id, status=EquipmentStatus.RETIRED)
    data = exported(app, "uniquip")

    assert tuple(rows(data)[0]) == UNIQUIP
    assert {row["Name"] for row in rows(data)} == {
        "Oscilloscope",
        "Scanning electron microscope",
        "Soldering station",
    }
    scope = next(row for row in rows(data) if row["Name"] == "Oscilloscope")
    public = app.config["PUBLIC_URL"]
    assert scope["Web Address"] == f"{public}/equipment/{cast.oscilloscope.id}"
    assert scope["Contact URL"] == f"{public}/labs/electronics"
    assert scope["Organisational Unit"] == cast.electronics.name
    assert "@" not in data.decode()


def test_anybody_downloads_what_the_search_shows(client: Visitor, cast: Cast) -> None:
    page = client.page("/equipment?q=raman&page=1")
    links = [link.attrs["href"] for link in page.all("a") if "/equipment/list/" in link.attrs["href"]]

    assert [link.partition("?")[2] for link in links] == ["q=raman"] * 3
    answer = client.get(links[0])
    assert [row["name"] for row in rows(answer.data)] == ["Raman spectrometer"]
    assert tuple(rows(answer.data)[0]) == PUBLIC
    assert answer.headers["Content-Disposition"] == 'attachment; filename="equipment-2026-11-22.csv"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert [row.cells["name"] for row in read_sheet(client.get(links[1]).data).rows] == ["Raman spectrometer"]
    assert client.get("/equipment/list/pdf").status_code == 404


def test_what_is_retired_is_downloaded_by_those_who_see_it(client: Visitor, cast: Cast) -> None:
    change_status(actor=cast.admin, equipment_id=cast.raman.id, status=EquipmentStatus.RETIRED)
    assert b"Raman" not in client.get("/equipment/list/csv").data

    client.sign_in(cast.manager)

    assert b"Raman" in client.get("/equipment/list/csv").data
    assert b"Raman" not in client.get("/equipment/list/uniquip").data


def test_managers_download_the_list_of_their_lab(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.manager)

    answer = client.get("/admin/equipment/list/csv?lab=materials&q=raman")

    assert [row["name"] for row in rows(answer.data)] == ["Raman spectrometer"]
    assert tuple(rows(answer.data)[0]) == MANAGED
    assert client.get("/admin/equipment/list/csv?lab=electronics").status_code == 404
    assert client.get("/admin/equipment/list/uniquip").status_code == 404
    assert "/admin/equipment/list/xlsx?lab=materials" in {
        link.attrs["href"] for link in client.page("/admin/equipment").all("a")
    }


def test_who_keeps_no_list_downloads_none(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.booker)

    assert client.get("/admin/equipment/list/csv").status_code == 404


@pytest.mark.parametrize("form", ["csv", "uniquip"])
def test_more_lines_cost_no_more_statements(client: Visitor, cast: Cast, form: str) -> None:
    def asked() -> int:
        with statements() as seen:
            client.get(f"/equipment/list/{form}")
        return len(seen)

    few = asked()
    for number in range(10):
        create_equipment(
            actor=cast.admin, lab_id=cast.materials.id, category_id=cast.soldering.id, name=f"Iron {number}"
        )
    assert asked() == few
