"""Requests for companies without an account: registered as they ask, or entered by the lab's staff."""

from datetime import timedelta

import pytest

from app.accounts.models import Organisation, User
from app.accounts.rules.limits import LINK_EMAIL
from app.accounts.services.activate import activate_user
from app.accounts.services.register import Company
from app.booking import jobs
from app.booking.errors import OutsidePolicy
from app.booking.models import Booking, Occurrence, OccurrenceState
from app.booking.queries.bookings import list_to_decide
from app.booking.services.newcomers import check_for_company, register_and_request, request_for_company
from app.booking.services.request import Request
from app.core import clock
from app.core.errors import Forbidden, InvalidInput, NotFound, TooMany
from app.core.idempotency import Question
from app.extensions import db
from app.occupancy.errors import SlotTaken
from tests.accounts.making import ADDRESS, letters, organisation_called, person, token_for, used_up
from tests.booking.making import a_request, ask
from tests.cast import Cast
from tests.databases import both_databases

NEW = "new@example.com"


def register(request: Request, email: str = NEW, form: str = "first", company: str = "Zarin Steel") -> None:
    register_and_request(
        person=person(email),
        company=Company(name=company),
        address=ADDRESS,
        request=request,
        question=lambda user_id: Question(user_id, form, form),
    )


def count(model: type[Booking | User | Organisation]) -> int:
    db.session.rollback()
    return db.session.query(model).count()


def the_date() -> Occurrence:
    db.session.rollback()
    return db.session.query(Occurrence).one()


@both_databases
def test_the_slot_is_held_for_an_hour_and_the_lab_asked_once_the_address_is_proved(cast: Cast) -> None:
    register(a_request(cast.raman))
    date = the_date()
    assert (date.state, date.expires_at) == (OccurrenceState.REQUESTED, clock.now() + timedelta(minutes=60))
    assert list_to_decide(cast.manager) == []
    with pytest.raises(SlotTaken):
        ask(cast.booker, cast.raman)

    activate_user(token=token_for(NEW))
    assert the_date().expires_at is None
    assert [one.id for one in list_to_decide(cast.manager)] == [the_date().id]


def test_the_hour_runs_out_and_the_slot_is_free_again(cast: Cast) -> None:
    register(a_request(cast.raman))
    with clock.frozen(the_date().expires_at):
        jobs.expire_requests()
        assert the_date().state is OccurrenceState.EXPIRED
        ask(cast.booker, cast.raman)


def test_a_late_activation_does_not_bring_the_slot_back(cast: Cast) -> None:
    register(a_request(cast.raman))
    with clock.frozen(the_date().expires_at):
        jobs.expire_requests()
        activate_user(token=token_for(NEW))
        assert the_date().state is OccurrenceState.EXPIRED


@both_databases
def test_a_form_that_comes_twice_is_done_once(cast: Cast) -> None:
    for _ in range(2):
        register(a_request(cast.raman))
    assert (count(Booking), len(letters(NEW))) == (1, 1)


@pytest.mark.parametrize("email", [NEW, "booker@example.com"])
@pytest.mark.parametrize(
    ("hour", "refusal"), [(0, SlotTaken), (20, OutsidePolicy)], ids=["taken", "against the rules"]
)
def test_a_refusal_registers_nobody_and_does_not_tell_who_has_an_account(
    cast: Cast, email: str, hour: int, refusal: type[Exception]
) -> None:
    ask(cast.rival, cast.raman)
    before = count(Booking), count(User), count(Organisation)
    with pytest.raises(refusal):
        register(a_request(cast.raman, start=hour), email)
    assert (count(Booking), count(User), count(Organisation)) == before
    assert letters(email) == []


def test_who_has_an_account_is_told_by_mail_only(cast: Cast) -> None:
    register(a_request(cast.raman), cast.booker.email)
    assert (count(Booking), len(letters(cast.booker.email))) == (0, 1)


def test_one_address_cannot_hold_slot_after_slot(cast: Cast) -> None:
    used_up(LINK_EMAIL, NEW)
    with pytest.raises(TooMany):
        register(a_request(cast.raman))
    assert count(Booking) == 0


def test_staff_book_for_the_verified_company_of_that_name(cast: Cast) -> None:
    booking = request_for_company(actor=cast.manager, company="arta  polymer", request=a_request(cast.raman))
    assert booking.organisation_id == cast.arta.id


def test_staff_enter_a_company_that_called(cast: Cast) -> None:
    request_for_company(actor=cast.manager, company="Zarin Steel", request=a_request(cast.raman))
    request_for_company(actor=cast.manager, company="zarin steel", request=a_request(cast.raman, start=3))
    entered = organisation_called("Zarin Steel")
    assert not entered.is_verified
    assert {one.organisation_id for one in db.session.query(Booking)} == {entered.id}


def test_a_registered_look_alike_does_not_get_what_staff_book_in_its_name(cast: Cast) -> None:
    name = cast.newcomer_company.name
    booking = request_for_company(actor=cast.manager, company=name, request=a_request(cast.raman))
    assert booking.organisation_id != cast.newcomer_company.id


@pytest.mark.parametrize("who", ["booker", "other_manager", "student"])
def test_others_enter_no_company(cast: Cast, who: str) -> None:
    before = count(Organisation)
    with pytest.raises((NotFound, Forbidden)):
        request_for_company(actor=getattr(cast, who), company="Zarin Steel", request=a_request(cast.raman))
    assert count(Organisation) == before


def test_a_question_for_a_company_enters_nothing(cast: Cast) -> None:
    before = count(Organisation)
    found = check_for_company(actor=cast.manager, company="Zarin Steel", request=a_request(cast.raman))
    assert found.allowed
    assert count(Organisation) == before


def test_a_company_needs_a_name(cast: Cast) -> None:
    with pytest.raises(InvalidInput):
        request_for_company(actor=cast.manager, company="  ", request=a_request(cast.raman))
