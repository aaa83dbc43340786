import pytest

from app.accounts.models import Role
from tests.accounts.making import user_called
from tests.cast import Cast
from tests.visitor import Visitor


def test_an_admin_gives_and_takes_a_role(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.admin)
    assert "loner@example.net" in client.page("/admin/people?q=LONER").text
    page = f"/admin/people/{cast.loner.id}"
    refused = client.submit(page, {"role": "manager", "lab": "0"}, form=f"{page}/roles")
    assert refused.status_code == 422
    assert "Choose the lab" in refused.text
    client.submit(page, {"role": "manager", "lab": str(cast.materials.id)}, form=f"{page}/roles")
    [grant] = user_called(cast.loner.email).grants
    assert (grant.role, grant.lab_id) == (Role.MANAGER, cast.materials.id)
    client.submit(page, form=f"{page}/roles/{grant.id}/withdraw")
    assert user_called(cast.loner.email).grants == []


def test_a_role_counts_from_the_next_request_on(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.admin)
    page = f"/admin/people/{cast.loner.id}"
    client.submit(page, {"role": "admin", "lab": "0"}, form=f"{page}/roles")
    assert client.get("/admin/people").status_code == 200
    [own] = user_called(cast.admin.email).grants
    page = f"/admin/people/{cast.admin.id}"
    answer = client.submit(page, form=f"{page}/roles/{own.id}/withdraw")
    assert answer.status_code == 302
    assert client.get("/admin/people").status_code == 404


def test_an_account_is_closed_and_opened_again(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.admin)
    page = f"/admin/people/{cast.booker.id}"
    client.submit(page, form=f"{page}/disable")
    assert not user_called(cast.booker.email).is_active
    client.submit(page, form=f"{page}/enable")
    assert user_called(cast.booker.email).is_active


def test_the_last_admin_is_told_why_not(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.admin)
    page = f"/admin/people/{cast.admin.id}"
    client.submit(page, form=f"{page}/disable")
    assert "last administrator" in client.get(page).text
    assert user_called(cast.admin.email).is_active


@pytest.mark.parametrize("name", ["liaison", "manager", "boss"])
def test_for_everybody_else_there_is_no_such_page(client: Visitor, cast: Cast, name: str) -> None:
    actor = getattr(cast, name)
    client.sign_in(actor)
    assert client.get("/admin/people").status_code == 404
    assert client.get(f"/admin/people/{actor.id}").status_code == 404
    answer = client.post(f"/admin/people/{actor.id}/roles", data={"role": "admin", "lab": "0"})
    assert answer.status_code == 404
    assert not user_called(actor.email).has_role(Role.ADMIN)
