"""The upload page: dry run first, then all or nothing."""

import io
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.admin.views import imports
from app.inventory.queries.search import search_equipment
from app.inventory.rules.importing import decoding
from tests.admin.test_places import leads_to
from tests.cast import Cast
from tests.inventory.lists import csv, instruments, xlsx
from tests.visitor import Visitor

LIST = csv(
    "Tag,Name,Category,Status", "T-1,Oven,Furnaces,ok", "T-2,Mill,Mills,Standby", "T-3,Mill,Mills,Standby"
)


def upload(client: Visitor, data: bytes) -> TestResponse:
    return client.post("/admin/import", data={"file": (io.BytesIO(data), "list.csv")})


def kept(app: Flask) -> list[Path]:
    folder = Path(app.config["UPLOADS"]) / "lists"
    return list(folder.iterdir()) if folder.is_dir() else []


@pytest.mark.parametrize("language", ["en", "fa"])
def test_the_page_says_what_kind_of_file_it_takes(client: Visitor, cast: Cast, language: str) -> None:
    client.sign_in(cast.manager)

    assert "CSV UTF-8" in client.page(f"/admin/import?lang={language}").text
    assert client.post("/admin/import").status_code == 422


def test_a_list_is_looked_at_explained_and_brought_in(app: Flask, client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.manager)
    check = upload(client, LIST).headers["Location"]

    page = client.page(check)
    assert "2 things are in the way" in page.text
    assert "“Standby” is no status" in page.text
    assert not page.all("form", id="bring-in")
    assert page.one("select", name="category").one("option", selected="").text == "Category"

    page = client.page(client.submit(check, {"means:Standby": "out_of_service"}, form="mapping").request.url)
    assert page.one("h2", id="counts").text == "3 new, 0 changed, 0 as they were"
    assert "2 categories are made" in page.text
    assert "The name stands in line 3 as well" in page.text
    assert search_equipment(None, q="oven").total == 0

    answer = client.submit(
        f"{check}?key=Tag&lab=materials&name=Name&category=Category&status=Status&means:Standby=out_of_service",
        form="bring-in",
    )
    assert leads_to(answer, "/admin/equipment")
    assert "3 new, 0 changed, 0 as they were" in client.page("/admin/equipment").text
    assert {e.status.value for e in search_equipment(None, q="mill").items} == {"out_of_service"}
    assert kept(app) == []


def test_the_dry_run_can_be_read_in_the_other_language(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.manager)
    check = upload(client, csv("Name,Category", "Oven,Furnaces")).headers["Location"]

    page = client.page(f"{check}?lang=en")

    assert page.one("h2", id="counts").text == "1 new, 0 changed, 0 as they were"
    assert page.one("select", name="category").one("option", selected="").text == "Category"


@pytest.mark.parametrize("key", ["", "&key=", "&key=Colour"])
def test_an_address_without_a_column_to_know_lines_by_is_a_mistake_in_the_form(
    client: Visitor, cast: Cast, key: str
) -> None:
    client.sign_in(cast.manager)
    check = upload(client, csv("Name,Category", "Oven,Furnaces")).headers["Location"]

    page = client.page(f"{check}?lab=materials&name=Name&category=Category{key}", status=422)

    assert page.one("select", id="key").attrs["aria-invalid"] == "true"
    assert not page.all("form", id="bring-in")


def test_the_same_list_again_changes_nothing(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.manager)
    data = csv("Name,Category", "Oven,Furnaces")
    for _ in range(2):
        check = upload(client, data).headers["Location"]
        client.submit(check, form="bring-in")

    assert "0 new, 0 changed, 1 as they were" in client.page("/admin/equipment").text
    assert search_equipment(None, q="oven").total == 1


def test_the_sheet_of_a_workbook_is_chosen_and_kept_until_it_is_in(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.manager)
    devices = [["Name", "Category"], ["Oven", "Furnaces"]]
    data = xlsx(["Name", "Category"], ["Mill", "Mills"], Devices=devices, Empty=[])
    check = upload(client, data).headers["Location"]
    assert "Mill" in client.page(check).one("tbody").text

    chosen = client.submit(check, {"sheet": "Devices"}, form="sheets").request.url
    assert "Oven" in client.page(chosen).one("tbody").text
    client.submit(client.submit(chosen, form="mapping").request.url, form="bring-in")

    assert [search_equipment(None, q=word).total for word in ("oven", "mill")] == [1, 0]


def test_a_sheet_that_is_no_list_is_said_and_leads_back(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.manager)
    check = upload(client, xlsx(["Name", "Category"], ["Mill", "Mills"], Empty=[])).headers["Location"]

    answer = client.get(f"{check}?sheet=Empty")

    assert leads_to(answer, check)
    assert "The file is empty" in client.page(check).text


def test_a_category_for_all_lines_stands_in_for_a_column(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.manager)
    check = upload(client, csv("Name,Model", "Iron,X")).headers["Location"]

    assert "Nothing says the Category" in client.page(check).text
    chosen = client.submit(check, {"every_category": "soldering"}, form="mapping")
    client.submit(chosen.request.url, form="bring-in")

    assert [e.category.slug for e in search_equipment(None, q="iron x").items] == ["soldering"]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "The file is empty"),
        (b"PK\x03\x04", "Excel workbook"),
        (csv("Name,Category", "=1+1,C"), "Line 2, column “Name”: “=1+1” is a formula"),
        (csv("Name", "a,b"), "Line 2: The line has 2 cells"),
    ],
)
def test_a_file_that_is_no_list_is_refused_at_once(
    app: Flask, client: Visitor, cast: Cast, data: bytes, says: str
) -> None:
    client.sign_in(cast.manager)

    answer = upload(client, data)

    assert answer.status_code == 422
    assert says in answer.text
    assert kept(app) == []


def test_a_file_that_is_too_large_is_refused_unparsed(
    client: Visitor, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (imports, decoding):
        monkeypatch.setattr(module, "MOST_BYTES", 100)
    client.sign_in(cast.manager)

    answer = upload(client, b"x" * 101)

    assert answer.status_code == 422
    assert "The file is larger than" in answer.text


def test_fifty_megabytes_are_refused_before_they_are_read(app: Flask, client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.manager)

    answer = client.post(
        "/admin/import",
        content_type="multipart/form-data; boundary=x",
        environ_overrides={"CONTENT_LENGTH": "50000000"},
        csrf=False,
    )

    assert answer.status_code == 413
    assert "too large" in answer.text


def test_a_file_is_its_owners_alone(app: Flask, client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.manager)
    check = upload(client, LIST).headers["Location"]
    other = app.test_client()
    other.sign_in(cast.admin)

    assert leads_to(other.get(check), "/admin/import")
    assert leads_to(other.post(check, data={}), "/admin/import")
    for name in ("0" * 32, "..", "config.py", check.removeprefix("/admin/import/").upper()):
        assert other.get(f"/admin/import/{name}").status_code in (302, 404)
    client.page(check)


@pytest.mark.parametrize("who", ["technician", "liaison", "booker"])
def test_who_keeps_no_list_has_no_import(client: Visitor, cast: Cast, who: str) -> None:
    client.sign_in(getattr(cast, who))

    client.page("/admin/import", status=404)
    assert upload(client, LIST).status_code == 404


def test_a_manager_cannot_name_another_lab(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.manager)
    check = upload(client, LIST).headers["Location"]
    sent = {"key": "Tag", "lab": "electronics", "name": "Name", "category": "Category"}

    assert client.post(check, data=sent).status_code == 422
    assert search_equipment(None, q="oven").total == 0


def test_it_can_be_given_up(app: Flask, client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.manager)
    check = upload(client, LIST).headers["Location"]

    assert leads_to(client.submit(check, form="forget"), "/admin/import")
    assert kept(app) == []


def test_the_real_list_comes_in_by_the_page(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.manager)
    check = upload(client, instruments().read_bytes()).headers["Location"]

    chosen = client.submit(check, {"means:PrepHPLC": "out_of_service"}, form="mapping")
    client.submit(chosen.request.url, form="bring-in")

    assert "263 new, 0 changed, 0 as they were" in client.page("/admin/equipment").text
