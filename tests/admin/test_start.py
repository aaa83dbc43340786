"""From an empty installation to the first instrument that can be booked."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.accounts.models import Organisation, OrganisationKind, Role, RoleGrant, User, UserClass
from app.accounts.services.organisations import enter_organisation
from app.core.errors import Forbidden, InvalidInput
from app.extensions import db
from app.inventory.models import Category, Holiday, Lab, Site
from app.inventory.rules.week import openings_in
from app.inventory.services.start import start_site
from tests.cast import LONG_AGO, Cast
from tests.databases import both_databases
from tests.visitor import Visitor

pytestmark = both_databases

SITE = {
    "university": "University of Qom",
    "university_fa": "دانشگاه قم",
    "name": "Main campus",
    "slug": "main",
    "zone_name": "Asia/Tehran",
    "first_weekday": "5",
    "country": "IR",
    "day_5": "8-12, 13-16",
}
LAB = {"name": "Materials", "slug": "materials", "day_6": "9-17"}


@pytest.fixture
def admin(app: Flask) -> User:
    """Alone in an installation with nothing in it."""
    made = User(email="admin@example.edu", name="Admin", created_at=LONG_AGO, activated_at=LONG_AGO)
    made.every_grant = [RoleGrant(role=Role.ADMIN, granted_at=LONG_AGO)]
    db.session.add(made)
    db.session.commit()
    return made


def test_an_admin_is_led_from_nothing_to_a_lab_that_is_open(client: Visitor, admin: User) -> None:
    client.sign_in(admin)
    assert "0 of 4 steps" in client.page("/admin").text
    assert client.page("/").one("main").all("a", href="/admin/start")
    client.submit("/admin/start", SITE, form="/admin/start/site")
    site = db.session.scalars(select(Site)).one()
    hours = {(one.weekday, one.opens.hour, one.closes.hour) for one in site.working_hours}
    assert {one for one in hours if one[0] == 5} == {(5, 8, 12), (5, 13, 16)}
    assert (2, 8, 16) in hours
    assert (db.session.scalar(select(func.count(Holiday.id))) or 0) > 20
    assert (db.session.scalar(select(func.count(Category.id))) or 0) > 5
    university = db.session.scalars(select(Organisation)).one()
    assert university.user_class is UserClass.INTERNAL
    client.submit("/admin/start", LAB, form="/admin/start/lab")
    lab = db.session.scalars(select(Lab)).one()
    assert (6, 9, 17) in [(one.weekday, one.opens.hour, one.closes.hour) for one in lab.hours]
    assert "This place is being set up" in client.page("/").one("main").text
    page = client.page("/admin/start").one("main")
    assert page.all("a", href="/admin/import")
    assert page.all("a", href="/admin/equipment/new")
    assert page.all("a", href=f"/organisation/{university.id}")
    assert "2 of 4 steps" in client.page("/admin").text


def test_a_university_that_is_known_in_another_spelling_is_the_same(client: Visitor, admin: User) -> None:
    kind = OrganisationKind.UNIVERSITY
    known = enter_organisation(actor=admin, name="university  of QOM", name_fa=None, kind=kind)
    client.sign_in(admin)
    client.submit("/admin/start", SITE, form="/admin/start/site")
    assert db.session.scalars(select(Organisation)).all() == [known]
    assert db.session.scalars(select(Site)).one().organisation_id == known.id


def test_what_is_wrong_is_said_and_nothing_is_lost_or_begun(client: Visitor, admin: User) -> None:
    client.sign_in(admin)
    answer = client.submit("/admin/start", SITE | {"day_5": "early"}, form="/admin/start/site")
    assert answer.status_code == 422
    assert "University of Qom" in answer.text
    assert "Write hours as" in answer.text
    wrong = client.submit("/admin/start", SITE | {"slug": "Not a slug"}, form="/admin/start/site")
    assert wrong.status_code == 422
    for model in (Site, Organisation, Category, Holiday):
        assert not db.session.scalars(select(model)).all()


def test_a_lab_waits_for_its_site(client: Visitor, admin: User) -> None:
    client.sign_in(admin)
    assert client.post("/admin/start/lab", data=LAB).location == "/admin/start"
    assert not db.session.scalars(select(Lab)).all()


def test_only_admins_and_only_once(client: Visitor, cast: Cast) -> None:
    for who in (cast.manager, cast.liaison, cast.booker):
        client.sign_in(who)
        assert client.get("/admin/start").status_code == 404
        with pytest.raises(InvalidInput if who is cast.liaison else (Forbidden, InvalidInput)):
            start_site(
                actor=who, university="X", university_fa=None, slug="x", hours=openings_in(0, "8-9"), name="X"
            )
    client.sign_in(cast.admin)
    again = client.post("/admin/start/site", data=SITE | {"slug": "second"})
    assert again.location == "/admin/start"
    assert "There is a site already" in client.page("/admin/start").text
    assert len(db.session.scalars(select(Site)).all()) == 1


def test_a_place_that_is_set_up_is_left_alone(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.admin)
    assert "All four are done" in client.page("/admin/start").text
    assert "steps to the first instrument" not in client.page("/admin").text
    assert "being set up" not in client.page("/").text


def test_visitors_of_an_empty_place_are_told_and_led_nowhere(client: Visitor, admin: User) -> None:
    page = client.page("/").one("main")
    assert "This place is being set up" in page.text
    assert not page.all("a", href="/admin/start")
    for path in ("/calendar", "/find", "/equipment", "/needs", "/search?q=x"):
        assert client.page(path).all("h1")
