import re

import pytest
from flask import Flask

from app.accounts.models import MembershipRole
from app.accounts.rules.limits import COMPANY_USER
from tests.accounts.making import GOOD_PASSWORD, letters, token_for, used_up, user_called
from tests.accounts.views.test_sign_in import signed_in_as
from tests.cast import Cast
from tests.visitor import Visitor


def invite(client: Visitor, cast: Cast, email: str, role: str = "member") -> str:
    """The address of the invitation's page."""
    page = f"/organisation/{cast.arta.id}"
    answer = client.submit(page, {"email": email, "role": role}, form=f"{page}/invitations")
    assert answer.location == page, answer.text[:500]
    return f"/invitations/{token_for(email)}"


def test_a_colleague_is_invited_and_joins(app: Flask, client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.boss)
    link = invite(client, cast, "new@arta.example")
    assert "new@arta.example" in client.page("/organisation").text
    colleague: Visitor = app.test_client()  # type: ignore[assignment]
    assert "Arta Polymer" in colleague.page(link).text
    colleague.head(link)
    weak = colleague.submit(link, {"name": "Neda", "password": "password1234"}, form=link)
    assert weak.status_code == 422
    joined = colleague.submit(link, {"name": "Neda", "password": GOOD_PASSWORD}, form=link)
    assert joined.location == "/sign-in"
    colleague.sign_in_at_the_door(user_called("new@arta.example"), GOOD_PASSWORD)
    assert "Neda" in colleague.page("/organisation").text
    assert colleague.get(link).status_code == 404


def test_somebody_with_an_account_signs_in_and_accepts(app: Flask, client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.boss)
    link = invite(client, cast, cast.loner.email)
    guest: Visitor = app.test_client()  # type: ignore[assignment]
    page = guest.page(link)
    assert f"/sign-in?next={link}" in [a.attrs.get("href") for a in page.all("a")]
    assert guest.post(link).status_code == 409
    guest.sign_in(cast.loner)
    assert guest.submit(link, form=link).location == "/organisation"
    assert user_called(cast.loner.email).organisation_ids() == {cast.arta.id}


def test_the_wrong_person_is_told_so(app: Flask, client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.boss)
    link = invite(client, cast, "new@arta.example")
    rival: Visitor = app.test_client()  # type: ignore[assignment]
    rival.sign_in(cast.rival)
    assert "another address" in rival.page(link).text
    assert rival.post(link).status_code == 409
    assert user_called(cast.rival.email).organisation_ids() == {cast.rival_company.id}


def test_members_see_it_and_administer_nothing(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.booker)
    page = client.page("/organisation")
    assert "Boss" in page.text
    actions = {form.attrs["action"] for form in page.all("form")}
    assert not [action for action in actions if "invitations" in action or action.endswith("/role")]
    answer = client.post(
        f"/organisation/{cast.arta.id}/invitations", data={"email": "x@x.example", "role": "admin"}
    )
    assert answer.status_code == 403
    assert letters("x@x.example") == []


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("", None),
        ("/invitations", {"email": "x@x.example", "role": "admin"}),
        ("/invitations/1/withdraw", {}),
        ("/contact", {"phone": "1"}),
        ("/members/{booker}/role", {"role": "admin"}),
        ("/members/{booker}/end", {}),
    ],
)
def test_another_company_does_not_exist(
    client: Visitor, cast: Cast, path: str, data: dict[str, str] | None
) -> None:
    client.sign_in(cast.rival)
    answers = []
    for organisation_id in (cast.arta.id, 99999):
        address = f"/organisation/{organisation_id}" + path.format(booker=cast.booker.id)
        answer = client.get(address) if data is None else client.post(address, data=data)
        assert answer.status_code == 404
        answers.append(re.sub(r'(href|value)="[^"]*"', "", answer.text))
    assert answers[0] == answers[1]
    assert "Arta" not in answers[0]


def test_an_admin_changes_roles_and_says_goodbye(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.boss)
    page = f"/organisation/{cast.arta.id}"
    client.submit(page, {"role": "admin"}, form=f"{page}/members/{cast.booker.id}/role")
    assert user_called(cast.booker.email).organisation_ids(MembershipRole.ADMIN) == {cast.arta.id}
    client.submit(page, form=f"{page}/members/{cast.booker.id}/end")
    assert user_called(cast.booker.email).organisation_ids() == set()
    client.post(f"{page}/members/{cast.boss.id}/end")
    assert "Somebody has to administer" in client.get(page).text


@pytest.mark.parametrize("data", [{}, {"role": "Admin"}, {"role": "owner"}])
def test_a_role_that_does_not_exist_demotes_nobody(client: Visitor, cast: Cast, data: dict[str, str]) -> None:
    client.sign_in(cast.boss)
    page = f"/organisation/{cast.arta.id}"
    client.submit(page, {"role": "admin"}, form=f"{page}/members/{cast.booker.id}/role")
    assert client.post(f"{page}/members/{cast.booker.id}/role", data=data).status_code == 422
    assert user_called(cast.booker.email).organisation_ids(MembershipRole.ADMIN) == {cast.arta.id}


def test_an_admin_says_how_it_is_reached(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.boss)
    page = f"/organisation/{cast.arta.id}"
    wrong = client.submit(page, {"contact_email": "nonsense"}, form=f"{page}/contact")
    assert wrong.status_code == 422
    client.submit(page, {"contact_email": "info@arta.example", "phone": "021"}, form=f"{page}/contact")
    assert "info@arta.example" in client.get(page).text


def test_an_invitation_is_withdrawn(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.boss)
    link = invite(client, cast, "new@arta.example")
    page = client.page("/organisation")
    [action] = [
        form.attrs["action"] for form in page.all("form") if form.attrs["action"].endswith("/withdraw")
    ]
    client.submit("/organisation", form=action)
    assert client.get(link).status_code == 404


def test_whoever_belongs_nowhere_is_told_what_to_do(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.loner)
    assert "You act for no organisation" in client.page("/organisation").text
    assert signed_in_as(client) == cast.loner.email


def test_or_registers_a_company(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.loner)
    for nonsense in ("", "www.evil.example"):
        refused = client.submit("/organisation", {"organisation": nonsense}, form="/organisation")
        assert refused.status_code == 422
    made = client.submit("/organisation", {"organisation": "Zarin Steel"}, form="/organisation")
    page = client.page(made.location)
    assert "Zarin Steel" in page.text
    assert "Not verified yet" in page.text


def test_too_many_companies_are_answered_with_patience(client: Visitor, cast: Cast) -> None:
    used_up(COMPANY_USER, str(cast.loner.id))
    client.sign_in(cast.loner)
    answer = client.submit("/organisation", {"organisation": "Zarin Steel"}, form="/organisation")
    assert answer.status_code == 429
