from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from app.accounts.errors import LinkUnusable, SignInRefused
from app.accounts.models import MembershipRole, Organisation, User
from app.accounts.rules.limits import COMPANY_USER, LINK_ADDRESS, LINK_EMAIL
from app.accounts.services.activate import activate_user
from app.accounts.services.people import disable_user
from app.accounts.services.register import (
    Company,
    mail_activation_again,
    new_person,
    register_company,
    register_own_company,
)
from app.accounts.services.reset import ask_for_reset
from app.accounts.services.sign_in import Visit, sign_in
from app.core import clock
from app.core.db import unit_of_work
from app.core.errors import InvalidInput, TooMany, WrongState
from app.extensions import db
from app.notifications.models import Notice
from tests.accounts.making import (
    ADDRESS,
    GOOD_PASSWORD,
    events,
    letters,
    organisation_called,
    person,
    registered,
    token_for,
    used_up,
    user_called,
)
from tests.cast import NOW, Cast
from tests.databases import both_databases

CHOSEN = "chosen behind the link"


@both_databases
def test_a_registration_waits_for_its_address(app: Flask) -> None:
    made = registered(company="آرتا پليمر")
    user = user_called("new@example.com")
    assert made.user.id == user.id
    assert (user.is_active, user.password_hash) == (False, None)
    organisation = organisation_called("آرتا پلیمر")
    assert (organisation.is_verified, organisation.entered_by_id) == (False, None)
    assert [(m.organisation_id, m.role) for m in user.memberships] == [
        (organisation.id, MembershipRole.ADMIN)
    ]
    with pytest.raises(SignInRefused):
        sign_in(email=user.email, password=GOOD_PASSWORD, visit=Visit(address=ADDRESS))


@both_databases
def test_the_link_opens_the_account_with_what_was_typed(app: Flask) -> None:
    made = registered(name="Sara Ahmadi", language="fa")
    activate_user(token=token_for("new@example.com"))
    user, _ = sign_in(email="New@Example.com", password=GOOD_PASSWORD, visit=Visit(address=ADDRESS))
    assert (user.name, user.language, user.activated_at) == ("Sara Ahmadi", "fa", NOW)
    assert events("UserActivated") == [
        {"actor_id": user.id, "subject_id": user.id, "organisation_id": made.organisation.id}
    ]


def test_the_record_holds_no_secret(app: Flask) -> None:
    registered()
    token = token_for("new@example.com")
    recorded = str(events("UserRegistered"))
    assert token not in recorded
    assert "link_token" not in recorded


def test_a_link_works_once_and_for_a_day(app: Flask) -> None:
    registered()
    token = token_for("new@example.com")
    with clock.frozen(NOW + timedelta(hours=24)), pytest.raises(LinkUnusable):
        activate_user(token=token)
    activate_user(token=token)
    with pytest.raises(LinkUnusable):
        activate_user(token=token)


@pytest.mark.parametrize("token", ["", "x", "x" * 43])
def test_a_link_that_never_was(app: Flask, token: str) -> None:
    with pytest.raises(LinkUnusable):
        activate_user(token=token)


def test_somebody_elses_registration_of_an_address_leads_nowhere(app: Flask) -> None:
    """A stranger registers my address before me, with a password of theirs. My link is mine all the same."""
    stranger = registered(company="Stranger's Company", name="Stranger")
    mine = registered(company="My Company", name="Me")
    assert stranger.user.id == mine.user.id
    activate_user(token=token_for("new@example.com"), password=CHOSEN)
    user = user_called("new@example.com")
    assert (user.name, user.organisation_ids()) == ("Me", {mine.organisation.id})
    assert organisation_called("Stranger's Company").closed_at == NOW
    assert organisation_called("My Company").closed_at is None


def test_each_link_sets_up_its_own_form(app: Flask) -> None:
    first = registered(company="First", name="First")
    token = token_for("new@example.com")
    registered(company="Second", name="Second", language="fa")
    waiting = user_called("new@example.com")
    assert (waiting.name, waiting.language) == ("First", "en")
    activate_user(token=token, password=CHOSEN)
    user = user_called("new@example.com")
    assert (user.name, user.organisation_ids()) == ("First", {first.organisation.id})
    with pytest.raises(LinkUnusable):
        activate_user(token=token_for("new@example.com"), password=CHOSEN)


@both_databases
@pytest.mark.parametrize(
    "ask",
    [
        lambda: register_company(person=person(), company=Company(name="New Company"), address=ADDRESS),
        lambda: mail_activation_again(email="new@example.com", address=ADDRESS),
        lambda: ask_for_reset(email="new@example.com", address=ADDRESS),
    ],
    ids=["registered twice", "sent again", "new password"],
)
def test_of_several_mails_none_installs_what_was_typed_before(app: Flask, ask: Callable[[], object]) -> None:
    """Nobody can tell the mails apart, and all but one may be a stranger's, with a password of theirs."""
    registered()
    tokens = [token_for("new@example.com")]
    ask()
    tokens.append(token_for("new@example.com"))
    for token in tokens:
        with pytest.raises(InvalidInput) as refused:
            activate_user(token=token)
        assert refused.value.errors == (("password", "required"),)
    activate_user(token=tokens[-1], password=CHOSEN)
    sign_in(email="new@example.com", password=CHOSEN, visit=Visit(address=ADDRESS))
    with pytest.raises(SignInRefused):
        sign_in(email="new@example.com", password=GOOD_PASSWORD, visit=Visit(address=ADDRESS))


def test_the_password_that_is_chosen_is_checked(app: Flask) -> None:
    registered(company="Zarin Polymer")
    for bad in ("password1234", "zarin-polymer-2024"):
        with pytest.raises(InvalidInput):
            activate_user(token=token_for("new@example.com"), password=bad)
    assert not user_called("new@example.com").is_active


def test_an_address_with_an_account_gets_a_mail_and_nothing_else(app: Flask, cast: Cast) -> None:
    users, organisations = db.session.query(User).count(), db.session.query(Organisation).count()
    before = cast.booker.password_hash
    answer = register_company(
        person=person(cast.booker.email), company=Company(name="Look-alike"), address=ADDRESS
    )
    assert answer is None
    assert (db.session.query(User).count(), db.session.query(Organisation).count()) == (users, organisations)
    assert user_called(cast.booker.email).password_hash == before
    [mail] = letters(cast.booker.email)
    assert mail.subject == "You already have an account at Kargah"
    assert "/sign-in" in mail.text


def test_a_closed_account_cannot_be_registered_anew(app: Flask, cast: Cast) -> None:
    disable_user(actor=cast.admin, user_id=cast.booker.id)
    assert (
        register_company(person=person(cast.booker.email), company=Company(name="x"), address=ADDRESS) is None
    )


def test_mail_to_an_unproved_address_repeats_nothing_that_was_typed(app: Flask) -> None:
    registered(name="Buy cheap pills", company="Cheap pills")
    [mail] = letters("new@example.com")
    assert "pills" not in mail.subject + mail.text + (mail.html or "")


def test_it_joins_the_work_of_a_first_request(app: Flask) -> None:
    """At the end of a booking: what fails there leaves no account behind and sends nothing."""

    @unit_of_work
    def request() -> None:
        registered()
        raise RuntimeError("the slot was taken meanwhile")

    with pytest.raises(RuntimeError):
        request()
    assert db.session.query(User).count() == 0
    assert letters("new@example.com") == []


def test_the_link_can_be_sent_again(app: Flask) -> None:
    registered(company="My Company")
    mail_activation_again(email="new@example.com", address=ADDRESS)
    assert len(letters("new@example.com")) == 2
    activate_user(token=token_for("new@example.com"), password=CHOSEN)
    user, _ = sign_in(email="new@example.com", password=CHOSEN, visit=Visit(address=ADDRESS))
    assert user.organisation_ids() == {organisation_called("My Company").id}


def test_it_is_not_sent_again_to_an_open_account_nor_to_nobody(app: Flask, cast: Cast) -> None:
    mail_activation_again(email=cast.booker.email, address=ADDRESS)
    mail_activation_again(email="nobody@example.com", address=ADDRESS)
    assert letters(cast.booker.email) + letters("nobody@example.com") == []


def test_one_address_gets_few_mails_an_hour(app: Flask) -> None:
    for _ in range(LINK_EMAIL.most):
        registered()
    with pytest.raises(TooMany) as stopped:
        registered()
    assert 0 < stopped.value.retry_after <= 3600
    assert len(letters("new@example.com")) == LINK_EMAIL.most
    registered("other@example.com")


def test_one_network_sends_few_mails_an_hour(app: Flask) -> None:
    for number in range(LINK_ADDRESS.most):
        mail_activation_again(email=f"{number}@example.com", address=ADDRESS)
    with pytest.raises(TooMany):
        registered()
    with pytest.raises(TooMany):
        mail_activation_again(email="another@example.com", address=ADDRESS)
    mail_activation_again(email="another@example.com", address="198.51.100.1")


@both_databases
def test_somebody_with_an_account_registers_a_company(app: Flask, cast: Cast) -> None:
    made = register_own_company(actor=cast.loner, company=Company(name="Zarin Steel"))
    user = user_called(cast.loner.email)
    assert user.organisation_ids(MembershipRole.ADMIN) == {made.id}
    assert not made.is_verified
    assert letters(cast.loner.email) == []
    [notice] = db.session.query(Notice)
    assert (notice.user_id, notice.path) == (cast.liaison.id, f"/admin/organisations/{made.id}")


@pytest.mark.parametrize("name", ["booker", "boss", "student"])
def test_who_belongs_to_an_organisation_registers_no_other(app: Flask, cast: Cast, name: str) -> None:
    """Each company that is not verified may have a request waiting: nobody collects them."""
    with pytest.raises(WrongState):
        register_own_company(actor=getattr(cast, name), company=Company(name="Zarin Steel"))


def test_few_companies_a_day(app: Flask, cast: Cast) -> None:
    used_up(COMPANY_USER, str(cast.loner.id))
    with pytest.raises(TooMany):
        register_own_company(actor=cast.loner, company=Company(name="Zarin Steel"))
    assert user_called(cast.loner.email).organisation_ids() == set()


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("email", {"email": "no address"}),
        ("name", {"name": "https://evil.example"}),
        ("password", {"password": "password1234"}),
        ("password", {"password": "zarin-polymer-2024", "company_name": "Zarin Polymer"}),
    ],
)
def test_what_was_typed_is_checked(app: Flask, field: str, values: dict[str, str]) -> None:
    typed = {
        "email": "new@example.com",
        "name": "Sara",
        "password": GOOD_PASSWORD,
        "language": "en",
        **values,
    }
    with pytest.raises(InvalidInput) as refused:
        new_person(**typed)
    assert [name for name, _ in refused.value.errors] == [field]


def test_a_company_without_a_name_is_refused(app: Flask) -> None:
    with pytest.raises(InvalidInput):
        registered(company=" \u200f ")
    assert db.session.query(User).count() == 0
