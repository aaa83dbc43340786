import pytest
from flask import Flask

from app.accounts import queries
from app.accounts.errors import LinkUnusable
from app.accounts.models import MembershipRole, Organisation
from app.accounts.services.activate import activate_user
from app.accounts.services.invitations import accept_invitation, invite_member
from app.accounts.services.merge import merge_organisation
from app.accounts.services.organisations import enter_organisation
from app.core.errors import Forbidden, NotFound, WrongState
from tests.accounts.making import events, organisation_called, person, registered, token_for
from tests.cast import NOW, Cast
from tests.databases import both_databases


@pytest.fixture
def entered(app: Flask, cast: Cast) -> Organisation:
    """What staff wrote down when Arta called, before anybody knew that Arta has an account."""
    return enter_organisation(actor=cast.manager, name="Arta Polymer", contact_email="info@arta.example")


@both_databases
def test_the_office_gives_it_to_the_verified_owner(app: Flask, cast: Cast, entered: Organisation) -> None:
    owner = merge_organisation(actor=cast.liaison, organisation_id=entered.id, into_id=cast.arta.id)
    assert owner.id == cast.arta.id
    assert (entered.closed_at, entered.merged_into_id) == (NOW, cast.arta.id)
    assert events("OrganisationMerged") == [
        {"actor_id": cast.liaison.id, "subject_id": entered.id, "into_id": cast.arta.id}
    ]
    assert entered.id not in [one.id for one in queries.list_organisations(cast.liaison)]
    with pytest.raises(WrongState):
        merge_organisation(actor=cast.liaison, organisation_id=entered.id, into_id=cast.arta.id)


@pytest.mark.parametrize("name", ["boss", "rival", "manager", "newcomer"])
def test_nobody_else_does(app: Flask, cast: Cast, entered: Organisation, name: str) -> None:
    with pytest.raises(Forbidden):
        merge_organisation(actor=getattr(cast, name), organisation_id=entered.id, into_id=cast.arta.id)
    assert entered.closed_at is None


def test_only_into_a_verified_one(app: Flask, cast: Cast, entered: Organisation) -> None:
    for into in (cast.newcomer_company.id, entered.id):
        with pytest.raises(WrongState):
            merge_organisation(actor=cast.liaison, organisation_id=entered.id, into_id=into)
    with pytest.raises(NotFound):
        merge_organisation(actor=cast.liaison, organisation_id=entered.id, into_id=999)


def test_one_with_an_account_is_never_given_away(app: Flask, cast: Cast) -> None:
    for taken in (cast.rival_company, cast.newcomer_company, cast.university):
        with pytest.raises(WrongState):
            merge_organisation(actor=cast.liaison, organisation_id=taken.id, into_id=cast.arta.id)


def test_a_look_alike_that_registers_sees_nothing(app: Flask, cast: Cast, entered: Organisation) -> None:
    made = registered(company="Arta Polymer")
    assert made.organisation.id != entered.id
    user = activate_user(token=token_for("new@example.com"))
    assert queries.find_organisation(user, entered.id) is None
    assert user.organisation_ids() == {made.organisation.id}


def test_or_hands_it_over_at_the_contact_address(app: Flask, cast: Cast, entered: Organisation) -> None:
    invite_member(
        actor=cast.liaison, organisation_id=entered.id, email="info@arta.example", role=MembershipRole.ADMIN
    )
    token = token_for("info@arta.example")
    user = accept_invitation(actor=None, token=token, person=person("info@arta.example"))
    assert user.organisation_ids(MembershipRole.ADMIN) == {entered.id}
    assert not queries.is_unclaimed(entered)
    with pytest.raises(WrongState):
        merge_organisation(actor=cast.liaison, organisation_id=entered.id, into_id=cast.arta.id)


def test_merging_withdraws_what_was_on_its_way(app: Flask, cast: Cast, entered: Organisation) -> None:
    invite_member(
        actor=cast.liaison, organisation_id=entered.id, email="info@arta.example", role=MembershipRole.ADMIN
    )
    token = token_for("info@arta.example")
    merge_organisation(actor=cast.liaison, organisation_id=entered.id, into_id=cast.arta.id)
    with pytest.raises(LinkUnusable):
        accept_invitation(actor=None, token=token, person=person("info@arta.example"))


def test_what_was_merged_is_not_found_under_its_name(app: Flask, cast: Cast, entered: Organisation) -> None:
    merge_organisation(actor=cast.liaison, organisation_id=entered.id, into_id=cast.arta.id)
    assert enter_organisation(actor=cast.manager, name="Arta Polymer").id != entered.id
    assert organisation_called("Rival Coatings").closed_at is None
