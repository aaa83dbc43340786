"""Who hears of faults and of maintenance that is due: once, and nobody of what they did themselves."""

from datetime import date

import pytest
from sqlalchemy import delete, select

from app.accounts.models import Role, RoleGrant, User
from app.extensions import db
from app.inventory.services.faults import confirm_fault, dismiss_fault, repair_fault, report_fault
from app.inventory.services.maintenance import remind_of_maintenance
from app.notifications.models import Mail, Notice
from tests.cast import Cast
from tests.inventory.upkeep import confirmed, planned, reported


def letters() -> dict[str, Mail]:
    """The new letter of everybody who has one, by the beginning of the address; then there is none.

    Each came with a line in the news.
    """
    found = {mail.address.split("@")[0]: mail for mail in db.session.scalars(select(Mail))}
    told = set(db.session.scalars(select(User.email).join(Notice, Notice.user_id == User.id)))
    assert {email.split("@")[0] for email in told} == set(found)
    for mail in found.values():
        db.session.expunge(mail)
    for table in (Mail, Notice):
        db.session.execute(delete(table))
    db.session.commit()
    return found


def test_the_labs_staff_hears_of_a_report(cast: Cast) -> None:
    fault = reported(cast, text="Smoke", unit_id=cast.raman.units[0].id)
    told = letters()
    assert set(told) == {"manager", "technician"}
    assert told["manager"].subject == "A fault is reported: \u2068Raman spectrometer\u2069, unit 1"
    for words in ("Smoke", "Booker", "in part, or with care", f"/admin/faults/{fault.id}"):
        assert words in told["manager"].text


def test_nobody_is_told_of_their_own_report_nor_twice(cast: Cast) -> None:
    reported(cast, by=cast.technician)
    assert set(letters()) == {"manager"}
    again = {"text": "Still", "usability": "usable"}
    report_fault(actor=cast.technician, equipment_id=cast.raman.id, **again)
    assert letters() == {}


def test_where_a_lab_has_nobody_the_admins_hear_of_it(cast: Cast) -> None:
    db.session.execute(delete(RoleGrant).where(RoleGrant.lab_id == cast.electronics.id))
    db.session.commit()
    reported(cast, of=cast.oscilloscope)
    assert set(letters()) == {"admin"}


def test_who_reported_it_hears_what_becomes_of_it(cast: Cast) -> None:
    fault = reported(cast)
    letters()
    confirm_fault(actor=cast.technician, fault_id=fault.id, known_as="The laser is weak")
    told = letters()
    assert set(told) == {"booker"}
    assert "The laser is weak" in told["booker"].text
    repair_fault(actor=cast.technician, fault_id=fault.id, note="New lamp")
    told = letters()
    assert set(told) == {"booker"}
    assert "New lamp" in told["booker"].text
    assert f"/equipment/{cast.raman.id}/fault" in told["booker"].text
    other = reported(cast, by=cast.rival)
    letters()
    dismiss_fault(actor=cast.manager, fault_id=other.id, reason="It has to warm up")
    told = letters()
    assert set(told) == {"rival"}
    assert "It has to warm up" in told["rival"].text


def test_who_decides_about_their_own_report_needs_no_letter(cast: Cast) -> None:
    confirmed(cast, by=cast.technician)
    assert set(letters()) == {"manager"}


def test_a_closed_account_is_told_nothing(cast: Cast) -> None:
    fault = reported(cast)
    letters()
    cast.booker.disabled_at = cast.booker.activated_at
    db.session.commit()
    repair_fault(actor=cast.manager, fault_id=fault.id)
    assert letters() == {}


def test_the_managers_get_one_letter_for_all_that_is_due(cast: Cast) -> None:
    planned(cast, what="Calibration")
    planned(cast, of=cast.stations, what="Inspection", due_on=date(2026, 11, 1))
    planned(cast, of=cast.oscilloscope, by=cast.other_manager, what="Service")
    remind_of_maintenance()
    told = letters()
    assert set(told) == {"manager", "other-manager"}
    assert told["manager"].subject == "2 things have to be looked after soon"
    for words in ("Calibration", "Inspection", "Sunday 29 November 2026", "/admin/maintenance"):
        assert words in told["manager"].text
    assert "Service" not in told["manager"].text
    assert told["other-manager"].subject == "\u2068Service\u2069 is due: \u2068Oscilloscope\u2069"


def test_where_a_lab_has_no_manager_its_technicians_hear_of_it(cast: Cast) -> None:
    planned(cast)
    db.session.execute(delete(RoleGrant).where(RoleGrant.role == Role.MANAGER))
    db.session.commit()
    remind_of_maintenance()
    assert set(letters()) == {"technician"}


@pytest.mark.parametrize("language", ["en", "fa"])
def test_each_letter_is_written_in_the_language_of_who_reads_it(cast: Cast, language: str) -> None:
    for person in (cast.booker, cast.manager):
        person.language = language
    db.session.commit()
    fault = reported(cast)
    planned(cast)
    remind_of_maintenance()
    for mail in letters().values():
        assert mail.subject
    confirm_fault(actor=cast.technician, fault_id=fault.id)
    (mail,) = letters().values()
    assert mail.language == language
    assert ("طیف‌سنج رامان" in mail.text) is (language == "fa")
