"""Requests for companies without an account: registered as they ask, or entered by the lab's staff."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from app.accounts.errors import LinkUnusable
from app.accounts.models import MembershipRole, Organisation, OrganisationKind, User, UserClass
from app.accounts.queries import list_organisations_called
from app.accounts.rules.limits import LINK_EMAIL
from app.accounts.services.activate import activate_user
from app.accounts.services.forget import KEPT_REGISTRATIONS, forget_stale_access
from app.accounts.services.organisations import folded_name
from app.accounts.services.register import Company
from app.booking import jobs
from app.booking.errors import OutsidePolicy
from app.booking.models import Booking, Occurrence, OccurrenceState
from app.booking.queries.bookings import get_booking, list_bookings, list_to_decide, open_requests
from app.booking.services.confirm import take_over_request
from app.booking.services.newcomers import (
    SentBefore,
    check_for_company,
    register_and_request,
    request_for_company,
)
from app.booking.services.request import Request
from app.calendars.models import FeedDetail, FeedScope
from app.calendars.queries.entries import list_feed_entries
from app.calendars.queries.selection import Selection
from app.cli.doctor.bookings import dates_have_their_claims
from app.core import clock
from app.core.errors import Forbidden, InvalidInput, NotFound, TooMany
from app.core.event_log import counters
from app.core.idempotency import Question
from app.extensions import db
from app.inventory.models import Mode
from app.notifications.models import Notice
from app.occupancy.errors import SlotTaken
from tests.accounts.making import (
    ADDRESS,
    letters,
    organisation_called,
    person,
    token_for,
    used_up,
    user_called,
)
from tests.booking.making import a_request, ask
from tests.cast import LONG_AGO, Cast
from tests.databases import both_databases
from tests.occupancy.making import span

NEW = "new@example.com"


def register(request: Request, email: str = NEW, form: str = "first", company: str = "Zarin Steel") -> None:
    """As the page does: a form that comes twice is answered as the first time."""
    with suppress(SentBefore):
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


@both_databases
@pytest.mark.parametrize("email", [NEW, "booker@example.com"])
def test_the_slot_is_held_alike_whether_the_address_has_an_account(cast: Cast, email: str) -> None:
    before = count(User), count(Organisation)
    for _ in range(2):
        register(a_request(cast.raman), email)
    date = the_date()
    assert (date.state, date.expires_at) == (OccurrenceState.REQUESTED, clock.now() + timedelta(minutes=60))
    assert (count(User), count(Organisation)) == (before[0] + 1, before[1] + 1)
    assert len(letters(email)) == 1
    with clock.frozen(the_date().expires_at):
        jobs.expire_requests()
        assert the_date().state is OccurrenceState.EXPIRED
        assert len(letters(email)) == 1


def test_an_address_that_is_known_counts_the_same_sending_no_more_often(cast: Cast) -> None:
    for email in (NEW, cast.booker.email):
        for _ in range(LINK_EMAIL.most + 1):
            register(a_request(cast.raman if email == NEW else cast.microscope, mode=Mode.OPERATOR), email)
        assert len(letters(email)) == 1


def test_a_stranger_puts_nothing_into_anybodys_lists(cast: Cast) -> None:
    bumped = counters([f"user:{cast.booker.id}", f"organisation:{cast.arta.id}"])
    register(a_request(cast.raman), cast.booker.email)
    booking = the_date().booking
    for who in (cast.booker, cast.boss):
        with pytest.raises(NotFound):
            get_booking(who, booking.reference)
        assert list_bookings(who) == []
        mine = Selection(viewer=who, scope=FeedScope.MINE, scope_id=None, detail=FeedDetail.FULL)
        assert list_feed_entries(mine, span(0, 24)) == []
        assert db.session.query(Notice).filter_by(user_id=who.id).count() == 0
    assert list_to_decide(cast.manager) == []
    assert counters([f"user:{cast.booker.id}", f"organisation:{cast.arta.id}"]) == bumped
    assert open_requests(cast.arta.id) == 0
    assert {m.organisation_id for m in user_called(cast.booker.email).memberships} == {cast.arta.id}


def test_a_stranger_does_not_use_up_the_one_request_of_a_new_company(cast: Cast) -> None:
    register(a_request(cast.raman), cast.newcomer.email)
    assert ask(cast.newcomer, cast.stations).organisation_id == cast.newcomer_company.id


@both_databases
def test_the_owner_takes_the_request_over(cast: Cast) -> None:
    register(a_request(cast.raman, note="by hand"), cast.booker.email)
    token = token_for(cast.booker.email)
    booking = take_over_request(actor=cast.booker, token=token, organisation_id=cast.arta.id)
    (date,) = booking.occurrences
    assert (booking.requester_id, booking.organisation_id) == (cast.booker.id, cast.arta.id)
    assert (booking.note, date.span, date.expires_at) == ("by hand", span(0, 2), None)
    assert [one.id for one in list_to_decide(cast.manager)] == [date.id]
    assert organisation_called("Zarin Steel").closed_at is not None
    assert list(dates_have_their_claims()) == []
    with pytest.raises(LinkUnusable):
        take_over_request(actor=cast.booker, token=token, organisation_id=cast.arta.id)


def test_or_for_the_company_that_was_typed(cast: Cast) -> None:
    register(a_request(cast.raman), cast.loner.email)
    booking = take_over_request(actor=cast.loner, token=token_for(cast.loner.email), organisation_id=None)
    company = organisation_called("Zarin Steel")
    assert booking.organisation_id == company.id
    assert user_called(cast.loner.email).organisation_ids(MembershipRole.ADMIN) == {company.id}
    assert db.session.query(Notice).filter_by(user_id=cast.liaison.id).count() == 1


@pytest.mark.parametrize("who", ["boss", "rival", "manager", "admin"])
def test_nobody_else_takes_it_over(cast: Cast, who: str) -> None:
    register(a_request(cast.raman), cast.booker.email)
    token = token_for(cast.booker.email)
    with pytest.raises(LinkUnusable):
        take_over_request(actor=getattr(cast, who), token=token, organisation_id=None)
    take_over_request(actor=cast.booker, token=token, organisation_id=cast.arta.id)


def test_it_is_not_taken_over_for_a_strange_company(cast: Cast) -> None:
    register(a_request(cast.raman), cast.booker.email)
    with pytest.raises(NotFound):
        take_over_request(
            actor=cast.booker, token=token_for(cast.booker.email), organisation_id=cast.rival_company.id
        )
    assert the_date().expires_at is not None


def test_taken_over_it_is_judged_by_whom_it_is_for(cast: Cast) -> None:
    register(a_request(cast.raman), cast.newcomer.email)
    token = token_for(cast.newcomer.email)
    ask(cast.newcomer, cast.microscope, mode=Mode.OPERATOR)
    with pytest.raises(OutsidePolicy):
        take_over_request(actor=cast.newcomer, token=token, organisation_id=cast.newcomer_company.id)
    db.session.rollback()
    assert db.session.query(Occurrence).filter(Occurrence.expires_at.is_not(None)).one().holds
    assert (
        take_over_request(actor=cast.newcomer, token=token, organisation_id=None).requester is cast.newcomer
    )


def test_after_the_hour_there_is_nothing_to_take_over(cast: Cast) -> None:
    register(a_request(cast.raman), cast.booker.email)
    token = token_for(cast.booker.email)
    with clock.frozen(the_date().expires_at), pytest.raises(LinkUnusable):
        take_over_request(actor=cast.booker, token=token, organisation_id=cast.arta.id)


def test_a_stand_in_is_forgotten_like_a_registration(cast: Cast) -> None:
    register(a_request(cast.raman), cast.booker.email)
    stand_in_id = the_date().booking.requester_id
    with clock.frozen(clock.now() + KEPT_REGISTRATIONS + timedelta(hours=1)):
        forget_stale_access()
    db.session.rollback()
    stand_in = db.session.get_one(User, stand_in_id)
    assert (stand_in.name, stand_in.disabled_at is not None) == ("", True)
    assert user_called(cast.booker.email).is_active


@pytest.mark.parametrize("hour", [0, 20], ids=["taken", "against the rules"])
def test_a_refusal_costs_a_known_address_no_more_work(cast: Cast, hour: int) -> None:
    """As many queries, so the time it takes does not tell either."""
    ask(cast.rival, cast.raman)
    assert queries_of_a_refusal(cast, hour, NEW) == queries_of_a_refusal(cast, hour, cast.booker.email)


def queries_of_a_refusal(cast: Cast, hour: int, email: str) -> list[str]:
    request, sent = a_request(cast.raman, start=hour), []
    db.session.rollback()
    db.session.expire_all()  # as for every request: nothing is read yet

    def note(*args: Any) -> None:
        sent.append(args[2])

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        with pytest.raises((SlotTaken, OutsidePolicy)):
            register(request, email)
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return sent


def test_one_address_cannot_hold_slot_after_slot(cast: Cast) -> None:
    used_up(LINK_EMAIL, NEW)
    with pytest.raises(TooMany):
        register(a_request(cast.raman))
    assert count(Booking) == 0


def test_staff_book_for_the_verified_company_of_that_name(cast: Cast) -> None:
    booking = request_for_company(actor=cast.manager, company="arta  polymer", request=a_request(cast.raman))
    assert booking.organisation_id == cast.arta.id


@both_databases
def test_however_many_companies_hold_the_name_in_theirs(cast: Cast, save: Callable[..., None]) -> None:
    save(*(company(f"Arta Polymer {number}", entered_by_id=cast.manager.id) for number in range(60)))
    booking = request_for_company(actor=cast.manager, company="arta polymer", request=a_request(cast.raman))
    assert booking.organisation_id == cast.arta.id
    assert check_for_company(
        actor=cast.manager, company="Arta Polymer", request=a_request(cast.raman, start=3)
    )


@both_databases
@pytest.mark.parametrize(
    "name", ["Arta", "Polymer", "%", "Arta Polymer آرتا پلیمر", "Polymer آرتا", "arta_polymer%"]
)
def test_part_of_a_name_is_another_company(cast: Cast, name: str) -> None:
    assert list_organisations_called(name) == []


def test_a_name_that_two_verified_companies_have_is_neithers(cast: Cast, save: Callable[..., None]) -> None:
    save(company("Arta-Polymer", verified_at=LONG_AGO))
    booking = request_for_company(actor=cast.manager, company="Arta Polymer", request=a_request(cast.raman))
    assert not booking.organisation.is_verified


def company(name: str, **values: Any) -> Organisation:
    return Organisation(
        name=name,
        folded_name=folded_name(name, None),
        kind=OrganisationKind.COMPANY,
        user_class=UserClass.INDUSTRY,
        created_at=LONG_AGO,
        **values,
    )


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
