import pytest
from flask import Flask

from app.accounts import queries
from app.accounts.errors import LastOrganisationAdmin
from app.accounts.models import Membership, MembershipRole, Organisation, User
from app.accounts.services.members import change_member_role, end_membership
from app.core.errors import Forbidden, NotFound
from app.extensions import db
from tests.accounts.making import events, user_called
from tests.cast import NOW, Cast
from tests.databases import both_databases
from tests.statements import statements

MEMBER, ADMIN = MembershipRole.MEMBER, MembershipRole.ADMIN


def test_an_admin_makes_another_one(app: Flask, cast: Cast) -> None:
    change_member_role(actor=cast.boss, organisation_id=cast.arta.id, user_id=cast.booker.id, role=ADMIN)
    assert user_called(cast.booker.email).organisation_ids(ADMIN) == {cast.arta.id}
    change_member_role(actor=cast.booker, organisation_id=cast.arta.id, user_id=cast.boss.id, role=MEMBER)
    assert user_called(cast.boss.email).organisation_ids(ADMIN) == set()


def test_somebody_leaves_or_is_sent_away(app: Flask, cast: Cast) -> None:
    end_membership(actor=cast.booker, organisation_id=cast.arta.id, user_id=cast.booker.id)
    assert user_called(cast.booker.email).organisation_ids() == set()
    with pytest.raises(NotFound):
        end_membership(actor=cast.boss, organisation_id=cast.arta.id, user_id=cast.booker.id)
    assert len(events("MemberLeft")) == 1


def test_one_admin_stays(app: Flask, cast: Cast) -> None:
    with pytest.raises(LastOrganisationAdmin):
        end_membership(actor=cast.boss, organisation_id=cast.arta.id, user_id=cast.boss.id)
    with pytest.raises(LastOrganisationAdmin):
        change_member_role(actor=cast.boss, organisation_id=cast.arta.id, user_id=cast.boss.id, role=MEMBER)
    db.session.rollback()
    assert cast.boss.organisation_ids(ADMIN) == {cast.arta.id}


@pytest.mark.parametrize(
    ("name", "refusal"), [("booker", Forbidden), ("rival", NotFound), ("manager", NotFound)]
)
def test_nobody_else_decides_about_members(
    app: Flask, cast: Cast, name: str, refusal: type[Exception]
) -> None:
    actor = getattr(cast, name)
    with pytest.raises(refusal):
        change_member_role(actor=actor, organisation_id=cast.arta.id, user_id=cast.booker.id, role=ADMIN)
    with pytest.raises(refusal):
        end_membership(actor=actor, organisation_id=cast.arta.id, user_id=cast.boss.id)


def test_people_of_other_companies_are_out_of_reach(app: Flask, cast: Cast) -> None:
    with pytest.raises(NotFound):
        end_membership(actor=cast.boss, organisation_id=cast.arta.id, user_id=cast.rival.id)
    assert cast.rival.organisation_ids() == {cast.rival_company.id}


@both_databases
def test_many_members_are_asked_for_at_once(app: Flask, cast: Cast) -> None:
    arta_id, asked_for = cast.arta.id, []
    for many in (2, 20):
        for number in range(many):
            user = User(email=f"{many}-{number}@arta.example", name="x", created_at=NOW, activated_at=NOW)
            db.session.add(Membership(user=user, organisation_id=arta_id, role=MEMBER, created_at=NOW))
        db.session.commit()
        db.session.expunge_all()
        with statements() as asked:
            members = queries.list_members(db.session.get_one(Organisation, arta_id))
            assert all(member.user.name for member in members)
        assert len(members) >= many
        asked_for.append(len(asked))
    assert asked_for[0] == asked_for[1]
