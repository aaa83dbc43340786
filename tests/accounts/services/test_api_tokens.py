import pytest
from flask import Flask

from app.accounts import queries
from app.accounts.models import ApiToken
from app.accounts.services.api_tokens import MOST, make_api_token, revoke_api_token
from app.accounts.services.bearer import owner_of_token
from app.core.errors import InvalidInput, NotFound, WrongState
from app.core.tokens import token_hash
from app.extensions import db
from tests.accounts.making import events
from tests.cast import Cast


def test_a_token_is_its_makers_and_kept_as_a_hash(app: Flask, cast: Cast) -> None:
    token = make_api_token(actor=cast.booker, name=" My\nsheet ")
    owner = owner_of_token(token)
    assert owner is not None
    assert owner.id == cast.booker.id
    [row] = db.session.query(ApiToken)
    assert (row.token_hash, row.name) == (token_hash(token), "My sheet")
    assert token not in str(events("ApiTokenMade"))


def test_a_revoked_one_fails_at_once(app: Flask, cast: Cast) -> None:
    token, kept = make_api_token(actor=cast.booker, name="x"), make_api_token(actor=cast.booker, name="y")
    row = queries.list_api_tokens(cast.booker)[1]
    revoke_api_token(actor=cast.booker, token_id=row.id)
    assert owner_of_token(token) is None
    assert owner_of_token(kept) is not None
    with pytest.raises(NotFound):
        revoke_api_token(actor=cast.booker, token_id=row.id)


def test_nobody_sees_or_revokes_anothers(app: Flask, cast: Cast) -> None:
    token = make_api_token(actor=cast.booker, name="x")
    [row] = queries.list_api_tokens(cast.booker)
    for other in (cast.boss, cast.admin):
        assert queries.list_api_tokens(other) == []
        with pytest.raises(NotFound):
            revoke_api_token(actor=other, token_id=row.id)
    assert owner_of_token(token) is not None


def test_a_token_has_a_name_and_a_person_has_few(app: Flask, cast: Cast) -> None:
    with pytest.raises(InvalidInput):
        make_api_token(actor=cast.booker, name=" \u200f ")
    for _ in range(MOST):
        make_api_token(actor=cast.booker, name="x")
    with pytest.raises(WrongState):
        make_api_token(actor=cast.booker, name="x")
    make_api_token(actor=cast.boss, name="x")
