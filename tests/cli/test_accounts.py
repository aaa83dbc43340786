import pytest
from click.testing import Result
from flask import Flask

from app.accounts.models import ApiToken, Role, User
from app.accounts.services.people import disable_user
from app.core.tokens import token_hash
from app.extensions import db
from tests.accounts.making import GOOD_PASSWORD, user_called
from tests.cast import Cast
from tests.visitor import Visitor


def flask(app: Flask, *words: str) -> Result:
    """What `flask words…` does."""
    db.session.rollback()
    return app.test_cli_runner().invoke(args=words)


def create(app: Flask, *more: str, email: str = "new@example.edu", password: str = GOOD_PASSWORD) -> Result:
    return flask(app, "user", "create", email, "--name", "Neda", "--password", password, *more)


def test_an_account_is_made_with_its_roles(app: Flask, cast: Cast, client: Visitor) -> None:
    answer = create(app, "--role", "liaison", "--role", "manager:materials", email="Neda@Example.edu")
    assert answer.exit_code == 0, answer.output
    user = user_called("neda@example.edu")
    assert user.is_active
    assert {(grant.role, grant.lab_id) for grant in user.grants} == {
        (Role.LIAISON, None),
        (Role.MANAGER, cast.materials.id),
    }
    client.sign_in_at_the_door(user, GOOD_PASSWORD)


@pytest.mark.parametrize("role", ["manager", "admin:materials", "manager:nowhere", "emperor", "manager:", ""])
def test_a_role_that_makes_no_sense_makes_no_account(app: Flask, cast: Cast, role: str) -> None:
    before = db.session.query(User).count()
    assert create(app, "--role", role).exit_code == 2
    assert db.session.query(User).count() == before


@pytest.mark.parametrize("email", ["booker@example.com", "no address"])
def test_an_address_that_cannot_be_taken(app: Flask, cast: Cast, email: str) -> None:
    answer = create(app, email=email)
    assert answer.exit_code == 1
    assert "Traceback" not in answer.output


def test_a_weak_password_is_for_trying_things_out(app: Flask, cast: Cast) -> None:
    tried = create(app, password="demo")
    assert tried.exit_code == 0
    assert "at least 12" in tried.stderr
    app.config["KARGAH_ENV"] = "production"
    refused = create(app, email="other@example.edu", password="demo")
    assert refused.exit_code == 1
    assert "at least 12" in refused.output


def test_a_token_is_printed_alone_and_works(app: Flask, cast: Cast, client: Visitor) -> None:
    answer = flask(app, "token", "create", "Booker@example.com", "--name", "Sheet")
    assert answer.exit_code == 0
    token = answer.stdout.strip()
    assert answer.stdout == f"{token}\n"
    [row] = db.session.query(ApiToken)
    assert (row.user_id, row.name, row.token_hash) == (cast.booker.id, "Sheet", token_hash(token))
    me = client.get("/api/v1/me", headers={"Authorization": f"Bearer {token}"})
    assert me.get_json()["email"] == cast.booker.email


def test_no_token_for_nobody_and_for_a_closed_account(app: Flask, cast: Cast) -> None:
    disable_user(actor=cast.admin, user_id=cast.booker.id)
    for email in ("nobody@example.com", cast.booker.email):
        answer = flask(app, "token", "create", email, "--name", "x")
        assert answer.exit_code == 1
        assert answer.stdout == ""
