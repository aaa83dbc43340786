import pytest
from flask import Flask

from app.accounts.errors import LastAdmin
from app.accounts.models import Role, RoleGrant
from app.accounts.services.people import disable_user, enable_user
from app.accounts.services.roles import grant_role, withdraw_role
from app.core.errors import Forbidden, InvalidInput, NotFound
from app.extensions import db
from app.notifications.models import Notice
from tests.accounts.making import events, user_called
from tests.cast import Cast
from tests.databases import both_databases


def admin_grant(cast: Cast) -> RoleGrant:
    return next(grant for grant in user_called(cast.admin.email).grants if grant.role is Role.ADMIN)


@both_databases
def test_a_role_counts_in_its_lab_only(app: Flask, cast: Cast) -> None:
    grant_role(actor=cast.admin, user_id=cast.loner.id, role=Role.MANAGER, lab_id=cast.materials.id)
    user = user_called(cast.loner.email)
    assert user.has_role(Role.MANAGER, lab_id=cast.materials.id)
    assert not user.has_role(Role.MANAGER, lab_id=cast.electronics.id)
    assert [(notice.user_id, notice.text) for notice in db.session.query(Notice)] == [
        (user.id, "You have a new role: Lab manager.")
    ]


@both_databases
@pytest.mark.parametrize("role", [Role.ADMIN, Role.MANAGER])
def test_granted_twice_is_granted_once(app: Flask, cast: Cast, role: Role) -> None:
    lab_id = cast.materials.id if role is Role.MANAGER else None
    for _ in range(2):
        grant_role(actor=cast.admin, user_id=cast.loner.id, role=role, lab_id=lab_id)
    assert len(user_called(cast.loner.email).grants) == 1
    assert len(events("RoleGranted")) == 1


@pytest.mark.parametrize(
    ("role", "with_lab"), [(Role.MANAGER, False), (Role.TECHNICIAN, False), (Role.LIAISON, True)]
)
def test_a_lab_role_names_a_lab_and_no_other_does(app: Flask, cast: Cast, role: Role, with_lab: bool) -> None:
    lab_id = cast.materials.id if with_lab else None
    with pytest.raises(InvalidInput):
        grant_role(actor=cast.admin, user_id=cast.loner.id, role=role, lab_id=lab_id)


@pytest.mark.parametrize("name", ["manager", "liaison", "boss", "loner"])
def test_nobody_but_an_admin_gives_and_takes_roles(app: Flask, cast: Cast, name: str) -> None:
    actor = getattr(cast, name)
    with pytest.raises(Forbidden):
        grant_role(actor=actor, user_id=actor.id, role=Role.ADMIN)
    with pytest.raises(Forbidden):
        withdraw_role(actor=actor, user_id=cast.admin.id, grant_id=admin_grant(cast).id)
    with pytest.raises(Forbidden):
        disable_user(actor=actor, user_id=cast.rival.id)


def test_a_role_taken_back_is_gone_at_once(app: Flask, cast: Cast) -> None:
    [grant] = cast.manager.grants
    withdraw_role(actor=cast.admin, user_id=cast.manager.id, grant_id=grant.id)
    assert not user_called(cast.manager.email).has_role(Role.MANAGER)
    assert cast.other_manager.has_role(Role.MANAGER)
    with pytest.raises(NotFound):
        withdraw_role(actor=cast.admin, user_id=cast.manager.id, grant_id=grant.id)


def test_a_grant_is_taken_from_whom_it_was_given_to(app: Flask, cast: Cast) -> None:
    with pytest.raises(NotFound):
        withdraw_role(actor=cast.admin, user_id=cast.loner.id, grant_id=cast.manager.grants[0].id)
    with pytest.raises(NotFound):
        grant_role(actor=cast.admin, user_id=999, role=Role.LIAISON)


def test_the_last_admin_stays(app: Flask, cast: Cast) -> None:
    with pytest.raises(LastAdmin):
        withdraw_role(actor=cast.admin, user_id=cast.admin.id, grant_id=admin_grant(cast).id)
    with pytest.raises(LastAdmin):
        disable_user(actor=cast.admin, user_id=cast.admin.id)
    assert user_called(cast.admin.email).is_active


def test_an_admin_with_a_closed_account_does_not_count(app: Flask, cast: Cast) -> None:
    grant_role(actor=cast.admin, user_id=cast.loner.id, role=Role.ADMIN)
    disable_user(actor=cast.admin, user_id=cast.loner.id)
    with pytest.raises(LastAdmin):
        disable_user(actor=cast.admin, user_id=cast.admin.id)
    enable_user(actor=cast.admin, user_id=cast.loner.id)
    disable_user(actor=cast.admin, user_id=cast.admin.id)
    assert not user_called(cast.admin.email).is_active
