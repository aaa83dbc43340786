"""The page that says what comes along, and what others see of it."""

import pytest

from app.inventory.queries.requirements import list_requirements
from tests.admin.test_places import leads_to
from tests.cast import Cast
from tests.visitor import Visitor


@pytest.mark.parametrize("language", ["en", "fa"])
def test_the_page_is_whole(client: Visitor, cast: Cast, language: str) -> None:
    client.sign_in(cast.manager)
    assert client.page(f"/admin/equipment/{cast.raman.id}/along?lang={language}").one("h1").text


def test_something_comes_along_and_no_more(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.manager)
    path = f"/admin/equipment/{cast.raman.id}/along"
    fields = {"needs": cast.stations.id, "how": "each", "quantity": "2", "operator": "y"}
    assert leads_to(client.submit(path, fields, form="along"), path)
    (one,) = list_requirements(cast.raman.id)
    assert (one.needs, one.quantity, one.is_shared, one.modes) == (cast.stations, 2, False, ["operator"])

    assert "Soldering station" in client.page(f"/equipment/{cast.raman.id}").text
    assert "Raman" in client.page(f"/equipment/{cast.stations.id}").text
    asking = client.page(f"/bookings/new?equipment={cast.raman.id}&mode=operator")
    assert "Comes along: Soldering station × 2" in asking.text
    assert "Comes along" not in client.page(f"/bookings/new?equipment={cast.raman.id}&mode=self").text

    assert leads_to(client.submit(path, form=f"{path}/{cast.stations.id}/remove"), path)
    assert list_requirements(cast.raman.id) == []


def test_a_refusal_stands_beside_what_was_chosen(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.manager)
    first, second = (f"/admin/equipment/{one.id}/along" for one in (cast.raman, cast.microscope))
    client.submit(first, {"needs": cast.microscope.id, "how": "together", "quantity": "1"}, form="along")
    answer = client.submit(second, {"needs": cast.raman.id, "how": "all"}, form="along")
    assert answer.status_code == 422
    assert "takes this one along already" in answer.text
    nothing = client.submit(first, {"needs": cast.stations.id, "how": "each", "quantity": ""}, form="along")
    assert nothing.status_code == 422


def test_others_do_not_find_the_page(client: Visitor, cast: Cast) -> None:
    path = f"/admin/equipment/{cast.raman.id}/along"
    for person in (cast.booker, cast.technician, cast.other_manager):
        client.sign_in(person)
        client.page(path, status=404)
