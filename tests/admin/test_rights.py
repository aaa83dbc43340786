"""Quotas, authorisations, papers, days that differ and the report of exceptions, on their pages."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.agreements.models import AgreementKind, Paper
from app.agreements.services.record import record_agreement
from app.booking.models import Authorisation, QuotaLimit, SampleDuration
from app.booking.services.request import request_booking
from app.extensions import db
from app.inventory.queries.hours import list_dated_hours, list_equipment_hours
from tests.booking.making import a_request
from tests.cast import NOW, Cast
from tests.visitor import Visitor

TOMORROW = (NOW + timedelta(days=1)).date()


def test_a_manager_sets_a_quota_and_lifts_it(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.manager)
    path = f"/admin/quotas/lab/{cast.materials.id}"
    client.submit(
        path,
        {
            "hours": "۱۰",
            "per": "month",
            "equipment": str(cast.raman.id),
            "kind": "company",
            "prime_opens": "9:00",
            "prime_closes": "12:00",
            "prime_weekdays": "0",
        },
        form="quota",
    )
    quota = db.session.scalars(select(QuotaLimit)).one()
    assert (quota.minutes, quota.per, quota.equipment_id) == (600, "month", cast.raman.id)
    assert (quota.organisation_kind, quota.prime_weekdays) == ("company", [0])
    assert "Raman spectrometer" in client.page(path).text
    client.submit(path, form=f"{path}/{quota.id}/lift")
    assert db.session.scalar(select(func.count(QuotaLimit.id))) == 0


@pytest.mark.parametrize(
    "wrong", [{"hours": ""}, {"hours": "5", "prime_opens": "12:00", "prime_closes": "9:00"}]
)
def test_a_quota_that_makes_no_sense_is_refused(client: Visitor, cast: Cast, wrong: dict[str, str]) -> None:
    client.sign_in(cast.manager)
    answer = client.submit(f"/admin/quotas/lab/{cast.materials.id}", wrong, form="quota")
    assert answer.status_code == 422
    assert db.session.scalar(select(func.count(QuotaLimit.id))) == 0


def test_a_technician_authorises_somebody_and_withdraws_it(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.technician)
    path = f"/admin/authorisations/lab/{cast.materials.id}"
    client.submit(
        path,
        {"email": "Booker@example.com", "equipment": str(cast.raman.id), "valid_until": "1406/09/01"},
        form="authorise",
    )
    given = db.session.scalars(select(Authorisation)).one()
    assert (given.user_id, given.equipment_id, given.valid_from) == (
        cast.booker.id,
        cast.raman.id,
        NOW.date(),
    )
    assert "booker@example.com" in client.page(path).text
    client.submit(path, form=f"{path}/{given.id}/withdraw")
    assert db.session.get_one(Authorisation, given.id).withdrawn_by_id == cast.technician.id
    assert "booker@example.com" not in client.page(path).text


def test_an_address_of_nobody_is_told(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.manager)
    path = f"/admin/authorisations/lab/{cast.materials.id}"
    answer = client.submit(path, {"email": "nobody@example.org"}, form="authorise")
    assert answer.status_code == 422
    assert "No active account" in answer.text


def test_the_office_records_a_paper(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.liaison)
    path = f"/admin/organisations/{cast.arta.id}/agreements"
    client.submit(
        path,
        {"paper-kind": "insurance", "paper-valid_from": "2026-01-01", "paper-valid_until": "2026-12-31"},
        form="paper",
    )
    paper = db.session.scalars(select(Paper)).one()
    assert (paper.kind, paper.organisation_id, paper.checked_by_id) == (
        "insurance",
        cast.arta.id,
        cast.liaison.id,
    )
    assert "Insurance" in client.page(path).text
    wrong = {"paper-valid_from": "2026-12-31", "paper-valid_until": "2026-01-01"}
    assert client.submit(path, wrong, form="paper").status_code == 422


def test_a_manager_enters_a_day_that_differs(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.manager)
    path = f"/admin/hours/lab/{cast.materials.id}"
    client.submit(path, {"on": TOMORROW.isoformat(), "hours": "13-18", "note": "Inventory"}, form="day")
    (day,) = list_dated_hours(cast.materials.id, first=TOMORROW)
    assert day.hours == [["13:00", "18:00"]]
    assert "Inventory" in client.page(path).text
    client.submit(path, form=f"{path}/{TOMORROW.isoformat()}/remove")
    assert list_dated_hours(cast.materials.id, first=TOMORROW) == []
    answer = client.submit(path, {"on": TOMORROW.isoformat(), "hours": "noon"}, form="day")
    assert answer.status_code == 422


def test_a_manager_gives_an_instrument_hours_of_its_own(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.manager)
    path = f"/admin/hours/equipment/{cast.raman.id}"
    client.submit(path, {"day_0": "6-24"}, form=path)
    assert [(one.weekday, one.opens.hour) for one in list_equipment_hours(cast.raman.id)] == [(0, 6)]


def test_a_manager_says_how_long_samples_take(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.manager)
    path = f"/admin/rules/equipment/{cast.raman.id}"
    client.submit(path, {"rows": "10: 1:30\n۲۰: ۳:۰۰\n"}, form="samples")
    rows = db.session.execute(select(SampleDuration.up_to, SampleDuration.minutes)).all()
    assert [tuple(row) for row in rows] == [(10, 90), (20, 180)]
    assert client.submit(path, {"rows": "many"}, form="samples").status_code == 422
    assert client.submit(path, {"rows": "10: 2:00\n20: 1:00"}, form="samples").status_code == 422


def test_the_report_lists_exceptions_and_gives_them_as_a_table(client: Visitor, cast: Cast) -> None:
    night = a_request(cast.raman, start=12, organisation_id=cast.arta.id, override="=Furnace run")
    reference = request_booking(actor=cast.manager, request=night).reference
    client.sign_in(cast.technician)
    page = client.page("/admin/overrides").text
    assert reference in page
    assert "Furnace run" in page
    table = client.get("/admin/overrides/list/csv")
    assert table.mimetype == "text/csv"
    assert "'=Furnace run" in table.text  # never a formula
    assert reference not in client.page(f"/admin/overrides?lab={cast.electronics.id}").text
    assert client.get("/admin/overrides/list/exe").status_code == 404


def test_another_labs_staff_reads_nothing_of_it(client: Visitor, cast: Cast) -> None:
    night = a_request(cast.raman, start=12, organisation_id=cast.arta.id, override="Furnace run")
    request_booking(actor=cast.manager, request=night)
    client.sign_in(cast.other_manager)
    assert "Furnace run" not in client.page("/admin/overrides").text
    assert "Furnace run" not in client.get("/admin/overrides/list/csv").text


@pytest.mark.parametrize("who", ["other_manager", "booker", "liaison"])
def test_nobody_else_finds_these_pages(client: Visitor, cast: Cast, who: str) -> None:
    client.sign_in(getattr(cast, who))
    for path in (
        f"/admin/quotas/lab/{cast.materials.id}",
        f"/admin/authorisations/lab/{cast.materials.id}",
        f"/admin/hours/lab/{cast.materials.id}",
        f"/admin/hours/equipment/{cast.raman.id}",
    ):
        assert client.get(path).status_code == 404
    paper = {"paper-kind": "insurance", "paper-valid_from": "2026-01-01"}
    if who != "liaison":
        path = f"/admin/organisations/{cast.arta.id}/agreements/papers"
        assert client.post(path, data=paper).status_code == 404


def test_a_quota_is_for_one_organisation(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.manager)
    path = f"/admin/quotas/lab/{cast.materials.id}"
    client.submit(path, {"hours": "5", "per": "week", "kind": f"organisation:{cast.arta.id}"}, form="quota")
    quota = db.session.scalars(select(QuotaLimit)).one()
    assert (quota.organisation, quota.organisation_kind) == (cast.arta, None)
    assert "Arta Polymer" in client.page(path).text


def test_a_quota_is_under_an_agreement(client: Visitor, cast: Cast) -> None:
    agreement = record_agreement(
        actor=cast.liaison,
        organisation_id=cast.arta.id,
        kind=AgreementKind.MOU,
        number="12-A",
        signed_on=NOW.date(),
        valid_from=NOW.date(),
    )
    client.sign_in(cast.manager)
    path = f"/admin/quotas/lab/{cast.materials.id}"
    client.submit(path, {"hours": "5", "per": "week", "kind": f"agreement:{agreement.id}"}, form="quota")
    assert db.session.scalars(select(QuotaLimit)).one().agreement == agreement
    assert "Memorandum of understanding" in client.page(path).one("ul", class_="rows").text
