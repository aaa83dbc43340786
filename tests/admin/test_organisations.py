import pytest

from app.accounts.services.organisations import enter_organisation
from app.extensions import db
from tests.accounts.making import letters, organisation_called
from tests.cast import Cast
from tests.visitor import Visitor


def test_the_office_finds_and_verifies(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.liaison)
    found = client.page("/admin/organisations?show=unverified")
    assert "Newcomer Alloys" in found.text
    assert "Rival Coatings" not in found.text
    page = f"/admin/organisations/{cast.newcomer_company.id}"
    assert client.submit(page, form=f"{page}/verify").location == page
    assert organisation_called("Newcomer Alloys").is_verified
    assert len(letters(cast.newcomer.email)) == 1


def test_the_office_is_warned_of_a_look_alike(client: Visitor, cast: Cast) -> None:
    cast.newcomer_company.name = "Arta Polimer Co."
    db.session.commit()
    client.sign_in(cast.liaison)
    page = client.page(f"/admin/organisations/{cast.newcomer_company.id}")
    assert f"/admin/organisations/{cast.arta.id}" in [a.attrs.get("href") for a in page.all("a")]
    assert "could be taken for it" in page.text
    assert "could be taken for it" not in client.page(f"/admin/organisations/{cast.rival_company.id}").text


def test_the_office_corrects_a_name(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.liaison)
    page = f"/admin/organisations/{cast.arta.id}"
    refused = client.submit(page, {"name": "www.evil.example"}, form=page)
    assert refused.status_code == 422
    client.submit(page, {"name": "Arta Polymers", "kind": "guild"}, form=page)
    assert organisation_called("Arta Polymers").kind == "guild"


def test_a_company_is_entered_and_merged(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.liaison)
    form = "/admin/organisations/new"
    refused = client.submit(form, {"name": "Arta Polymer", "contact_email": "nonsense"}, form=form)
    assert refused.status_code == 422
    entered = client.submit(form, {"name": "Arta Polymer Ltd"}, form=form).location
    merged = client.submit(entered, {"into": str(cast.arta.id)}, form=f"{entered}/merge")
    assert merged.location == f"/admin/organisations/{cast.arta.id}"
    assert organisation_called("Arta Polymer Ltd").merged_into_id == cast.arta.id
    assert client.post(f"{entered}/merge", data={"into": str(cast.arta.id)}).status_code == 409


def test_or_handed_over_at_its_contact_address(client: Visitor, cast: Cast) -> None:
    entered = enter_organisation(actor=cast.manager, name="Zarin", contact_email="info@zarin.example")
    client.sign_in(cast.liaison)
    page = f"/admin/organisations/{entered.id}"
    client.submit(page, form=f"{page}/hand-over")
    [mail] = letters("info@zarin.example")
    assert "/invitations/" in mail.text


@pytest.mark.parametrize("name", ["boss", "manager", "technician", "student"])
@pytest.mark.parametrize("path", ["", "/new", "/1"])
def test_for_everybody_else_there_is_no_such_page(client: Visitor, cast: Cast, name: str, path: str) -> None:
    client.sign_in(getattr(cast, name))
    assert client.get(f"/admin/organisations{path}").status_code == 404
    if path == "/1":
        assert client.post(f"/admin/organisations{path}/verify").status_code == 404
