from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy import update

from app.accounts import passwords
from app.accounts.errors import SignInRefused
from app.accounts.models import Throttle, UserSession
from app.accounts.rules.limits import SIGN_IN_ACCOUNT, SIGN_IN_BROWSER, SIGN_IN_PAIR
from app.accounts.services.people import disable_user
from app.accounts.services.sessions import resume_session
from app.accounts.services.sign_in import Visit, sign_in
from app.core import clock
from app.core.db import unit_of_work
from app.core.errors import TooMany
from app.core.tokens import token_hash
from app.extensions import db
from tests.accounts.making import events, user_called
from tests.cast import NOW, Cast
from tests.databases import both_databases
from tests.visitor import PASSWORD

HERE = Visit(address="192.0.2.7", browser="Firefox")
ELSEWHERE = Visit(address="198.51.100.1")


def attempt(email: str, password: str = PASSWORD, visit: Visit = HERE) -> str:
    """How an attempt ends: 'in', 'refused' or 'throttled'."""
    try:
        sign_in(email=email, password=password, visit=visit)
    except SignInRefused:
        return "refused"
    except TooMany:
        return "throttled"
    return "in"


@unit_of_work
def wait(by: timedelta) -> None:
    """As if that much (real) time had passed for every count."""
    db.session.execute(update(Throttle).values(window_ends_at=NOW - timedelta(days=365 * 100) + by))


@both_databases
def test_address_and_password_open_a_session(app: Flask, cast: Cast) -> None:
    user, token = sign_in(email=" Booker@Example.COM", password=PASSWORD, visit=HERE)
    assert user.id == cast.booker.id
    [row] = db.session.query(UserSession)
    assert (row.user_id, row.token_hash, row.address, row.browser) == (
        cast.booker.id,
        token_hash(token),
        "192.0.2.7",
        "Firefox",
    )
    resumed = resume_session(token)
    assert resumed is not None
    assert resumed.id == cast.booker.id
    assert events("SignedIn") == [
        {"actor_id": cast.booker.id, "subject_id": cast.booker.id, "session_id": row.id}
    ]


def test_every_sign_in_is_a_new_secret(app: Flask, cast: Cast) -> None:
    tokens = {sign_in(email=cast.booker.email, password=PASSWORD, visit=HERE)[1] for _ in range(3)}
    assert len(tokens) == 3


@pytest.mark.parametrize("password", ["", "wrong", "Demo", "demo ", "x" * 1_000_000])
def test_a_wrong_password_opens_nothing(app: Flask, cast: Cast, password: str) -> None:
    assert attempt(cast.booker.email, password) == "refused"
    assert db.session.query(UserSession).count() == 0


@both_databases
@pytest.mark.parametrize("email", ["nobody@example.com", "", "no address", "x" * 1000, "a\x00b@example.com"])
def test_nobody_is_refused_just_the_same(app: Flask, cast: Cast, email: str) -> None:
    answers = [attempt(email) for _ in range(SIGN_IN_PAIR.most + 1)]
    assert answers == ["refused"] * SIGN_IN_PAIR.most + ["throttled"]


def test_a_closed_account_is_refused_just_the_same(app: Flask, cast: Cast) -> None:
    disable_user(actor=cast.admin, user_id=cast.booker.id)
    assert attempt(cast.booker.email) == "refused"


def test_a_password_may_be_persian_and_is_not_cut(app: Flask, cast: Cast) -> None:
    long = "کلاغ روی سیم تلفن نشسته است و " * 4
    decomposed, composed = long + "e\u0301", long + "\u00e9"
    cast.booker.password_hash = passwords.hash_password(decomposed)
    db.session.commit()
    assert attempt(cast.booker.email, long) == "refused"
    assert attempt(cast.booker.email, composed) == "in"


def test_an_old_hash_is_made_anew(app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "hasher", PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    before = cast.booker.password_hash
    assert attempt(cast.booker.email) == "in"
    after = user_called(cast.booker.email).password_hash
    assert after is not None
    assert after != before
    assert "m=16,t=2" in after
    assert attempt(cast.booker.email) == "in"
    assert user_called(cast.booker.email).password_hash == after


def test_a_guesser_is_stopped_and_the_owner_comes_in_elsewhere(app: Flask, cast: Cast) -> None:
    email = cast.booker.email
    answers = [attempt(email, "wrong") for _ in range(100)]
    assert answers.count("refused") == SIGN_IN_PAIR.most
    assert set(answers[SIGN_IN_PAIR.most :]) == {"throttled"}
    assert attempt(email) == "throttled"
    assert attempt(email, visit=ELSEWHERE) == "in"
    assert attempt(cast.boss.email) == "in"


def test_many_guessers_are_stopped_and_the_owner_comes_in_with_a_known_browser(
    app: Flask, cast: Cast
) -> None:
    email = cast.booker.email
    origins = [Visit(address=f"10.0.0.{number}") for number in range(SIGN_IN_ACCOUNT.most + 20)]
    answers = [attempt(email, "wrong", origin) for origin in origins]
    assert answers == ["refused"] * SIGN_IN_ACCOUNT.most + ["throttled"] * 20
    assert attempt(email, visit=ELSEWHERE) == "throttled"
    known = Visit(address=ELSEWHERE.address, known_as=(cast.booker.id, "this browser"))
    assert attempt(email, visit=known) == "in"
    other_account = Visit(address=ELSEWHERE.address, known_as=(cast.rival.id, "this browser"))
    assert attempt(email, visit=other_account) == "throttled"


def test_a_known_browser_has_no_endless_tries(app: Flask, cast: Cast) -> None:
    known = Visit(address="192.0.2.7", known_as=(cast.booker.id, "this browser"))
    answers = [attempt(cast.booker.email, "wrong", known) for _ in range(SIGN_IN_BROWSER.most + 1)]
    assert answers == ["refused"] * SIGN_IN_BROWSER.most + ["throttled"]


def test_an_address_without_account_is_throttled_just_the_same(app: Flask, cast: Cast) -> None:
    answers = [attempt("nobody@example.com", "wrong") for _ in range(SIGN_IN_PAIR.most + 1)]
    assert answers == ["refused"] * SIGN_IN_PAIR.most + ["throttled"]


def test_good_sign_ins_do_not_count(app: Flask, cast: Cast) -> None:
    assert {attempt(cast.booker.email) for _ in range(3 * SIGN_IN_PAIR.most)} == {"in"}
    assert db.session.query(Throttle).count() == 0


def test_counting_begins_anew_after_the_window(app: Flask, cast: Cast) -> None:
    for _ in range(SIGN_IN_PAIR.most + 1):
        attempt(cast.booker.email, "wrong")
    assert attempt(cast.booker.email) == "throttled"
    wait(timedelta(0))
    assert attempt(cast.booker.email) == "in"


def test_throttles_do_not_follow_the_clock_of_tests_and_demos(app: Flask, cast: Cast) -> None:
    """A frozen or shifted KARGAH_NOW must neither lift a throttle nor make it last for ever."""
    for _ in range(SIGN_IN_PAIR.most + 1):
        attempt(cast.booker.email, "wrong")
    with clock.frozen(NOW + timedelta(days=3650)):
        assert attempt(cast.booker.email) == "throttled"


def test_the_table_of_tries_names_nobody(app: Flask, cast: Cast) -> None:
    attempt(cast.booker.email, "wrong")
    keys = " ".join(row.key for row in db.session.query(Throttle))
    assert "booker" not in keys
    assert "192.0.2" not in keys
