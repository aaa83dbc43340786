"""Somebody stands in for who is away: for those days, in that lab, and no longer."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.accounts.models import Role, RoleGrant, User
from app.accounts.services.people import disable_user
from app.accounts.services.roles import grant_role, withdraw_role
from app.booking.models import OccurrenceState
from app.booking.queries.bookings import count_to_decide, get_booking
from app.booking.queries.people import list_deciders
from app.booking.services.decide import approve_booking
from app.booking.services.deputies import end_deputy, name_deputy
from app.cli.doctor import findings
from app.core import clock
from app.core.errors import Forbidden, InvalidInput, NotFound
from app.extensions import db
from app.notifications.models import Mail
from tests.booking.making import ask
from tests.cast import NOW, Cast
from tests.databases import both_databases
from tests.visitor import Visitor

TODAY = date(2026, 11, 22)
WEEK_ON = TODAY + timedelta(days=6)


def deputise(cast: Cast, actor: User | None = None, **more: Any) -> RoleGrant:
    settled = {
        "lab_id": cast.materials.id,
        "absent_id": cast.manager.id,
        "email": cast.other_manager.email,
        "first_on": TODAY,
        "last_on": WEEK_ON,
    }
    return name_deputy(actor=actor or cast.manager, **(settled | more))


@both_databases
def test_the_deputy_answers_and_gets_the_letters_meanwhile(cast: Cast) -> None:
    deputise(cast)
    booking = ask(cast.booker, cast.raman)
    assert count_to_decide(cast.other_manager) == 1
    assert cast.manager not in list_deciders([cast.materials.id])
    letters = db.session.scalars(select(Mail).where(Mail.address == cast.other_manager.email)).all()
    assert any("stand in" in mail.subject for mail in letters)
    assert any(booking.reference in mail.text for mail in letters)
    approve_booking(actor=cast.other_manager, reference=booking.reference)
    assert booking.occurrences[0].state is OccurrenceState.APPROVED
    assert list(findings()) == []


def test_before_and_afterwards_it_counts_for_nothing(cast: Cast) -> None:
    deputise(cast, first_on=TODAY + timedelta(days=1))
    booking = ask(cast.booker, cast.raman, start=24 * 8)
    assert count_to_decide(cast.other_manager) == 0
    assert cast.manager in list_deciders([cast.materials.id])
    with clock.frozen(NOW + timedelta(days=1)):
        assert count_to_decide(cast.other_manager) == 1
    with clock.frozen(NOW + timedelta(days=7)):
        assert count_to_decide(cast.other_manager) == 0
        with pytest.raises(NotFound):
            approve_booking(actor=cast.other_manager, reference=booking.reference)


def test_only_in_that_lab_and_not_as_its_manager(cast: Cast) -> None:
    deputise(cast, email=cast.student.email)
    ask(cast.booker, cast.oscilloscope)
    assert count_to_decide(cast.student) == 0
    with pytest.raises(Forbidden):
        deputise(cast, actor=cast.student, absent_id=cast.safety.id)


def test_who_is_back_ends_it(cast: Cast) -> None:
    grant = deputise(cast)
    reference = ask(cast.booker, cast.raman).reference
    with pytest.raises(Forbidden):
        end_deputy(actor=cast.safety, grant_id=grant.id)
    end_deputy(actor=cast.manager, grant_id=grant.id)
    with pytest.raises(NotFound):
        get_booking(cast.other_manager, reference)
    with pytest.raises(NotFound):
        end_deputy(actor=cast.manager, grant_id=cast.safety.every_grant[0].id)


def test_who_has_no_say_any_more_has_no_deputy_either(cast: Cast) -> None:
    deputise(cast)
    ask(cast.booker, cast.raman)
    (own,) = cast.manager.every_grant
    withdraw_role(actor=cast.admin, user_id=cast.manager.id, grant_id=own.id)
    assert count_to_decide(cast.other_manager) == 0


def test_a_closed_account_has_no_deputy_and_a_deputys_leaves_nobody_without_letters(cast: Cast) -> None:
    deputise(cast)
    disable_user(actor=cast.admin, user_id=cast.other_manager.id)
    assert cast.safety in list_deciders([cast.materials.id])
    disable_user(actor=cast.admin, user_id=cast.safety.id)
    assert list_deciders([cast.materials.id]) == [cast.manager], "better than nobody"
    disable_user(actor=cast.admin, user_id=cast.manager.id)
    assert not cast.other_manager.lab_ids(Role.APPROVER)


def test_a_deputy_who_is_made_an_approver_stays_one(cast: Cast) -> None:
    deputise(cast)
    grant_role(actor=cast.admin, user_id=cast.other_manager.id, role=Role.APPROVER, lab_id=cast.materials.id)
    with clock.frozen(NOW + timedelta(days=30)):
        assert cast.materials.id in cast.other_manager.lab_ids(Role.APPROVER)


def test_somebody_without_a_role_is_named_by_the_manager_only(cast: Cast) -> None:
    with pytest.raises(InvalidInput):
        deputise(cast, actor=cast.safety, absent_id=cast.safety.id, email=cast.student.email)
    deputise(cast, absent_id=cast.safety.id, email=cast.student.email)


def test_somebody_may_be_deputy_again_next_year(cast: Cast) -> None:
    deputise(cast)
    with clock.frozen(NOW + timedelta(days=300)):
        later = TODAY + timedelta(days=301)
        deputise(cast, first_on=later, last_on=later)
        assert (
            len(db.session.scalars(select(RoleGrant).where(RoleGrant.deputy_for_id.is_not(None))).all()) == 1
        )


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"email": "nobody@example.edu"}, "email"),
        ({"email": "booker@example.com"}, "email"),
        ({"email": "manager@example.edu"}, "email"),
        ({"email": "safety@example.edu"}, "email"),
        ({"last_on": TODAY - timedelta(days=1)}, "last_on"),
        ({"last_on": TODAY + timedelta(days=400)}, "last_on"),
        ({"first_on": date(2026, 1, 1), "last_on": date(2026, 1, 2)}, "last_on"),
    ],
)
def test_what_cannot_be_is_refused(cast: Cast, more: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        deputise(cast, **more)
    assert refusal.value.errors[0][0] == field


def test_nobody_has_two_deputies_at_once_and_nobody_is_two(cast: Cast) -> None:
    deputise(cast)
    with pytest.raises(InvalidInput):
        deputise(cast, email=cast.student.email)
    with pytest.raises(InvalidInput):
        deputise(cast, absent_id=cast.safety.id)


@pytest.mark.parametrize("who", ["booker", "technician", "safety", "liaison", "other_manager"])
def test_it_is_for_who_goes_away_and_the_labs_managers(cast: Cast, who: str) -> None:
    with pytest.raises(Forbidden):
        deputise(cast, actor=getattr(cast, who))


def test_it_is_done_on_a_page(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.safety)
    typed = {"email": cast.technician.email, "first_on": "1405/09/01", "last_on": "1405/09/05"}
    assert "Safety" in client.page("/admin/deputies").text
    assert client.submit("/admin/deputies", typed, form="deputy").status_code == 302
    page = client.page("/admin/deputies")
    assert "for Safety in Materials characterisation" in page.text
    again = client.submit("/admin/deputies", typed, form="deputy")
    assert (again.status_code, "already" in again.text) == (422, True)
    (end,) = [form for form in page.all("form") if (form.attrs.get("action") or "").endswith("/end")]
    assert client.submit("/admin/deputies", form=end.attrs["action"]).status_code == 302
    assert "Nobody is away" in client.page("/admin/deputies").text
    client.sign_in(cast.booker)
    assert client.get("/admin/deputies").status_code == 404


def test_the_history_says_in_whose_place_it_was_done(client: Visitor, cast: Cast) -> None:
    deputise(cast)
    booking = ask(cast.booker, cast.raman)
    approve_booking(actor=cast.other_manager, reference=booking.reference)
    own = ask(cast.booker, cast.oscilloscope)
    approve_booking(actor=cast.other_manager, reference=own.reference)
    client.sign_in(cast.booker)
    told = [client.page(f"/bookings/{one.reference}").text for one in (booking, own)]
    said = [re.sub("[\u2068\u2069]", "", text) for text in told]
    assert "Other Manager for Manager approved" in said[0]
    assert "Other Manager approved" in said[1]
