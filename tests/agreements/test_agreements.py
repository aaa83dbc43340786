"""What was agreed with an organisation is recorded by the liaison office and by nobody else."""

from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.services.merge import merge_organisation
from app.accounts.services.organisations import enter_organisation
from app.agreements.models import AgreementKind
from app.agreements.queries import list_agreements
from app.agreements.services.record import record_agreement
from app.core.errors import Forbidden, InvalidInput, NotFound
from app.core.event_log import EventRecord
from app.extensions import db
from tests.cast import Cast
from tests.visitor import Visitor

LETTER: dict[str, Any] = {
    "kind": AgreementKind.MOU,
    "number": "1405/271 ",
    "signed_on": date(2026, 5, 1),
    "valid_from": date(2026, 5, 2),
}


def test_a_letter_is_recorded_with_its_event(app: Flask, cast: Cast) -> None:
    made = record_agreement(actor=cast.liaison, organisation_id=cast.arta.id, **LETTER)

    assert [one.number for one in list_agreements(cast.liaison, cast.arta.id)] == ["1405/271"]
    assert list_agreements(cast.liaison, cast.rival_company.id) == []
    told = db.session.scalars(select(EventRecord).order_by(EventRecord.id.desc())).first()
    assert told is not None
    assert (told.name, told.subject_id) == ("AgreementRecorded", made.id)
    assert told.data["valid_from"] == "2026-05-02"


def test_nobody_else_records_or_reads_one(app: Flask, cast: Cast) -> None:
    record_agreement(actor=cast.admin, organisation_id=cast.arta.id, **LETTER)

    for actor in (cast.manager, cast.boss, cast.rival):
        with pytest.raises(Forbidden):
            record_agreement(actor=actor, organisation_id=cast.arta.id, **LETTER)
        assert list_agreements(actor, cast.arta.id) == []


def test_what_cannot_be_is_named(app: Flask, cast: Cast) -> None:
    wrong = LETTER | {"number": " ", "valid_until": date(2026, 5, 1), "note": "x" * 501}

    with pytest.raises(InvalidInput) as refused:
        record_agreement(actor=cast.liaison, organisation_id=cast.arta.id, **wrong)
    with pytest.raises(NotFound):
        record_agreement(actor=cast.liaison, organisation_id=999, **LETTER)

    assert set(refused.value.errors) == {
        ("number", "required"),
        ("note", "too-long"),
        ("valid_until", "ends-before-it-starts"),
    }


def test_an_agreement_is_in_force_on_its_first_and_its_last_day(app: Flask, cast: Cast) -> None:
    until = LETTER | {"valid_until": date(2027, 5, 1)}
    bounded = record_agreement(actor=cast.liaison, organisation_id=cast.arta.id, **until)
    open_ended = record_agreement(actor=cast.liaison, organisation_id=cast.arta.id, **LETTER)

    days = [date(2026, 5, 1), date(2026, 5, 2), date(2027, 5, 1), date(2027, 5, 2)]
    assert [bounded.in_force_on(day) for day in days] == [False, True, True, False]
    assert [open_ended.in_force_on(day) for day in days] == [False, True, True, True]


def test_it_follows_an_organisation_into_the_one_it_is_merged_into(app: Flask, cast: Cast) -> None:
    entered = enter_organisation(actor=cast.manager, name="Arta Polymer Co")
    record_agreement(actor=cast.liaison, organisation_id=entered.id, **LETTER)

    merge_organisation(actor=cast.liaison, organisation_id=entered.id, into_id=cast.arta.id)

    assert len(list_agreements(cast.liaison, cast.arta.id)) == 1
    assert list_agreements(cast.liaison, entered.id) == []


def test_the_office_records_one_on_its_page(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.liaison)
    page = f"/admin/organisations/{cast.arta.id}/agreements"
    assert page in [a.attrs["href"] for a in client.page(f"/admin/organisations/{cast.arta.id}").all("a")]
    assert "Nothing has been agreed yet" in client.page(page).text
    typed = {
        "number": "271",
        "signed_on": "۱۴۰۵/۰۲/۱۱",
        "valid_from": "1405/02/12",
        "valid_until": "1404/01/01",
    }

    refused = client.submit(page, typed, form="agreement")
    assert refused.status_code == 422
    assert "The end comes before the beginning" in refused.text
    assert client.submit(page, typed | {"valid_until": ""}, form="agreement").location == page

    shown = client.page(page)
    assert "1 May 2026" in shown.text
    assert shown.one(class_="state--ok").text == "In force"


def test_others_do_not_find_the_page(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.manager)

    client.page(f"/admin/organisations/{cast.arta.id}/agreements", status=404)
