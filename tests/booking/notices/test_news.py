"""Who hears what, in which language, once."""

from collections.abc import Callable

import pytest
from sqlalchemy import delete, select

from app.accounts.models import RoleGrant
from app.booking.models import DeclineReason
from app.booking.services.cancel import cancel_booking
from app.booking.services.decide import approve_booking, decline_booking
from app.booking.services.move import move_booking
from app.extensions import db
from app.notifications.models import Mail, Notice
from tests.booking.making import ask
from tests.cast import NOW, Cast
from tests.occupancy.making import span


def mails() -> list[tuple[str, str]]:
    """Address and first words of the subject of each, oldest first; then the outbox is empty."""
    rows = db.session.scalars(select(Mail).order_by(Mail.id)).all()
    told = [(row.address.split("@")[0], row.subject) for row in rows]
    for row in rows:
        db.session.delete(row)
    db.session.commit()
    return told


def to_whom() -> list[str]:
    return [address for address, _ in mails()]


def test_the_labs_deciders_are_asked_and_the_company_sees_it_went_out(cast: Cast) -> None:
    ask(cast.booker, cast.raman)
    assert sorted(to_whom()) == ["booker", "manager", "safety"]
    paths = set(db.session.scalars(select(Notice.path)))
    assert len(paths) == 1


def test_nobody_is_told_before_an_address_is_proved(cast: Cast) -> None:
    cast.newcomer.activated_at = None
    db.session.commit()
    ask(cast.newcomer, cast.raman)
    assert mails() == []


@pytest.mark.parametrize("answer", ["approve", "decline"])
def test_the_answer_goes_to_who_asked(cast: Cast, answer: str) -> None:
    reference = ask(cast.booker, cast.raman).reference
    mails()
    if answer == "approve":
        approve_booking(actor=cast.manager, reference=reference, note="Bring goggles")
    else:
        decline_booking(
            actor=cast.manager, reference=reference, reason_code=DeclineReason.SAFETY, reason="No hood"
        )
    text = db.session.scalars(select(Mail.text)).one()
    assert ("Bring goggles" if answer == "approve" else "No hood") in text
    assert to_whom() == ["booker"]


def test_whoever_changes_it_the_other_side_hears(cast: Cast) -> None:
    reference = ask(cast.booker, cast.raman).reference
    mails()
    move_booking(actor=cast.booker, reference=reference, span=span(4, 1))
    assert sorted(to_whom()) == ["manager", "safety"]
    cancel_booking(actor=cast.manager, reference=reference, note="Burst pipe")
    assert sorted(to_whom()) == ["booker", "safety"]


def left(cast: Cast) -> None:
    cast.booker.memberships[0].ended_at = NOW


def disabled(cast: Cast) -> None:
    cast.booker.disabled_at = NOW


@pytest.mark.parametrize("gone", [left, disabled])
def test_the_admins_hear_what_was_for_somebody_who_is_gone(cast: Cast, gone: Callable[[Cast], None]) -> None:
    first, second = (ask(cast.booker, cast.raman, start=start).reference for start in (0, 4))
    mails()
    gone(cast)
    db.session.commit()
    decline_booking(actor=cast.manager, reference=first, reason_code=DeclineReason.SAFETY, reason="No hood")
    assert to_whom() == ["boss"]
    cancel_booking(actor=cast.boss, reference=second)
    assert sorted(to_whom()) == ["manager", "safety"]


def test_who_left_the_lab_hears_no_more_of_what_they_booked_for_a_company(cast: Cast) -> None:
    booking = ask(cast.technician, cast.raman, organisation_id=cast.arta.id)
    mails()
    cancel_booking(actor=cast.manager, reference=booking.reference)
    assert sorted(to_whom()) == ["safety", "technician"]

    booking = ask(cast.technician, cast.raman, organisation_id=cast.arta.id)
    mails()
    db.session.execute(delete(RoleGrant).where(RoleGrant.user_id == cast.technician.id))
    db.session.commit()
    cancel_booking(actor=cast.manager, reference=booking.reference)
    assert sorted(to_whom()) == ["boss", "safety"]


ENGLISH = """\
Hello \u2068Booker\u2069,

Your booking is approved.

The lab writes: \u2068Bring goggles\u2069

Booking: \u2068{reference}\u2069
Equipment: \u2068Raman spectrometer\u2069
When: Monday 23 November 2026, 08:30–10:30
Where: \u2068Materials characterisation\u2069

If you cannot come, please call it off in good time: somebody else is waiting for it.

http://127.0.0.1:5000/bookings/{reference}

Kargah: lab and workshop sharing
http://127.0.0.1:5000/
"""


def test_the_letter_in_english(cast: Cast) -> None:
    reference = ask(cast.booker, cast.raman).reference
    approve_booking(actor=cast.manager, reference=reference, note="Bring goggles")
    letter = db.session.scalars(select(Mail).order_by(Mail.id.desc()).limit(1)).one()
    assert letter.text == ENGLISH.format(reference=reference)
    assert letter.subject == f"\u2068{reference}\u2069 is approved"


def test_a_persian_reader_gets_the_jalali_day_in_persian_digits(cast: Cast) -> None:
    cast.booker.language = "fa"
    db.session.commit()
    ask(cast.booker, cast.raman)
    letter = db.session.scalars(select(Mail).where(Mail.user_id == cast.booker.id)).one()
    assert "دوشنبه ۲ آذر ۱۴۰۵" in letter.text
    assert "طیف‌سنج رامان" in letter.text
    assert 'dir="rtl"' in (letter.html or "")


def test_a_second_telling_of_one_change_is_not_sent(cast: Cast) -> None:
    reference = ask(cast.booker, cast.raman, cast.oscilloscope).reference
    assert sorted(to_whom()) == ["booker", "manager", "other-manager", "safety"]
    approve_booking(actor=cast.manager, reference=reference)
    assert to_whom() == []
