"""flask equipment import, as people type it."""

from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from app.inventory.queries.search import search_equipment
from tests.cast import Cast
from tests.inventory.lists import csv, instruments, xlsx

GOOD = csv("Tag,Device,Group,State", "T-1,Oven,Furnaces,ok", "T-2,Mill,Mills,Standby")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "list.csv"
    path.write_bytes(GOOD)
    return path


def run(app: Flask, path: Path, *options: str) -> Result:
    return app.test_cli_runner().invoke(args=["equipment", "import", str(path), *options])


def last_line(result: Result) -> str:
    return result.stdout.splitlines()[-1]


MAPPED = ("--key", "Tag", "--map", "name=Device", "--map", "category=Group", "--set", "lab=materials")


def test_a_list_comes_in_and_the_last_line_counts(app: Flask, cast: Cast, file: Path) -> None:
    result = run(app, file, *MAPPED)

    assert result.exit_code == 0, result.output
    assert last_line(result) == "created=2 updated=0 unchanged=0 errors=0"
    assert "New category: Mills" in result.stdout
    assert last_line(run(app, file, *MAPPED)) == "created=0 updated=0 unchanged=2 errors=0"


def test_a_dry_run_counts_and_changes_nothing(app: Flask, cast: Cast, file: Path) -> None:
    result = run(app, file, *MAPPED, "--dry-run")

    assert result.exit_code == 0
    assert last_line(result) == "created=2 updated=0 unchanged=0 errors=0"
    assert search_equipment(None, q="mill").total == 0


def test_an_unknown_status_is_an_error_until_it_is_explained(app: Flask, cast: Cast, file: Path) -> None:
    refused = run(app, file, *MAPPED, "--map", "status=State")

    assert refused.exit_code == 1
    assert last_line(refused) == "created=0 updated=0 unchanged=0 errors=1"
    assert "Line 3, column “State”: “Standby” is no status" in refused.stderr
    assert "--map-value 'status:Standby=in_service'" in refused.stderr
    assert search_equipment(None, q="oven").total == 0

    taken = run(app, file, *MAPPED, "--map", "status=State", "--map-value", "status:Standby=out_of_service")
    assert last_line(taken) == "created=2 updated=0 unchanged=0 errors=0"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "The file is empty"),
        (b"x" * 50_000_000, "larger than 5 MB"),
        (b"PK\x03\x04", "Excel workbook"),
        ("Tag,Device,Group\nT,Gerät,Öfen\n".encode("latin-1"), "Line 2: The letters cannot be read"),
        (csv("Tag,Device", "T-1,Oven"), "Column “Group”: The list has no such column. It has: Tag, Device."),
        (csv("Tag,Device,Group", "T,A,C", "T,B,C"), "Line 3, column “Tag”: “T” stands in line 2 already"),
        (csv("Tag,Device,Group", "T,=1+1,C"), "Line 2, column “Device”: “=1+1” is a formula"),
        (csv("Tag,Device,Group", "T,\u200f=1+1,C"), "Line 2, column “Device”: “=1+1” is a formula"),
        (csv("Tag,Device,Group", f"T,{'x' * 201},C"), "The text has 201 characters; there is room for 200"),
        (csv("Tag,Device,Group", f"T,A\x00{'x' * 200},C"), "Line 2, column “Device”: The cell contains"),
        (csv("Tag,Device,Group", "T,A"), "Line 2: The line has 2 cells, the first line names 3"),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else "",
)
def test_a_bad_file_is_called_what_it_is_and_changes_nothing(
    app: Flask, cast: Cast, file: Path, data: bytes, says: str
) -> None:
    file.write_bytes(data)
    before = search_equipment(None).total

    result = run(app, file, *MAPPED)

    assert result.exit_code == 1
    assert says in result.stderr
    assert last_line(result) == "created=0 updated=0 unchanged=0 errors=1"
    assert search_equipment(None).total == before


def test_a_workbook_comes_in_whatever_it_is_called(app: Flask, cast: Cast, file: Path) -> None:
    rows = [["Tag", "Device", "Group"], ["T-1", "Oven", "Furnaces"]]
    file.write_bytes(xlsx(["Remarks"], ["none"], Devices=rows))

    assert last_line(run(app, file, *MAPPED)) == "created=0 updated=0 unchanged=0 errors=3"
    assert "There is no sheet “Oven”. The workbook has: List, Devices." in (
        run(app, file, *MAPPED, "--sheet", "Oven").stderr
    )
    taken = run(app, file, *MAPPED, "--sheet", "Devices")
    assert last_line(taken) == "created=1 updated=0 unchanged=0 errors=0"


def test_a_lab_is_not_made(app: Flask, cast: Cast, file: Path) -> None:
    result = run(app, file, "--key", "Tag", "--map", "category=Group", "--set", "lab=attic")

    assert result.exit_code == 1
    assert "There is no lab “attic”" in result.stderr


@pytest.mark.parametrize(
    "option",
    [
        ("--map", "colour=Tag"),
        ("--map", "name"),
        ("--set", "lab"),
        ("--map-value", "status=x"),
        ("--map-value", "x:a=b"),
    ],
)
def test_an_option_that_says_nothing_is_refused(
    app: Flask, cast: Cast, file: Path, option: tuple[str, str]
) -> None:
    assert run(app, file, *MAPPED, *option).exit_code == 2


def test_the_real_list_comes_in_by_command(app: Flask, cast: Cast) -> None:
    options = [
        "--key", "Instrument", "--map", "category=Instrument class", "--map", "location=Room",
        "--map", "status=Status", "--map", "commissioned_on=Created", "--map", "description=Description",
        "--set", "lab=materials", "--map-value", "status:PrepHPLC=in_service",
    ]  # fmt: skip

    first, second = (run(app, instruments(), *options) for _ in range(2))

    assert last_line(first) == "created=263 updated=0 unchanged=0 errors=0"
    assert last_line(second) == "created=0 updated=0 unchanged=263 errors=0"
