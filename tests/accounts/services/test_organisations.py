from typing import Any

import pytest
from flask import Flask

from app.accounts import queries
from app.accounts.models import OrganisationKind, User, UserClass
from app.accounts.services.activate import activate_user
from app.accounts.services.organisations import (
    change_contact,
    correct_organisation,
    enter_organisation,
    verify_organisation,
)
from app.core.db import unit_of_work
from app.core.errors import Forbidden, InvalidInput, NotFound, WrongState
from app.extensions import db
from app.notifications.models import Notice
from tests.accounts.making import events, letters, organisation_called, registered, token_for
from tests.cast import NOW, Cast
from tests.databases import both_databases

STAFF = ["manager", "other_manager", "technician", "safety", "liaison", "admin"]
OTHERS = ["booker", "boss", "rival", "student", "loner", "donor"]


def who(cast: Cast, name: str) -> User:
    return getattr(cast, name)  # type: ignore[no-any-return]


@both_databases
def test_the_office_verifies_and_the_company_is_told(app: Flask, cast: Cast) -> None:
    verify_organisation(actor=cast.liaison, organisation_id=cast.newcomer_company.id)
    assert organisation_called("Newcomer Alloys").verified_at == NOW
    assert events("OrganisationVerified") == [
        {"actor_id": cast.liaison.id, "subject_id": cast.newcomer_company.id}
    ]
    assert [mail.subject for mail in letters(cast.newcomer.email)] == [
        "\u2068Newcomer Alloys\u2069 is verified"
    ]
    assert [notice.user_id for notice in db.session.query(Notice)] == [cast.newcomer.id]


def test_verified_twice_is_verified_once(app: Flask, cast: Cast) -> None:
    for actor in (cast.liaison, cast.admin):
        verify_organisation(actor=actor, organisation_id=cast.newcomer_company.id)
    assert len(events("OrganisationVerified")) == 1
    assert len(letters(cast.newcomer.email)) == 1


@pytest.mark.parametrize(
    ("name", "refusal"), [("newcomer", Forbidden), ("boss", NotFound), ("manager", NotFound)]
)
def test_nobody_else_verifies(app: Flask, cast: Cast, name: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        verify_organisation(actor=who(cast, name), organisation_id=cast.newcomer_company.id)
    assert not organisation_called("Newcomer Alloys").is_verified


def test_what_is_closed_or_is_not_cannot_be_verified(app: Flask, cast: Cast) -> None:
    cast.newcomer_company.closed_at = NOW
    db.session.commit()
    with pytest.raises(WrongState):
        verify_organisation(actor=cast.liaison, organisation_id=cast.newcomer_company.id)
    with pytest.raises(NotFound):
        verify_organisation(actor=cast.liaison, organisation_id=999)


def test_verifying_joins_an_approval(app: Flask, cast: Cast) -> None:
    @unit_of_work
    def approve() -> None:
        verify_organisation(actor=cast.liaison, organisation_id=cast.newcomer_company.id)
        raise RuntimeError("and the approval fails")

    with pytest.raises(RuntimeError):
        approve()
    assert not organisation_called("Newcomer Alloys").is_verified


@pytest.mark.parametrize("name", STAFF)
def test_staff_enter_a_company_without_account(app: Flask, cast: Cast, name: str) -> None:
    made = enter_organisation(actor=who(cast, name), name="Zarin Steel", contact_email=" Info@Zarin.example ")
    assert (made.entered_by_id, made.is_verified, made.contact_email) == (
        who(cast, name).id,
        False,
        "info@zarin.example",
    )
    assert queries.is_unclaimed(made)


@pytest.mark.parametrize("name", OTHERS)
def test_nobody_else_enters_one(app: Flask, cast: Cast, name: str) -> None:
    with pytest.raises(Forbidden):
        enter_organisation(actor=who(cast, name), name="Zarin Steel")


def test_entered_again_it_is_the_same(app: Flask, cast: Cast) -> None:
    first = enter_organisation(actor=cast.manager, name="فولاد زرین", name_fa=None)
    again = enter_organisation(actor=cast.liaison, name="فولاد زرين")
    other = enter_organisation(actor=cast.liaison, name="فولاد زرین سبلان")
    assert first.id == again.id != other.id


def test_one_with_an_account_is_never_taken_for_it(app: Flask, cast: Cast) -> None:
    """Or what is booked for a caller would land in the account of whoever has registered the name."""
    entered = enter_organisation(actor=cast.manager, name="Arta Polymer")
    assert entered.id != cast.arta.id
    assert queries.find_organisation(cast.booker, entered.id) is None


@pytest.mark.parametrize(
    "values", [{"name": " "}, {"name": "x", "contact_email": "nonsense"}, {"name": "x" * 201}]
)
def test_nonsense_is_refused(app: Flask, cast: Cast, values: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput):
        enter_organisation(actor=cast.manager, **values)


def correction(**values: Any) -> dict[str, Any]:
    return {
        "name": "Arta Polymer",
        "name_fa": None,
        "kind": OrganisationKind.COMPANY,
        "user_class": UserClass.INDUSTRY,
        "registration_number": None,
        **values,
    }


def test_the_office_corrects_who_it_is(app: Flask, cast: Cast) -> None:
    changed = correction(name=" Arta  Polymers ", user_class=UserClass.ACADEMIC)
    correct_organisation(actor=cast.liaison, organisation_id=cast.arta.id, **changed)
    found = organisation_called("Arta Polymers")
    assert (found.id, found.folded_name, found.user_class) == (
        cast.arta.id,
        "artapolymers",
        UserClass.ACADEMIC,
    )
    assert set(events("OrganisationChanged")[0]["fields"]) == {"name", "name_fa", "folded_name", "user_class"}  # type: ignore[call-overload]


def test_its_own_admin_does_not(app: Flask, cast: Cast) -> None:
    """A verified company that renames itself would no longer be what was verified."""
    with pytest.raises(Forbidden):
        correct_organisation(actor=cast.boss, organisation_id=cast.arta.id, **correction(name="Better"))
    with pytest.raises(NotFound):
        correct_organisation(actor=cast.rival, organisation_id=cast.arta.id, **correction(name="Worse"))


def test_its_admin_says_how_it_is_reached(app: Flask, cast: Cast) -> None:
    change_contact(
        actor=cast.boss, organisation_id=cast.arta.id, contact_email="a@arta.example", phone="+98 21"
    )
    found = organisation_called("Arta Polymer")
    assert (found.contact_email, found.phone) == ("a@arta.example", "+98 21")
    for actor, refusal in ((cast.booker, Forbidden), (cast.rival, NotFound), (cast.manager, NotFound)):
        with pytest.raises(refusal):
            change_contact(actor=actor, organisation_id=cast.arta.id, contact_email=None, phone=None)


def test_people_see_their_own_organisation_and_the_office_sees_all(app: Flask, cast: Cast) -> None:
    seen = {
        name: queries.find_organisation(who(cast, name), cast.arta.id) is not None for name in STAFF + OTHERS
    }
    assert [name for name, sees in seen.items() if sees] == ["liaison", "admin", "booker", "boss"]


def test_a_registration_nobody_confirmed_is_not_shown_to_the_office(app: Flask, cast: Cast) -> None:
    registered(company="Maybe Nobody")
    names = [one.name for one in queries.list_organisations(cast.liaison, unverified=True)]
    assert names == ["Newcomer Alloys"]
    assert db.session.query(Notice).count() == 0
    activate_user(token=token_for("new@example.com"))
    names = [one.name for one in queries.list_organisations(cast.liaison, unverified=True)]
    assert names == ["Maybe Nobody", "Newcomer Alloys"]
    [notice] = db.session.query(Notice)
    assert (notice.user_id, notice.path) == (
        cast.liaison.id,
        f"/admin/organisations/{organisation_called('Maybe Nobody').id}",
    )


def test_a_list_is_searched_in_both_scripts(app: Flask, cast: Cast) -> None:
    for text in ("پليمر", "arta", "Polymer ARTA"):
        assert [one.id for one in queries.list_organisations(cast.liaison, text=text)] == [cast.arta.id]
    assert queries.list_organisations(cast.liaison, text="%") == []
    with pytest.raises(Forbidden):
        queries.list_organisations(cast.boss)


def test_look_alikes_are_shown_to_the_office(app: Flask, cast: Cast) -> None:
    registered(company="شرکت آرتا پليمر (سهامی خاص)")
    alike = organisation_called("شرکت آرتا پلیمر (سهامی خاص)")
    assert [one.id for one in queries.list_look_alikes(cast.liaison, alike)] == [cast.arta.id]
    assert [one.id for one in queries.list_look_alikes(cast.liaison, cast.rival_company)] == []
    with pytest.raises(Forbidden):
        queries.list_look_alikes(cast.boss, cast.arta)


def test_a_registration_nobody_confirmed_is_nobodys_look_alike(app: Flask, cast: Cast) -> None:
    """Or a stranger could fill the page of any company with names."""
    registered(company="Arta Polymer Ltd")
    assert queries.list_look_alikes(cast.liaison, cast.arta) == []
    activate_user(token=token_for("new@example.com"))
    [alike] = queries.list_look_alikes(cast.liaison, cast.arta)
    assert alike.name == "Arta Polymer Ltd"
