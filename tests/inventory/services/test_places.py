"""Sites and labs are made and changed by those who may."""

import pytest
from flask import Flask

from app.core.errors import Forbidden, InvalidInput, NotFound
from app.inventory.models import LabStatus
from app.inventory.queries.places import get_lab_by_slug
from app.inventory.queries.search import search_equipment
from app.inventory.services.places import change_lab, change_site, create_lab, create_site
from tests.cast import Cast
from tests.inventory.told import Told, number_of


def test_an_admin_makes_a_site_and_a_lab_in_it(app: Flask, cast: Cast) -> None:
    told = Told()

    site = create_site(
        actor=cast.admin,
        slug="hill",
        organisation_id=cast.university.id,
        name="Hill",
        zone_name="Asia/Tehran",
    )
    lab = create_lab(
        actor=cast.admin, site_id=site.id, slug="energy", name="Energy lab", name_fa="آزمایشگاه انرژي"
    )

    assert get_lab_by_slug("energy").name_fa == "آزمایشگاه انرژی"
    assert lab.status is LabStatus.OPEN
    assert told.names() == ["SiteCreated", "LabCreated"]


def test_nobody_else_makes_one(app: Flask, cast: Cast) -> None:
    for actor in (cast.manager, cast.liaison, cast.booker):
        with pytest.raises(Forbidden):
            create_lab(actor=actor, site_id=cast.site.id, slug="mine", name="Mine")
        with pytest.raises(Forbidden):
            create_site(
                actor=actor, slug="mine", organisation_id=cast.university.id, name="Mine", zone_name="UTC"
            )


def test_what_cannot_be_kept_is_named_field_by_field(app: Flask, cast: Cast) -> None:
    with pytest.raises(InvalidInput) as refused:
        create_site(
            actor=cast.admin,
            slug="Main Campus",
            organisation_id=cast.university.id,
            name=" ",
            zone_name="Asia/Nowhere",
            first_weekday=7,
            country="Iran",
        )

    assert set(refused.value.errors) == {
        ("slug", "bad-slug"),
        ("name", "required"),
        ("zone_name", "unknown-zone"),
        ("first_weekday", "unknown-weekday"),
        ("country", "unknown-country"),
    }


def test_a_slug_is_given_once(app: Flask, cast: Cast) -> None:
    with pytest.raises(InvalidInput) as refused:
        create_lab(actor=cast.admin, site_id=cast.site.id, slug="materials", name="Another")

    assert refused.value.errors == (("slug", "taken"),)


def test_a_manager_changes_the_own_lab_and_its_equipment_is_found_by_the_new_name(
    app: Flask, cast: Cast
) -> None:
    told, before = Told(), number_of(f"lab:{cast.materials.id}")

    change_lab(actor=cast.manager, lab_id=cast.materials.id, name="Surface science", phone="+98 25 3285 0000")

    found = {equipment.id for equipment in search_equipment(None, q="surface science").items}
    assert found == {cast.raman.id, cast.stations.id, cast.microscope.id}
    assert told.names() == ["LabChanged"]
    assert number_of(f"lab:{cast.materials.id}") == before + 1


def test_saying_the_same_again_changes_nothing(app: Flask, cast: Cast) -> None:
    told = Told()

    change_lab(actor=cast.manager, lab_id=cast.materials.id, name=cast.materials.name, directions="")
    change_site(actor=cast.admin, site_id=cast.site.id, name=cast.site.name)

    assert told.names() == []


def test_another_labs_manager_and_the_technician_do_not_change_it(app: Flask, cast: Cast) -> None:
    for actor in (cast.other_manager, cast.technician, cast.booker):
        with pytest.raises(Forbidden):
            change_lab(actor=actor, lab_id=cast.materials.id, name="Mine")


def test_only_an_admin_closes_a_lab(app: Flask, cast: Cast) -> None:
    with pytest.raises(Forbidden):
        change_lab(actor=cast.manager, lab_id=cast.materials.id, status=LabStatus.CLOSED)

    assert change_lab(actor=cast.admin, lab_id=cast.materials.id, status="closed").status is LabStatus.CLOSED


def test_a_change_of_the_site_is_news_for_all_its_labs(app: Flask, cast: Cast) -> None:
    topics = [f"lab:{cast.materials.id}", f"lab:{cast.electronics.id}"]
    before = [number_of(topic) for topic in topics]

    change_site(actor=cast.admin, site_id=cast.site.id, zone_name="Europe/Berlin", first_weekday=0)

    assert cast.site.zone.key == "Europe/Berlin"
    assert [number_of(topic) for topic in topics] == [number + 1 for number in before]


def test_what_is_not_there_is_not_found(app: Flask, cast: Cast) -> None:
    with pytest.raises(NotFound):
        change_lab(actor=cast.admin, lab_id=999, name="Ghost")
    with pytest.raises(NotFound):
        create_lab(actor=cast.admin, site_id=999, slug="ghost", name="Ghost")
