from datetime import timedelta

import pytest
from flask import Flask

from app.accounts.errors import LinkUnusable, SignInRefused
from app.accounts.rules.limits import LINK_EMAIL
from app.accounts.services.activate import activate_user
from app.accounts.services.api_tokens import make_api_token
from app.accounts.services.bearer import owner_of_token
from app.accounts.services.password import change_password
from app.accounts.services.people import disable_user
from app.accounts.services.reset import ask_for_reset, reset_password
from app.accounts.services.sessions import open_session, resume_session
from app.accounts.services.sign_in import Visit, sign_in
from app.core import clock
from app.core.errors import InvalidInput, TooMany
from app.notifications.models import Mail
from tests.accounts.making import ADDRESS, GOOD_PASSWORD, letters, registered, token_for, user_called
from tests.cast import NOW, Cast
from tests.databases import both_databases
from tests.visitor import PASSWORD

HERE = Visit(address=ADDRESS)


def asked(email: str = "booker@example.com") -> str:
    """The secret of a fresh link."""
    ask_for_reset(email=email, address=ADDRESS)
    return token_for(email)


@both_databases
def test_the_link_sets_the_password_and_ends_every_session(app: Flask, cast: Cast) -> None:
    mine = open_session(user=cast.booker, address="", browser="")
    other = open_session(user=cast.rival, address="", browser="")
    reset_password(token=asked(), password=GOOD_PASSWORD)
    assert resume_session(mine) is None
    assert resume_session(other) is not None
    with pytest.raises(SignInRefused):
        sign_in(email=cast.booker.email, password=PASSWORD, visit=HERE)
    sign_in(email=cast.booker.email, password=GOOD_PASSWORD, visit=HERE)


@both_databases
def test_it_ends_the_api_tokens_of_the_account(app: Flask, cast: Cast) -> None:
    """Whoever was in the account may have made one, to stay there."""
    token, other = make_api_token(actor=cast.booker, name="x"), make_api_token(actor=cast.rival, name="x")
    reset_password(token=asked(), password=GOOD_PASSWORD)
    assert owner_of_token(token) is None
    assert owner_of_token(other) is not None


def test_who_knows_the_password_keeps_the_tokens(app: Flask, cast: Cast) -> None:
    token = make_api_token(actor=cast.booker, name="x")
    change_password(actor=cast.booker, present=PASSWORD, password=GOOD_PASSWORD, visit=HERE)
    assert owner_of_token(token) is not None


def test_the_owner_is_told(app: Flask, cast: Cast) -> None:
    reset_password(token=asked(), password=GOOD_PASSWORD)
    assert [mail.subject for mail in letters(cast.booker.email)] == [
        "A new password for Kargah",
        "Your password at Kargah was changed",
    ]
    assert "API tokens and calendar subscriptions stop working" in letters(cast.booker.email)[-1].text


def test_it_works_once(app: Flask, cast: Cast) -> None:
    token = asked()
    reset_password(token=token, password=GOOD_PASSWORD)
    with pytest.raises(LinkUnusable):
        reset_password(token=token, password="another good passphrase")


def test_it_works_for_half_an_hour(app: Flask, cast: Cast) -> None:
    token = asked()
    with clock.frozen(NOW + timedelta(minutes=30)), pytest.raises(LinkUnusable):
        reset_password(token=token, password=GOOD_PASSWORD)
    with clock.frozen(NOW + timedelta(minutes=29, seconds=59)):
        reset_password(token=token, password=GOOD_PASSWORD)


def test_a_newer_link_voids_the_older(app: Flask, cast: Cast) -> None:
    older, newer = asked(), asked()
    with pytest.raises(LinkUnusable):
        reset_password(token=older, password=GOOD_PASSWORD)
    reset_password(token=newer, password=GOOD_PASSWORD)


def test_a_changed_password_voids_the_link(app: Flask, cast: Cast) -> None:
    token = asked()
    change_password(actor=cast.booker, present=PASSWORD, password=GOOD_PASSWORD, visit=HERE)
    with pytest.raises(LinkUnusable):
        reset_password(token=token, password="another good passphrase")


def test_a_closed_account_gets_no_link_and_its_link_is_void(app: Flask, cast: Cast) -> None:
    token = asked()
    disable_user(actor=cast.admin, user_id=cast.booker.id)
    with pytest.raises(LinkUnusable):
        reset_password(token=token, password=GOOD_PASSWORD)
    ask_for_reset(email=cast.booker.email, address=ADDRESS)
    assert len(letters(cast.booker.email)) == 1


def test_a_link_of_another_kind_is_none(app: Flask, cast: Cast) -> None:
    registered()
    with pytest.raises(LinkUnusable):
        reset_password(token=token_for("new@example.com"), password=GOOD_PASSWORD)
    with pytest.raises(LinkUnusable):
        activate_user(token=asked())


def test_a_weak_password_leaves_the_link_as_it_was(app: Flask, cast: Cast) -> None:
    token = asked()
    with pytest.raises(InvalidInput):
        reset_password(token=token, password="password1234")
    reset_password(token=token, password=GOOD_PASSWORD)


def test_nobody_gets_no_mail(app: Flask, cast: Cast) -> None:
    ask_for_reset(email="nobody@example.com", address=ADDRESS)
    assert letters("nobody@example.com") == []


def test_whoever_has_not_confirmed_the_address_gets_that_link_again(app: Flask) -> None:
    registered()
    ask_for_reset(email="new@example.com", address=ADDRESS)
    assert [mail.subject for mail in letters("new@example.com")] == ["Confirm your address for Kargah"] * 2
    activate_user(token=token_for("new@example.com"), password="chosen behind the link")
    assert user_called("new@example.com").is_active


@pytest.mark.parametrize("email", ["booker@example.com", "nobody@example.com"])
def test_known_or_not_an_address_is_throttled_alike(app: Flask, cast: Cast, email: str) -> None:
    for _ in range(LINK_EMAIL.most):
        ask_for_reset(email=email, address=ADDRESS)
    with pytest.raises(TooMany):
        ask_for_reset(email=email, address=ADDRESS)
    assert len(letters(email)) in (0, LINK_EMAIL.most)


def test_the_mail_leads_to_the_configured_address(app: Flask, cast: Cast) -> None:
    """Whatever Host a request names: a poisoned link would hand the account to whoever asked."""
    app.config["PUBLIC_URL"] = "https://kargah.example.edu"
    with app.test_request_context(headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"}):
        ask_for_reset(email=cast.booker.email, address=ADDRESS)
    mail: Mail = letters(cast.booker.email)[0]
    assert "https://kargah.example.edu/reset/" in mail.text
    assert "evil.example" not in mail.text + (mail.html or "")
