from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import delete, event

from app.accounts import queries
from app.accounts.models import User, UserSession
from app.accounts.services.people import disable_user
from app.accounts.services.sessions import (
    end_other_sessions,
    end_session,
    end_session_of,
    forget_ended_sessions,
    open_session,
    resume_session,
)
from app.core import clock
from app.core.errors import NotFound
from app.extensions import db
from tests.accounts.making import events
from tests.cast import NOW, Cast
from tests.databases import both_databases, on_postgresql

IDLE = timedelta(minutes=60)
LONGEST = timedelta(hours=12)


def opened(user: User) -> str:
    return open_session(user=user, address="192.0.2.7", browser="Firefox")


def is_open(token: str, after: timedelta = timedelta(0)) -> bool:
    with clock.frozen(NOW + after):
        return resume_session(token) is not None


@both_databases
def test_a_session_lasts_while_it_is_used(app: Flask, cast: Cast) -> None:
    token = opened(cast.booker)
    for minutes in range(0, 12 * 60, 59):
        assert is_open(token, timedelta(minutes=minutes))
    assert is_open(token, LONGEST - timedelta(seconds=1))
    assert not is_open(token, LONGEST)


def test_it_ends_after_an_hour_without_use(app: Flask, cast: Cast) -> None:
    token = opened(cast.booker)
    assert is_open(token, IDLE - timedelta(seconds=1))
    other = opened(cast.booker)
    assert not is_open(other, IDLE)


def test_a_session_found_over_does_not_revive_when_the_clock_goes_back(app: Flask, cast: Cast) -> None:
    token = opened(cast.booker)
    assert not is_open(token, IDLE)
    assert not is_open(token)
    assert db.session.query(UserSession).count() == 0


def test_not_every_request_writes(app: Flask, cast: Cast) -> None:
    token = opened(cast.booker)
    is_open(token, timedelta(seconds=59))
    assert db.session.query(UserSession).one().seen_at == NOW
    is_open(token, timedelta(seconds=60))
    assert db.session.query(UserSession).one().seen_at == NOW + timedelta(seconds=60)


@both_databases
def test_who_is_asking_costs_one_question(app: Flask, cast: Cast) -> None:
    """The session with its person, the memberships and the roles: every page begins with it."""
    token, arta_id = opened(cast.booker), cast.arta.id
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        asked.append(statement)

    db.session.rollback()
    db.session.expunge_all()
    event.listen(db.engine, "before_cursor_execute", note)
    user = resume_session(token)
    event.remove(db.engine, "before_cursor_execute", note)
    assert user is not None
    assert user.organisation_ids() == {arta_id}
    assert sum(statement.startswith("SELECT") for statement in asked) == 1


@on_postgresql
def test_a_browser_signed_out_while_its_visit_is_noted_is_out(app: Flask, cast: Cast) -> None:
    token = opened(cast.booker)

    def sign_out(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if statement.startswith("UPDATE session"):
            with db.engine.begin() as other:
                other.execute(delete(UserSession))

    event.listen(db.engine, "before_cursor_execute", sign_out)
    try:
        assert not is_open(token, timedelta(minutes=2))
    finally:
        event.remove(db.engine, "before_cursor_execute", sign_out)


@pytest.mark.parametrize("token", ["", "x", "x" * 43])
def test_a_secret_of_nobody_opens_nothing(app: Flask, cast: Cast, token: str) -> None:
    opened(cast.booker)
    assert resume_session(token) is None


def test_a_closed_account_is_out_at_the_next_request(app: Flask, cast: Cast) -> None:
    token, other = opened(cast.booker), opened(cast.rival)
    disable_user(actor=cast.admin, user_id=cast.booker.id)
    assert resume_session(token) is None
    assert resume_session(other) is not None


def test_an_account_closed_behind_our_back_is_out_as_well(app: Flask, cast: Cast) -> None:
    """By hand in the database: the row of the session is still there."""
    token = opened(cast.booker)
    cast.booker.disabled_at = NOW
    db.session.commit()
    assert resume_session(token) is None


def test_signing_out_ends_one_session(app: Flask, cast: Cast) -> None:
    here, there = opened(cast.booker), opened(cast.booker)
    end_session(token=here)
    end_session(token=here)
    assert (is_open(here), is_open(there)) == (False, True)


def test_people_see_and_end_their_own_sessions_only(app: Flask, cast: Cast) -> None:
    mine, other = opened(cast.booker), opened(cast.rival)
    session_id = queries.list_sessions(cast.booker)[0].id
    with pytest.raises(NotFound):
        end_session_of(actor=cast.rival, session_id=session_id)
    assert is_open(mine)
    end_session_of(actor=cast.booker, session_id=session_id)
    assert (is_open(mine), is_open(other)) == (False, True)
    assert events("SessionsEnded") == [
        {"actor_id": cast.booker.id, "subject_id": cast.booker.id, "session_ids": [session_id]}
    ]


def test_all_others_end_and_this_one_stays(app: Flask, cast: Cast) -> None:
    here, there, other = opened(cast.booker), opened(cast.booker), opened(cast.rival)
    end_other_sessions(actor=cast.booker, token=here)
    end_other_sessions(actor=cast.booker, token=here)
    assert (is_open(here), is_open(there), is_open(other)) == (True, False, True)
    assert len(events("SessionsEnded")) == 1


def test_what_is_over_is_not_listed_and_forgotten(app: Flask, cast: Cast) -> None:
    opened(cast.booker)
    with clock.frozen(NOW + timedelta(minutes=30)):
        opened(cast.booker)
    with clock.frozen(NOW + timedelta(minutes=70)):
        assert len(queries.list_sessions(cast.booker)) == 1
        assert forget_ended_sessions() == 1
        assert db.session.query(UserSession).count() == 1
