from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from app.accounts import queries
from app.accounts.errors import ForSomebodyElse, LinkUnusable, NeedsSignIn
from app.accounts.models import MembershipRole
from app.accounts.rules.limits import INVITE_ORGANISATION
from app.accounts.services.activate import activate_user
from app.accounts.services.invitations import (
    accept_invitation,
    hand_over,
    invite_member,
    withdraw_invitation,
)
from app.accounts.services.organisations import enter_organisation
from app.accounts.services.people import disable_user
from app.accounts.services.roles import withdraw_role
from app.accounts.services.sign_in import Visit, sign_in
from app.core import clock
from app.core.errors import Forbidden, InvalidInput, NotFound, TooMany, WrongState
from app.extensions import db
from tests.accounts.making import ADDRESS, GOOD_PASSWORD, events, letters, person, registered, token_for
from tests.cast import NOW, Cast
from tests.databases import both_databases

EMAIL = "colleague@arta.example"


def invited(cast: Cast, email: str = EMAIL, role: MembershipRole = MembershipRole.MEMBER) -> str:
    invite_member(actor=cast.boss, organisation_id=cast.arta.id, email=email, role=role)
    return token_for(email)


@both_databases
def test_a_colleague_without_account_joins_with_a_new_one(app: Flask, cast: Cast) -> None:
    token = invited(cast, role=MembershipRole.ADMIN)
    user = accept_invitation(actor=None, token=token, person=person("typed@elsewhere.example"))
    assert (user.email, user.is_active) == (EMAIL, True)
    assert user.organisation_ids(MembershipRole.ADMIN) == {cast.arta.id}
    sign_in(email=EMAIL, password=GOOD_PASSWORD, visit=Visit(address=ADDRESS))
    assert events("MemberJoined")[0]["user_id"] == user.id


@both_databases
def test_a_colleague_with_an_account_joins_with_it(app: Flask, cast: Cast) -> None:
    user = accept_invitation(actor=cast.loner, token=invited(cast, cast.loner.email))
    assert user.id == cast.loner.id
    assert queries.find_organisation(cast.loner, cast.arta.id) is not None


def test_somebody_else_cannot_use_the_link(app: Flask, cast: Cast) -> None:
    token = invited(cast)
    with pytest.raises(ForSomebodyElse):
        accept_invitation(actor=cast.rival, token=token)
    accept_invitation(actor=None, token=token, person=person())


def test_the_owner_of_an_account_signs_in_first(app: Flask, cast: Cast) -> None:
    """The link alone must not set the password of an account that exists."""
    token, before = invited(cast, cast.loner.email), cast.loner.password_hash
    with pytest.raises(NeedsSignIn):
        accept_invitation(actor=None, token=token, person=person(cast.loner.email))
    db.session.refresh(cast.loner)
    assert cast.loner.password_hash == before


def test_a_closed_account_does_not_come_back_this_way(app: Flask, cast: Cast) -> None:
    token = invited(cast, cast.loner.email)
    disable_user(actor=cast.admin, user_id=cast.loner.id)
    with pytest.raises(NeedsSignIn):
        accept_invitation(actor=None, token=token, person=person(cast.loner.email))


def test_an_address_that_somebody_registered_and_never_proved(app: Flask, cast: Cast) -> None:
    """The invitation proves it; what the other form said falls away."""
    made = registered(EMAIL, company="Typed By A Stranger")
    stale = token_for(EMAIL)
    user = accept_invitation(actor=None, token=invited(cast), person=person())
    assert user.organisation_ids() == {cast.arta.id}
    db.session.refresh(made.organisation)
    assert made.organisation.closed_at == NOW
    with pytest.raises(LinkUnusable):
        activate_user(token=stale)


def test_a_link_works_once_and_for_two_weeks(app: Flask, cast: Cast) -> None:
    token = invited(cast)
    with clock.frozen(NOW + timedelta(days=14)), pytest.raises(LinkUnusable):
        accept_invitation(actor=None, token=token, person=person())
    accept_invitation(actor=None, token=token, person=person())
    with pytest.raises(LinkUnusable):
        accept_invitation(actor=None, token=token, person=person())


def test_a_newer_invitation_voids_the_older(app: Flask, cast: Cast) -> None:
    older, newer = invited(cast), invited(cast)
    with pytest.raises(LinkUnusable):
        accept_invitation(actor=None, token=older, person=person())
    accept_invitation(actor=None, token=newer, person=person())


def test_it_can_be_withdrawn(app: Flask, cast: Cast) -> None:
    token = invited(cast)
    [link] = queries.list_invitations(cast.arta)
    for actor, organisation, refusal in (
        (cast.booker, cast.arta, Forbidden),
        (cast.rival, cast.arta, NotFound),
        (cast.rival, cast.rival_company, NotFound),
    ):
        with pytest.raises(refusal):
            withdraw_invitation(actor=actor, organisation_id=organisation.id, link_id=link.id)
    withdraw_invitation(actor=cast.boss, organisation_id=cast.arta.id, link_id=link.id)
    with pytest.raises(LinkUnusable):
        accept_invitation(actor=None, token=token, person=person())


@pytest.mark.parametrize(
    ("name", "refusal"), [("booker", Forbidden), ("rival", NotFound), ("manager", NotFound)]
)
def test_only_its_admins_and_the_office_invite(
    app: Flask, cast: Cast, name: str, refusal: type[Exception]
) -> None:
    actor = getattr(cast, name)
    with pytest.raises(refusal):
        invite_member(actor=actor, organisation_id=cast.arta.id, email=EMAIL, role=MembershipRole.MEMBER)
    assert letters(EMAIL) == []
    invite_member(actor=cast.liaison, organisation_id=cast.arta.id, email=EMAIL, role=MembershipRole.MEMBER)


def test_members_and_nonsense_are_not_invited(app: Flask, cast: Cast) -> None:
    for email in (cast.booker.email.upper(), "nonsense"):
        with pytest.raises(InvalidInput):
            invite_member(
                actor=cast.boss, organisation_id=cast.arta.id, email=email, role=MembershipRole.MEMBER
            )


def test_not_into_what_is_closed(app: Flask, cast: Cast) -> None:
    token = invited(cast)
    cast.arta.closed_at = NOW
    db.session.commit()
    with pytest.raises(WrongState):
        invited(cast, "other@arta.example")
    with pytest.raises(LinkUnusable):
        accept_invitation(actor=None, token=token, person=person())


def test_a_company_that_staff_entered_is_handed_over_once(app: Flask, cast: Cast) -> None:
    entered = enter_organisation(actor=cast.manager, name="Zarin", contact_email="info@zarin.example")
    mute = enter_organisation(actor=cast.manager, name="Mute")
    for actor in (cast.manager, cast.boss):
        with pytest.raises(NotFound):
            hand_over(actor=actor, organisation_id=entered.id)
    with pytest.raises(WrongState):
        hand_over(actor=cast.liaison, organisation_id=mute.id)
    hand_over(actor=cast.liaison, organisation_id=entered.id)
    user = accept_invitation(actor=None, token=token_for("info@zarin.example"), person=person())
    assert user.organisation_ids(MembershipRole.ADMIN) == {entered.id}
    with pytest.raises(WrongState):
        hand_over(actor=cast.liaison, organisation_id=entered.id)


def leave(cast: Cast) -> None:
    cast.boss.memberships[0].ended_at = NOW


def step_down(cast: Cast) -> None:
    cast.boss.memberships[0].role = MembershipRole.MEMBER


def close_the_account(cast: Cast) -> None:
    cast.boss.disabled_at = NOW


@both_databases
@pytest.mark.parametrize("what_happens", [leave, step_down, close_the_account])
def test_it_is_worth_no_more_than_the_word_of_its_inviter(
    app: Flask, cast: Cast, what_happens: Callable[[Cast], None]
) -> None:
    """An admin on the way out could invite a second address of their own, and come back with it."""
    token = invited(cast, role=MembershipRole.ADMIN)
    what_happens(cast)
    db.session.commit()
    with pytest.raises(LinkUnusable):
        accept_invitation(actor=None, token=token, person=person())
    assert queries.find_user_by_email(EMAIL) is None


def test_an_invitation_of_the_office_is_worth_what_the_office_says(app: Flask, cast: Cast) -> None:
    for email in ("one@arta.example", "two@arta.example"):
        invite_member(
            actor=cast.liaison, organisation_id=cast.arta.id, email=email, role=MembershipRole.MEMBER
        )
    accept_invitation(actor=None, token=token_for("one@arta.example"), person=person())
    [grant] = cast.liaison.grants
    withdraw_role(actor=cast.admin, user_id=cast.liaison.id, grant_id=grant.id)
    with pytest.raises(LinkUnusable):
        accept_invitation(actor=None, token=token_for("two@arta.example"), person=person())


def test_an_organisation_sends_few_invitations_a_day(app: Flask, cast: Cast) -> None:
    for number in range(INVITE_ORGANISATION.most):
        invited(cast, f"{number}@arta.example")
    with pytest.raises(TooMany):
        invited(cast)


def test_whoever_had_left_comes_back(app: Flask, cast: Cast) -> None:
    accept_invitation(actor=cast.loner, token=invited(cast, cast.loner.email))
    [membership] = cast.loner.memberships
    membership.ended_at = NOW
    db.session.commit()
    assert cast.loner.organisation_ids() == set()
    accept_invitation(actor=cast.loner, token=invited(cast, cast.loner.email, MembershipRole.ADMIN))
    db.session.refresh(cast.loner)
    assert cast.loner.organisation_ids(MembershipRole.ADMIN) == {cast.arta.id}
