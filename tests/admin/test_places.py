"""Pages on which sites, labs, hours, holidays and categories are kept."""

import pytest
from werkzeug.test import TestResponse

from app.inventory.queries.categories import find_category
from app.inventory.queries.places import find_site, get_lab, get_lab_by_slug, get_site
from app.inventory.rules.week import SATURDAY
from tests.cast import Cast
from tests.visitor import Visitor

ADMIN_PAGES = (
    "/admin",
    "/admin/sites",
    "/admin/sites/1",
    "/admin/labs",
    "/admin/labs/1",
    "/admin/categories",
)


def leads_to(answer: TestResponse, path: str) -> bool:
    return answer.status_code in (302, 303) and answer.headers["Location"].split("?")[0] == path


@pytest.mark.parametrize("language", ["en", "fa"])
def test_an_admin_reaches_every_page(client: Visitor, cast: Cast, language: str) -> None:
    client.sign_in(cast.admin)

    for path in (*ADMIN_PAGES, f"/admin/categories/{cast.soldering.id}"):
        assert client.page(f"{path}?lang={language}").one("h1").text


def test_a_manager_has_the_own_lab_and_no_more(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.manager)

    links = [link.attrs["href"] for link in client.page("/admin").one("ul", class_="rows").all("a")]
    assert links == [
        "/admin/equipment",
        "/admin/faults",
        "/admin/maintenance",
        "/admin/import",
        "/admin/labs",
        "/admin/timetables",
        "/admin/diary",
        "/outages",
        "/admin/deputies",
        "/gate",
        "/admin/authorisations",
        "/admin/overrides",
    ]
    labs = client.page("/admin/labs").one("ul", class_="rows").text
    assert "Materials" in labs
    assert "Electronics" not in labs
    client.page(f"/admin/labs/{cast.materials.id}")
    for path in ("/admin/sites", "/admin/categories", f"/admin/labs/{cast.electronics.id}"):
        client.page(path, status=404)


def test_others_have_no_administration(client: Visitor, cast: Cast) -> None:
    assert leads_to(client.get("/admin"), "/sign-in")
    client.sign_in(cast.booker)
    for path in ADMIN_PAGES:
        client.page(path, status=404)
    assert "Administration" not in client.page("/equipment").text


def test_a_site_is_made_and_changed(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.admin)
    fields = {"name": "Hill", "slug": "hill", "organisation": cast.university.id, "zone_name": "Asia/Tehran"}

    assert leads_to(client.submit("/admin/sites", fields, form="new-site"), "/admin/sites")
    site = find_site("hill")
    assert site is not None
    changed = {"name": "Hill campus", "country": "de", "first_weekday": 0}
    assert leads_to(client.submit(f"/admin/sites/{site.id}", changed, form="site"), f"/admin/sites/{site.id}")

    assert (get_site(site.id).name, get_site(site.id).country, get_site(site.id).first_weekday) == (
        "Hill campus",
        "DE",
        0,
    )


def test_what_a_service_refuses_stands_beside_its_field(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.admin)
    fields = {"name": "Hill", "slug": "main", "organisation": cast.university.id}

    answer = client.submit("/admin/sites", fields, form="new-site")

    assert answer.status_code == 422
    assert "Something else has this already" in answer.text
    assert 'value="Hill"' in answer.text


def test_hours_are_typed_and_shown_as_they_are_kept(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.manager)
    path = f"/admin/labs/{cast.materials.id}"
    assert client.page(path).one("input", name="day_5").attrs["value"] == "08:00–18:00"
    typed = {f"day_{day}": "" for day in range(7)} | {"day_5": "۸-۱۲، ۱۳:۳۰ تا ۲۴"}

    assert leads_to(client.submit(path, typed, form=f"{path}/hours"), path)

    hours = [
        (row.weekday, f"{row.opens:%H:%M}-{row.closes:%H:%M}") for row in get_lab(cast.materials.id).hours
    ]
    assert hours == [(SATURDAY, "08:00-12:00"), (SATURDAY, "13:30-00:00")]
    assert client.page(path).one("input", name="day_5").attrs["value"] == "08:00–12:00, 13:30–24:00"


@pytest.mark.parametrize(("typed", "says"), [("eight", "Write hours as"), ("8-12, 11-13", "overlap")])
def test_hours_that_cannot_be_are_refused_and_stay_typed(
    client: Visitor, cast: Cast, typed: str, says: str
) -> None:
    client.sign_in(cast.manager)
    path = f"/admin/labs/{cast.materials.id}"

    answer = client.submit(path, {"day_5": typed}, form=f"{path}/hours")

    assert answer.status_code == 422
    assert says in answer.text
    assert f'value="{typed}"' in answer.text
    assert len(get_lab(cast.materials.id).hours) == 6


def test_public_holidays_are_added_corrected_and_removed(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.admin)
    path = f"/admin/sites/{cast.site.id}"

    client.submit(path, {"year": 2027}, form=f"{path}/holidays/draft")
    assert "Eid al-Fitr" in client.page(path).text
    assert "estimated" in client.page(path).text
    moved = {"on": "۱۴۰۵/۱۲/۱۹", "occasion": "Eid al-Fitr, seen", "occasion_fa": "عید فطر"}
    client.submit(path, moved, form=f"{path}/holidays")
    kept = {row.on.isoformat(): row for row in get_site(cast.site.id).holidays}
    assert (kept["2027-03-10"].name, kept["2027-03-10"].is_estimated) == ("Eid al-Fitr, seen", False)
    client.post(f"{path}/holidays/2027-03-10/remove")

    assert "2027-03-10" not in {row.on.isoformat() for row in get_site(cast.site.id).holidays}
    assert client.post(f"{path}/holidays/2027-03-10/remove").status_code == 404
    assert client.post(f"{path}/holidays/soon/remove").status_code == 404


def test_an_admin_makes_a_lab_and_closes_it(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.admin)
    fields = {"name": "Energy", "slug": "energy", "site": cast.site.id}

    assert leads_to(client.submit("/admin/labs", fields, form="new-lab"), "/admin/labs")
    path = f"/admin/labs/{get_lab_by_slug('energy').id}"
    client.submit(path, {"status": "closed", "name_fa": "انرژی"}, form="lab")

    assert (get_lab_by_slug("energy").status, get_lab_by_slug("energy").name_fa) == ("closed", "انرژی")


def test_a_manager_changes_the_lab_but_cannot_close_it(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.manager)
    path = f"/admin/labs/{cast.materials.id}"

    assert not client.page(path).all("select", name="status")
    client.submit(path, {"directions": "Second floor"}, form="lab")
    assert client.post(path, data={"name": "X", "status": "closed"}).status_code == 302

    assert get_lab(cast.materials.id).status == "open"
    assert client.post(f"/admin/labs/{cast.electronics.id}", data={"name": "Mine"}).status_code == 404


def test_categories_are_made_and_moved(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.admin)

    client.submit("/admin/categories", {"name": "Imaging", "name_fa": "تصویربرداری"}, form="new-category")
    made = find_category("imaging")
    assert made is not None
    client.submit(f"/admin/categories/{made.id}", {"parent": cast.spectroscopy.id}, form="category")

    moved = find_category("imaging")
    assert moved is not None
    assert moved.parent_id == cast.spectroscopy.id
    choices = client.page(f"/admin/categories/{cast.spectroscopy.id}").one("select", name="parent").text
    assert "Imaging" not in choices, "a category is not put below itself"
