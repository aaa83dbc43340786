from datetime import timedelta

from flask import Flask

from app.accounts.models import OneTimeToken, User
from app.accounts.services.activate import activate_user
from app.accounts.services.forget import forget_stale_access
from app.accounts.services.reset import ask_for_reset
from app.core import clock
from app.extensions import db
from tests.accounts.making import (
    ADDRESS,
    GOOD_PASSWORD,
    events,
    organisation_called,
    registered,
    token_for,
    user_called,
)
from tests.cast import NOW, Cast

WEEK = timedelta(days=7)


def forget(after: timedelta) -> None:
    with clock.frozen(NOW + after):
        forget_stale_access()


def test_a_registration_nobody_confirmed_is_erased_after_a_week(app: Flask) -> None:
    made = registered(name="Sara Ahmadi")
    forget(WEEK - timedelta(minutes=1))
    assert user_called("new@example.com").name == "Sara Ahmadi"
    forget(WEEK + timedelta(minutes=1))
    user = db.session.get_one(User, made.user.id)
    assert (user.name, "new@example.com" in user.email, user.is_active) == ("", False, False)
    assert organisation_called("New Company").closed_at is not None
    assert db.session.query(OneTimeToken).count() == 0
    assert [event["subject_id"] for event in events("UserForgotten")] == [user.id]
    registered()


def test_one_that_was_repeated_lately_is_kept(app: Flask) -> None:
    registered()
    with clock.frozen(NOW + WEEK):
        registered()
        token = token_for("new@example.com")
    forget(WEEK + timedelta(hours=1))
    with clock.frozen(NOW + WEEK + timedelta(hours=2)):
        assert activate_user(token=token, password=GOOD_PASSWORD).is_active


def test_accounts_are_kept(app: Flask, cast: Cast) -> None:
    users = db.session.query(User).count()
    forget(timedelta(days=4000))
    assert db.session.query(User).filter(User.activated_at.is_not(None)).count() == users
    assert events("UserForgotten") == []


def test_old_links_are_deleted(app: Flask, cast: Cast) -> None:
    ask_for_reset(email=cast.booker.email, address=ADDRESS)
    forget(timedelta(days=30))
    assert db.session.query(OneTimeToken).count() == 1
    forget(timedelta(days=31))
    assert db.session.query(OneTimeToken).count() == 0
