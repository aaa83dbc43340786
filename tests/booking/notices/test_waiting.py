"""Who waits hears when it is their turn and when it is over, in their language, once."""

from sqlalchemy import select

from app.booking.jobs import end_unanswered, expire_waiting
from app.booking.services.cancel import cancel_booking
from app.booking.services.waitlist.answer import pass_held
from app.core import clock
from app.extensions import db
from app.notifications.models import Mail, Notice
from tests.booking.making import ask
from tests.booking.services.test_waitlist import wait
from tests.cast import Cast

ISOLATES = str.maketrans("", "", "\u2068\u2069")


def subjects(address: str) -> list[str]:
    return [letter.subject.translate(ISOLATES) for letter in letters(address)]


def letters(address: str) -> list[Mail]:
    return list(db.session.scalars(select(Mail).where(Mail.address == address).order_by(Mail.id)))


def test_a_held_time_is_told_with_its_hour_and_the_way_to_it(cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)
    entry = wait(cast.rival, cast.raman)
    assert letters(cast.rival.email) == []
    cancel_booking(actor=cast.booker, reference=booking.reference)
    (letter,) = letters(cast.rival.email)
    assert subjects(cast.rival.email) == ["Free for you: Raman spectrometer"]
    assert "14:00" in letter.text  # four working hours after 10:00
    assert f"/waitlist/{entry.id}" in letter.text
    news = db.session.scalars(select(Notice).where(Notice.user_id == cast.rival.id)).one()
    assert (news.path, "is held for you" in news.text) == (f"/waitlist/{entry.id}", True)


def test_in_persian_too(cast: Cast) -> None:
    cast.rival.language = "fa"
    db.session.commit()
    booking = ask(cast.booker, cast.raman)
    wait(cast.rival, cast.raman)
    cancel_booking(actor=cast.booker, reference=booking.reference)
    (letter,) = letters(cast.rival.email)
    assert "۱۴:۰۰" in letter.text


def test_silence_is_told_and_a_word_is_not(cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)
    first, second = wait(cast.rival, cast.raman), wait(cast.boss, cast.raman)
    cancel_booking(actor=cast.booker, reference=booking.reference)
    assert first.open_offer is not None
    with clock.frozen(first.open_offer.expires_at):
        end_unanswered()
        pass_held(actor=cast.boss, entry_id=second.id)
    assert subjects(cast.rival.email) == [
        "Free for you: Raman spectrometer",
        "Held for you no longer: Raman spectrometer",
    ]
    assert subjects(cast.boss.email) == ["Free for you: Raman spectrometer"]


def test_the_end_of_waiting_is_told_with_what_it_is_good_for(cast: Cast) -> None:
    ask(cast.booker, cast.raman)
    entry = wait(cast.rival, cast.raman)
    with clock.frozen(entry.latest_start):
        expire_waiting()
    (letter,) = letters(cast.rival.email)
    assert subjects(cast.rival.email) == ["Nothing became free: Raman spectrometer"]
    assert "hours that are missing" in letter.text
