import pytest
from flask import Flask

from app.accounts.errors import SignInRefused, WrongPassword
from app.accounts.rules.limits import PASSWORD_CHECK
from app.accounts.services.password import change_password
from app.accounts.services.sessions import open_session, resume_session
from app.accounts.services.sign_in import Visit, sign_in
from app.core.errors import InvalidInput, TooMany
from tests.accounts.making import ADDRESS, GOOD_PASSWORD, letters, user_called
from tests.cast import Cast
from tests.databases import both_databases
from tests.visitor import PASSWORD

HERE = Visit(address=ADDRESS)


@both_databases
def test_every_session_ends_and_this_browser_gets_a_new_one(app: Flask, cast: Cast) -> None:
    old = [open_session(user=cast.booker, address="", browser="") for _ in range(2)]
    new = change_password(actor=cast.booker, present=PASSWORD, password=GOOD_PASSWORD, visit=HERE)
    assert [resume_session(token) for token in old] == [None, None]
    assert resume_session(new) is not None
    with pytest.raises(SignInRefused):
        sign_in(email=cast.booker.email, password=PASSWORD, visit=HERE)
    sign_in(email=cast.booker.email, password=GOOD_PASSWORD, visit=HERE)


def test_the_owner_is_told(app: Flask, cast: Cast) -> None:
    change_password(actor=cast.booker, present=PASSWORD, password=GOOD_PASSWORD, visit=HERE)
    assert [mail.subject for mail in letters(cast.booker.email)] == ["Your password at Kargah was changed"]


def test_the_present_password_is_needed(app: Flask, cast: Cast) -> None:
    before = cast.booker.password_hash
    with pytest.raises(WrongPassword):
        change_password(actor=cast.booker, present="wrong", password=GOOD_PASSWORD, visit=HERE)
    assert user_called(cast.booker.email).password_hash == before
    assert letters(cast.booker.email) == []


def test_a_guesser_in_an_open_browser_is_stopped(app: Flask, cast: Cast) -> None:
    for _ in range(PASSWORD_CHECK.most):
        with pytest.raises(WrongPassword):
            change_password(actor=cast.booker, present="wrong", password=GOOD_PASSWORD, visit=HERE)
    with pytest.raises(TooMany):
        change_password(actor=cast.booker, present=PASSWORD, password=GOOD_PASSWORD, visit=HERE)
    change_password(actor=cast.rival, present=PASSWORD, password=GOOD_PASSWORD, visit=HERE)


def test_a_weak_one_is_refused(app: Flask, cast: Cast) -> None:
    with pytest.raises(InvalidInput):
        change_password(actor=cast.booker, present=PASSWORD, password="booker-booker-1", visit=HERE)
