import pytest
from flask import Flask

from app.accounts.models import ApiToken, UserSession
from app.accounts.rules.limits import SIGN_IN_ACCOUNT
from app.accounts.services.people import disable_user
from app.extensions import db
from tests.accounts.making import GOOD_PASSWORD, token_for, used_up, user_called
from tests.accounts.views.test_sign_in import signed_in_as
from tests.cast import Cast
from tests.pages import Page
from tests.visitor import PASSWORD, Visitor


def test_a_profile_is_changed_and_its_language_shown_at_once(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.booker)
    values = {"name": "سارا احمدي", "language": "fa", "calendar": "jalali", "phone": "+98 21 1234"}
    answer = client.submit("/account", values, form="/account")
    assert answer.location == "/account"
    page = client.page("/account")
    assert page.all("html")[0].attrs["lang"] == "fa"
    user = user_called(cast.booker.email)
    assert (user.name, user.language, user.calendar, user.phone) == (
        "سارا احمدی",
        "fa",
        "jalali",
        "+98 21 1234",
    )


def test_fields_that_are_not_ones_own_to_set_are_ignored(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.booker)
    client.post(
        "/account",
        data={
            "name": "Booker",
            "language": "en",
            "calendar": "gregorian",
            "email": "evil@example.com",
            "role": "admin",
            "activated_at": "",
        },
    )
    user = user_called("booker@example.com")
    assert user.grants == []
    assert user.is_active


@pytest.mark.parametrize(
    "values", [{"name": ""}, {"language": "xx"}, {"calendar": "mayan"}, {"name": "www.evil.example"}]
)
def test_nonsense_changes_nothing(client: Visitor, cast: Cast, values: dict[str, str]) -> None:
    client.sign_in(cast.booker)
    given = {"name": "Other", "language": "en", "calendar": "gregorian", **values}
    assert client.post("/account", data=given).status_code == 422
    assert user_called(cast.booker.email).name == "Booker"


def test_a_new_password_keeps_this_browser_and_ends_the_others(
    app: Flask, client: Visitor, cast: Cast
) -> None:
    other: Visitor = app.test_client()  # type: ignore[assignment]
    other.sign_in(cast.booker)
    client.sign_in(cast.booker)
    wrong = client.submit(
        "/account/password", {"present": "wrong", "password": GOOD_PASSWORD}, form="/account/password"
    )
    assert wrong.status_code == 422
    assert "not your present password" in wrong.text
    right = client.submit(
        "/account/password", {"present": PASSWORD, "password": GOOD_PASSWORD}, form="/account/password"
    )
    assert right.location == "/account"
    assert signed_in_as(client) == cast.booker.email
    assert signed_in_as(other) is None


def test_a_forgotten_password_is_set_by_mail(client: Visitor, cast: Cast) -> None:
    assert client.submit("/reset", {"email": cast.booker.email}, form="/reset").location == "/mail-sent"
    link = f"/reset/{token_for(cast.booker.email)}"
    client.head(link)
    client.get(link)
    weak = client.submit(link, {"password": "password1234"}, form=link)
    assert weak.status_code == 422
    assert client.submit(link, {"password": GOOD_PASSWORD}, form=link).location == "/sign-in"
    assert client.get(link).status_code == 404
    client.sign_in_at_the_door(cast.booker, GOOD_PASSWORD)


def test_whoever_set_a_password_by_mail_comes_in_while_strangers_guess(
    app: Flask, client: Visitor, cast: Cast
) -> None:
    client.submit("/reset", {"email": cast.booker.email}, form="/reset")
    link = f"/reset/{token_for(cast.booker.email)}"
    client.submit(link, {"password": GOOD_PASSWORD}, form=link)
    used_up(SIGN_IN_ACCOUNT, cast.booker.email)
    stranger: Visitor = app.test_client()  # type: ignore[assignment]
    tried = stranger.post("/sign-in", data={"email": cast.booker.email, "password": GOOD_PASSWORD})
    assert tried.status_code == 429
    client.sign_in_at_the_door(cast.booker, GOOD_PASSWORD)


def test_where_one_is_signed_in_can_be_seen_and_ended(app: Flask, client: Visitor, cast: Cast) -> None:
    other: Visitor = app.test_client()  # type: ignore[assignment]
    other.sign_in(cast.booker)
    client.sign_in(cast.booker)
    page = client.page("/account/sessions")
    ends = [form.attrs["action"] for form in page.all("form") if form.attrs["action"].endswith("/end")]
    assert len(ends) == 1
    client.submit("/account/sessions", form=ends[0])
    assert signed_in_as(other) is None
    assert signed_in_as(client) == cast.booker.email


def test_all_other_browsers_are_signed_out_at_once(app: Flask, client: Visitor, cast: Cast) -> None:
    others = [app.test_client() for _ in range(3)]
    for other in (*others, client):
        other.sign_in(cast.booker)  # type: ignore[attr-defined]
    client.submit("/account/sessions", form="/account/sessions/end-others")
    assert [signed_in_as(other) for other in others] == [None] * 3  # type: ignore[arg-type]
    assert signed_in_as(client) == cast.booker.email


def test_nobody_ends_anothers_session(app: Flask, client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.booker)
    session_id = db.session.query(UserSession).one().id
    rival: Visitor = app.test_client()  # type: ignore[assignment]
    rival.sign_in(cast.rival)
    assert rival.post(f"/account/sessions/{session_id}/end").status_code == 404
    assert signed_in_as(client) == cast.booker.email


def test_a_token_is_shown_once_and_revoked(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.booker)
    answer = client.submit("/account/tokens", {"name": "Planning"}, form="/account/tokens")
    [field] = [node for node in Page(answer.text).all("input") if "readonly" in node.attrs]
    token = field.attrs["value"]
    me = {"headers": {"Authorization": f"Bearer {token}"}}
    assert client.get("/api/v1/me", **me).get_json()["email"] == cast.booker.email
    page = client.page("/account/tokens")
    assert token not in page.text
    assert "Planning" in page.text
    row = db.session.query(ApiToken).one()
    client.submit("/account/tokens", form=f"/account/tokens/{row.id}/revoke")
    assert client.get("/api/v1/me", **me).status_code == 401


def test_a_token_for_somebody_else_cannot_be_made(app: Flask, client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.booker)
    client.post("/account/tokens", data={"name": "x", "user": cast.admin.id, "user_id": cast.admin.id})
    row = db.session.query(ApiToken).one()
    assert row.user_id == cast.booker.id
    rival: Visitor = app.test_client()  # type: ignore[assignment]
    rival.sign_in(cast.rival)
    assert rival.post(f"/account/tokens/{row.id}/revoke").status_code == 404


def test_a_closed_account_is_out_at_the_next_request(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.booker)
    assert signed_in_as(client) == cast.booker.email
    disable_user(actor=cast.admin, user_id=cast.booker.id)
    assert signed_in_as(client) is None


def test_the_language_asked_for_is_remembered_over_sign_out(client: Visitor, cast: Cast) -> None:
    def language(path: str = "/sign-in", **kwargs: object) -> str:
        return client.page(path, **kwargs).all("html")[0].attrs["lang"]

    assert language(headers={"Accept-Language": "fa-IR,fa;q=0.9"}) == "fa"
    assert language(headers={"Accept-Language": "de"}) == "en"
    assert language("/sign-in?lang=fa") == "fa"
    assert language() == "fa"
    client.sign_in(cast.booker)
    assert language("/account") == "fa"
    client.post("/sign-out")
    assert language() == "fa"
    assert language("/sign-in?lang=xx") == "fa"
    assert language("/sign-in?lang=en") == "en"


def test_without_a_choice_the_account_decides(client: Visitor, cast: Cast) -> None:
    cast.booker.language = "fa"
    db.session.commit()
    client.sign_in(cast.booker)
    assert client.page("/account").all("html")[0].attrs["lang"] == "fa"
