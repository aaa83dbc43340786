"""What a lab asks of those who come, judged on the tables: by request, dry run, approval and move."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import event, select

from app.accounts.models import Organisation, UserClass
from app.agreements.models import AgreementKind, PaperKind
from app.agreements.services.papers import check_paper
from app.agreements.services.record import record_agreement
from app.booking.errors import OutsidePolicy
from app.booking.models import Override, QuotaLimit
from app.booking.queries.standing import Comers, with_standing
from app.booking.queries.things import list_equipment_with_place, things_for
from app.booking.rules.allowances import Per, Prime
from app.booking.rules.recurrence import Recurrence
from app.booking.services.authorisations import authorise, withdraw_authorisation
from app.booking.services.cancel import cancel_booking
from app.booking.services.decide import approve_booking
from app.booking.services.move import check_move, move_booking
from app.booking.services.policies import set_equipment_policy, set_lab_policy
from app.booking.services.quotas import lift_quota, set_quota
from app.booking.services.request import Request, check_booking, check_dates, request_booking
from app.booking.services.samples import set_sample_durations
from app.booking.verdicts import Code, Severity
from app.cli.doctor import findings
from app.core.errors import Forbidden, InvalidInput, NotFound, WrongState
from app.extensions import db
from app.inventory.models import Mode
from tests.booking.making import a_request, ask
from tests.cast import NOW, Cast
from tests.databases import both_databases
from tests.occupancy.making import span

TODAY = NOW.date()


def blocks(cast: Cast, *things: Any, who: Any = None, **more: Any) -> set[Code]:
    found = check_booking(actor=who or cast.booker, request=a_request(*things, **more))
    return {verdict.code for verdict in found.blocks}


def quota(cast: Cast, hours: int, **more: Any) -> QuotaLimit:
    settled = {"lab_id": cast.materials.id, "minutes": hours * 60, "per": Per.WEEK} | more
    return set_quota(actor=cast.manager, **settled)


@both_databases
def test_a_request_off_the_grid_is_refused_and_one_on_it_is_taken(cast: Cast) -> None:
    set_lab_policy(actor=cast.manager, lab_id=cast.materials.id, grid_minutes=60)
    with pytest.raises(OutsidePolicy):
        ask(cast.booker, cast.raman)  # from 08:30
    ask(cast.booker, cast.raman, start=0.5)
    assert blocks(cast, cast.oscilloscope, start=4) == set()  # of another lab


@both_databases
def test_a_quota_counts_what_the_organisation_has_in_the_lab(cast: Cast) -> None:
    quota(cast, 4)
    ask(cast.boss, cast.raman)
    ask(cast.rival, cast.stations)  # others' hours are theirs
    ask(cast.booker, cast.oscilloscope)  # and so is what is had of another lab
    assert blocks(cast, cast.stations, start=3, length=2) == set()
    assert blocks(cast, (cast.stations, 2), start=3, length=2) == {Code.QUOTA_SPENT}
    with pytest.raises(OutsidePolicy) as refused:
        ask(cast.booker, cast.stations, start=3, length=2.5)
    (verdict,) = [v for v in refused.value.verdicts if v.severity is Severity.BLOCK]
    assert (verdict.params["used"], verdict.params["asked"]) == (120, 150)


def test_what_was_called_off_is_given_back_to_the_quota(cast: Cast) -> None:
    quota(cast, 2)
    reference = ask(cast.booker, cast.raman).reference
    assert blocks(cast, cast.stations, start=3, length=1) == {Code.QUOTA_SPENT}
    cancel_booking(actor=cast.booker, reference=reference)
    assert blocks(cast, cast.stations, start=3, length=1) == set()


@both_databases
def test_a_date_does_not_count_against_itself(cast: Cast) -> None:
    quota(cast, 2)
    booking = ask(cast.booker, cast.raman)
    move_booking(actor=cast.booker, reference=booking.reference, span=span(3, 2))
    (date_,) = approve_booking(actor=cast.manager, reference=booking.reference).occurrences
    assert date_.state == "approved"
    longer = check_move(date=date_, span=span(3, 3))
    assert {v.code for v in longer.blocks} == {Code.QUOTA_SPENT}


def test_a_quota_may_be_of_one_equipment_of_one_kind_of_asker_and_of_the_busiest_hours(cast: Cast) -> None:
    quota(cast, 1, equipment_id=cast.raman.id)
    assert blocks(cast, cast.raman) == {Code.QUOTA_SPENT}
    assert blocks(cast, cast.stations) == set()
    lift_quota(actor=cast.manager, quota_id=db.session.query(QuotaLimit).one().id)
    quota(cast, 1, organisation_id=cast.rival_company.id)
    quota(cast, 1, organisation_kind=cast.university.kind)
    assert blocks(cast, cast.raman) == set()
    assert blocks(cast, cast.raman, who=cast.rival) == {Code.QUOTA_SPENT}
    assert blocks(cast, cast.raman, who=cast.student) == {Code.QUOTA_SPENT}
    monday = 0
    quota(cast, 1, prime=Prime(NOW.time().replace(hour=9, minute=0), NOW.time().replace(hour=12), {monday}))
    assert blocks(cast, cast.raman) == {Code.QUOTA_SPENT}
    assert blocks(cast, cast.raman, start=4) == set()


def test_only_who_manages_the_lab_sets_and_lifts_quotas(cast: Cast) -> None:
    known = quota(cast, 9)
    for actor in (cast.other_manager, cast.technician, cast.booker, cast.liaison):
        with pytest.raises(Forbidden):
            set_quota(actor=actor, lab_id=cast.materials.id, minutes=60, per=Per.WEEK)
        with pytest.raises(NotFound):
            lift_quota(actor=actor, quota_id=known.id)
    with pytest.raises(NotFound):
        quota(cast, 9, equipment_id=cast.oscilloscope.id)
    with pytest.raises(InvalidInput):
        quota(cast, 0)


@both_databases
def test_only_who_is_authorised_works_alone(cast: Cast) -> None:
    set_equipment_policy(actor=cast.manager, equipment_id=cast.raman.id, needs_authorisation=True)
    assert blocks(cast, cast.raman) == {Code.NOT_AUTHORISED}
    assert blocks(cast, cast.raman, mode=Mode.OPERATOR) == set()
    given = authorise(
        actor=cast.technician,
        lab_id=cast.materials.id,
        email=" Booker@Example.com ",
        valid_from=TODAY,
        equipment_id=cast.raman.id,
    )
    assert blocks(cast, cast.raman) == set()
    assert blocks(cast, cast.raman, who=cast.boss) == {Code.NOT_AUTHORISED}
    named = [("Booker", "BOOKER@example.com"), ("Somebody", None)]
    assert blocks(cast, cast.raman, who=cast.boss, people=named) == set()
    reference = ask(cast.booker, cast.raman).reference
    withdraw_authorisation(actor=cast.manager, authorisation_id=given.id)
    with pytest.raises(OutsidePolicy):
        approve_booking(actor=cast.manager, reference=reference)
    with pytest.raises(WrongState):
        withdraw_authorisation(actor=cast.manager, authorisation_id=given.id)


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        ({}, set()),
        ({"category": "spectroscopy"}, set()),  # above that of the instrument
        ({"category": "soldering"}, {Code.NOT_AUTHORISED}),
        ({"equipment": "stations"}, {Code.NOT_AUTHORISED}),
        ({"valid_until": TODAY}, {Code.NOT_AUTHORISED}),  # the booking is tomorrow
        ({"valid_until": TODAY + timedelta(days=1)}, set()),
        ({"valid_from": TODAY + timedelta(days=2)}, {Code.NOT_AUTHORISED}),
    ],
)
def test_an_authorisation_is_for_something_and_for_a_time(
    cast: Cast, scope: dict[str, Any], expected: set[Code]
) -> None:
    set_lab_policy(actor=cast.manager, lab_id=cast.materials.id, needs_authorisation=True)
    wanted: dict[str, Any] = {"valid_from": TODAY} | scope
    for name in ("category", "equipment"):
        if name in wanted:
            wanted[f"{name}_id"] = getattr(cast, wanted.pop(name)).id
    authorise(actor=cast.manager, lab_id=cast.materials.id, email=cast.booker.email, **wanted)
    assert blocks(cast, cast.raman) == expected


def test_another_labs_word_does_not_count(cast: Cast) -> None:
    set_lab_policy(actor=cast.manager, lab_id=cast.materials.id, needs_authorisation=True)
    authorise(actor=cast.other_manager, lab_id=cast.electronics.id, email=cast.booker.email, valid_from=TODAY)
    assert blocks(cast, cast.raman) == {Code.NOT_AUTHORISED}
    with pytest.raises(Forbidden):
        authorise(
            actor=cast.other_manager, lab_id=cast.materials.id, email=cast.booker.email, valid_from=TODAY
        )
    with pytest.raises(InvalidInput) as refused:
        authorise(actor=cast.manager, lab_id=cast.materials.id, email="nobody@example.org", valid_from=TODAY)
    assert refused.value.errors == [("email", "nobody")] or list(refused.value.errors) == [
        ("email", "nobody")
    ]


@both_databases
def test_an_agreement_has_to_be_in_force(cast: Cast) -> None:
    set_lab_policy(actor=cast.manager, lab_id=cast.materials.id, needs_agreement=True)
    assert blocks(cast, cast.raman) == {Code.NO_AGREEMENT}
    letter: dict[str, Any] = {"number": "1", "signed_on": TODAY, "valid_from": TODAY}
    for kind, holder in ((AgreementKind.NDA, cast.arta), (AgreementKind.MOU, cast.rival_company)):
        record_agreement(actor=cast.liaison, organisation_id=holder.id, kind=kind, **letter)
    assert blocks(cast, cast.raman) == {Code.NO_AGREEMENT}
    record_agreement(
        actor=cast.liaison, organisation_id=cast.arta.id, kind=AgreementKind.SERVICE_TERMS, **letter
    )
    assert blocks(cast, cast.raman) == set()


@both_databases
def test_papers_have_to_be_valid_on_the_day(cast: Cast) -> None:
    needs = ["insurance", "safety_briefing"]
    set_lab_policy(actor=cast.manager, lab_id=cast.materials.id, needs_papers=needs)
    check_paper(
        actor=cast.liaison,
        organisation_id=cast.arta.id,
        kind=PaperKind.INSURANCE,
        valid_from=date(2026, 1, 1),
        valid_until=TODAY,
    )
    found = check_booking(actor=cast.booker, request=a_request(cast.raman))
    (verdict,) = found.blocks
    assert verdict.params["lacking"] == [("insurance", TODAY), ("safety_briefing", None)]
    for kind in (PaperKind.INSURANCE, PaperKind.SAFETY_BRIEFING):
        check_paper(actor=cast.liaison, organisation_id=cast.arta.id, kind=kind, valid_from=TODAY)
    assert blocks(cast, cast.raman) == set()
    with pytest.raises(Forbidden):
        check_paper(
            actor=cast.manager, organisation_id=cast.arta.id, kind=PaperKind.IDENTITY, valid_from=TODAY
        )


@both_databases
def test_a_verified_company_too_may_have_so_many_requests_open(cast: Cast) -> None:
    set_lab_policy(actor=cast.manager, lab_id=cast.materials.id, max_open_requests=1)
    reference = ask(cast.booker, cast.raman).reference
    assert blocks(cast, cast.microscope, mode=Mode.OPERATOR) == {Code.TOO_MANY_OPEN}
    assert blocks(cast, cast.oscilloscope) == set()
    approve_booking(actor=cast.manager, reference=reference)
    assert blocks(cast, cast.microscope, mode=Mode.OPERATOR) == set()


def test_the_universitys_people_ask_before_others(cast: Cast) -> None:
    set_lab_policy(actor=cast.manager, lab_id=cast.materials.id, external_horizon_days=7)
    assert blocks(cast, cast.raman, start=8 * 24) == {Code.TOO_FAR}
    assert cast.university.user_class is UserClass.INTERNAL
    assert blocks(cast, cast.raman, start=8 * 24, who=cast.student) == set()


def test_samples_need_their_time(cast: Cast) -> None:
    set_sample_durations(actor=cast.manager, equipment_id=cast.raman.id, rows=[(10, 60), (20, 180)])
    sent: dict[str, Any] = {"mode": Mode.SAMPLES, "length": 2}
    assert blocks(cast, cast.raman, samples={"count": 10}, **sent) == set()
    assert blocks(cast, cast.raman, samples={"count": 11}, **sent) == {Code.TOO_SHORT}
    assert blocks(cast, cast.raman, **sent) == set()
    for rows in ([(10, 60), (20, 30)], [(0, 60)], [(1, 60), (1, 90)]):
        with pytest.raises(InvalidInput):
            set_sample_durations(actor=cast.manager, equipment_id=cast.raman.id, rows=rows)
    with pytest.raises(Forbidden):
        set_sample_durations(actor=cast.other_manager, equipment_id=cast.raman.id, rows=[])


@pytest.mark.parametrize("many", [1, 3])
def test_the_number_of_queries_does_not_grow_with_what_is_asked(cast: Cast, many: int) -> None:
    set_lab_policy(
        actor=cast.manager,
        lab_id=cast.materials.id,
        needs_authorisation=True,
        needs_agreement=True,
        needs_papers=["insurance"],
        max_open_requests=9,
    )
    quota(cast, 90)
    authorise(
        actor=cast.manager,
        lab_id=cast.materials.id,
        email=cast.booker.email,
        valid_from=TODAY,
        category_id=cast.spectroscopy.id,
    )
    for number in range(2 * many):
        ask(cast.boss, cast.oscilloscope, start=number, length=1)
    equipment = list_equipment_with_place(
        [one.id for one in (cast.raman, cast.microscope, cast.stations)[:many]]
    )
    things = things_for(equipment, span(0, 2))
    organisation = db.session.get_one(Organisation, cast.arta.id)
    comers = Comers(cast.booker.id)
    statements: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    with_standing(things, equipment, span(0, 2), organisation=organisation, comers=comers)
    assert len(statements) == 7, statements


def days_in_a_row(cast: Cast, **more: Any) -> Request:
    return a_request(cast.raman, recurrence=Recurrence("FREQ=DAILY;COUNT=3", (), False), **more)


@both_databases
def test_the_dates_of_a_series_count_together(cast: Cast) -> None:
    quota(cast, 4)
    found = check_dates(actor=cast.booker, request=days_in_a_row(cast))
    assert [{v.code for v in one.blocks} for one in found] == [set(), set(), {Code.QUOTA_SPENT}]
    with pytest.raises(OutsidePolicy):
        request_booking(actor=cast.booker, request=days_in_a_row(cast))


def test_staff_let_single_dates_of_a_series_pass(cast: Cast) -> None:
    quota(cast, 4)
    wanted = days_in_a_row(cast, organisation_id=cast.arta.id, override="Agreed by phone")
    booking = request_booking(actor=cast.manager, request=wanted)
    kept = db.session.scalars(select(Override.occurrence_id)).all()
    assert kept == [booking.occurrences[2].id]


@both_databases
def test_a_quota_under_an_agreement_is_of_its_organisation_as_long_as_it_holds(cast: Cast) -> None:
    agreement = record_agreement(
        actor=cast.liaison,
        organisation_id=cast.arta.id,
        kind=AgreementKind.MOU,
        number="12-A",
        signed_on=TODAY,
        valid_from=TODAY,
        valid_until=TODAY + timedelta(days=3),
    )
    quota(cast, 1, agreement_id=agreement.id)
    assert blocks(cast, cast.raman) == {Code.QUOTA_SPENT}
    assert blocks(cast, cast.raman, who=cast.rival) == set()
    assert blocks(cast, cast.raman, start=24 * 6) == set(), "the agreement is over by then"
    with pytest.raises(InvalidInput):
        quota(cast, 1, agreement_id=agreement.id, organisation_id=cast.arta.id)
    with pytest.raises(NotFound):
        quota(cast, 1, agreement_id=999_999)
    assert list(findings()) == []
