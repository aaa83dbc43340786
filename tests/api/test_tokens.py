"""Only a bearer token opens the API, only while its owner may come in."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from app.accounts.models import ApiToken
from app.core import clock
from app.extensions import db
from config import BadSetting, settings_from
from tests.api.caller import Caller, problem, token_of
from tests.api.conftest import As
from tests.cast import NOW, Cast


def test_a_token_speaks_for_its_owner(as_: As, cast: Cast) -> None:
    answer = as_(cast.booker).get("/me")

    assert answer.status_code == 200
    assert answer.json == {
        "id": cast.booker.id,
        "name": "Booker",
        "email": "booker@example.com",
        "organisations": [{"id": cast.arta.id, "name": "Arta Polymer", "role": "member", "verified": True}],
        "roles": [],
    }


def test_roles_name_their_lab(as_: As, cast: Cast) -> None:
    assert as_(cast.manager).get("/me").json["roles"] == ["manager:materials"]
    assert as_(cast.liaison).get("/me").json["roles"] == ["liaison"]


def test_without_a_token_there_is_no_way_in(anybody: Caller) -> None:
    for header in (None, "", "Bearer", "Bearer ", "Basic Ym9va2VyOmRlbW8=", "demo"):
        answer = anybody.get("/me", headers={} if header is None else {"Authorization": header})
        problem(answer, 401, "unauthorized")
        assert answer.headers["WWW-Authenticate"] == 'Bearer realm="kargah"'


def test_a_wrong_token_is_told_to_be_wrong(anybody: Caller) -> None:
    answer = anybody.get("/me", headers={"Authorization": "Bearer wrong"})

    problem(answer, 401, "unauthorized")
    assert 'error="invalid_token"' in answer.headers["WWW-Authenticate"]


def test_a_revoked_token_fails_at_once(as_: As, cast: Cast) -> None:
    booker = as_(cast.booker)
    assert booker.get("/me").status_code == 200

    db.session.query(ApiToken).filter_by(user_id=cast.booker.id).one().revoked_at = NOW
    db.session.commit()

    problem(booker.get("/me"), 401, "unauthorized")


@pytest.mark.parametrize("change", [{"disabled_at": NOW}, {"activated_at": None}])
def test_a_person_who_may_not_sign_in_may_not_call(
    as_: As, cast: Cast, save: Callable[..., None], change: dict[str, object]
) -> None:
    booker = as_(cast.booker)
    for name, value in change.items():
        setattr(cast.booker, name, value)
    save(cast.booker)

    problem(booker.get("/me"), 401, "unauthorized")


def test_a_signed_in_browser_without_a_token_may_not_call(app: Flask, cast: Cast) -> None:
    visitor = app.test_client()
    visitor.sign_in(cast.booker)

    problem(visitor.get("/api/v1/me"), 401, "unauthorized")
    problem(visitor.post("/api/v1/bookings/check", json={}), 401, "unauthorized")


def test_use_is_noted_to_the_minute(app: Flask, as_: As, cast: Cast) -> None:
    booker = as_(cast.booker)

    def used_at() -> object:
        db.session.expire_all()
        return db.session.query(ApiToken).filter_by(user_id=cast.booker.id).one().last_used_at

    booker.get("/me")
    assert used_at() == NOW
    with clock.frozen(NOW + timedelta(seconds=59)):
        booker.get("/me")
    assert used_at() == NOW
    with clock.frozen(NOW + timedelta(seconds=60)):
        booker.get("/me")
    assert used_at() == NOW + timedelta(seconds=60)


def test_who_is_too_quick_has_to_wait(make_app: Callable[..., Flask], cast: Cast) -> None:
    app = make_app(API_REQUESTS_PER_MINUTE=3)
    headers = {"Authorization": f"Bearer {token_of(cast.booker)}"}
    others = {"Authorization": f"Bearer {token_of(cast.rival)}"}
    client = app.test_client()

    assert [client.get("/api/v1/me", headers=headers).status_code for _ in range(4)] == [200, 200, 200, 429]
    answer = client.get("/api/v1/me", headers=headers)
    problem(answer, 429, "too-many")
    assert 1 <= int(answer.headers["Retry-After"]) <= 61
    assert client.get("/api/v1/me", headers=others).status_code == 200


def test_six_hundred_requests_a_minute_are_never_too_many(app: Flask) -> None:
    assert app.config["API_REQUESTS_PER_MINUTE"] >= 600


@pytest.mark.parametrize("number", ["0", "-1", "many", "", "1.5"])
def test_a_pace_that_lets_nobody_through_is_refused(number: str) -> None:
    with pytest.raises(BadSetting, match="API_REQUESTS_PER_MINUTE"):
        settings_from({"API_REQUESTS_PER_MINUTE": number, "SECRET_KEY": "x" * 32})
