import pytest
from flask import Flask

from app.accounts import queries
from app.accounts.models import Role
from app.accounts.operator import OPERATOR
from app.accounts.services.api_tokens import make_api_token
from app.accounts.services.bearer import owner_of_token
from app.accounts.services.people import create_user, disable_user, enable_user
from app.accounts.services.sessions import open_session, resume_session
from app.core.errors import Forbidden, InvalidInput
from tests.accounts.making import events, person, registered, user_called
from tests.cast import NOW, Cast
from tests.databases import both_databases


def test_the_operator_makes_accounts(app: Flask, cast: Cast) -> None:
    made = create_user(actor=OPERATOR, person=person())
    assert made.is_active
    assert events("UserCreated") == [{"actor_id": None, "subject_id": made.id}]
    with pytest.raises(InvalidInput):
        create_user(actor=OPERATOR, person=person())
    with pytest.raises(Forbidden):
        create_user(actor=cast.liaison, person=person("other@example.com"))


@both_databases
def test_closing_an_account_ends_everything_it_held(app: Flask, cast: Cast) -> None:
    session = open_session(user=cast.booker, address="", browser="")
    token, other = make_api_token(actor=cast.booker, name="x"), make_api_token(actor=cast.rival, name="x")
    disable_user(actor=cast.admin, user_id=cast.booker.id)
    disable_user(actor=cast.admin, user_id=cast.booker.id)
    assert resume_session(session) is None
    assert owner_of_token(token) is None
    assert owner_of_token(other) is not None
    assert len(events("UserDisabled")) == 1


def test_closing_an_account_leaves_no_password_in_its_links(app: Flask, cast: Cast) -> None:
    user = registered().user
    disable_user(actor=cast.admin, user_id=user.id)
    [link] = queries.list_activation_links(user.id)
    assert (link.used_at, link.data) == (NOW, {})


def test_opened_again_it_starts_with_nothing(app: Flask, cast: Cast) -> None:
    token = make_api_token(actor=cast.booker, name="x")
    disable_user(actor=cast.admin, user_id=cast.booker.id)
    enable_user(actor=cast.admin, user_id=cast.booker.id)
    assert user_called(cast.booker.email).is_active
    assert owner_of_token(token) is None


def test_only_admins_look_through_people(app: Flask, cast: Cast) -> None:
    assert [user.email for user in queries.list_people(cast.admin, text="BOOKER example")] == [
        cast.booker.email
    ]
    assert queries.list_people(cast.admin, text="%") == []
    for actor in (cast.liaison, cast.manager, cast.boss):
        assert not actor.has_role(Role.ADMIN)
        assert queries.find_managed_user(actor, cast.rival.id) is None
        with pytest.raises(Forbidden):
            queries.list_people(actor)
