"""The clock of a request: who is reminded, who is told, and how long answers take."""

from datetime import datetime, timedelta

from sqlalchemy import select

from app.accounts.models import User
from app.booking.jobs import nudge
from app.booking.services.decide import approve_booking
from app.booking.services.move import move_booking
from app.booking.services.nudge import usual_answer_minutes
from app.cli.doctor import findings
from app.core import clock
from app.extensions import db
from app.notifications.models import Mail
from tests.booking.making import ask
from tests.cast import NOW, Cast
from tests.databases import both_databases
from tests.occupancy.making import span

TOMORROW_EARLY = NOW + timedelta(hours=22, minutes=30)
"""Half past eight. The lab answers within eight working hours, by ten: half of the time was over at night."""
LATE = NOW + timedelta(hours=25)


def reminders_to(person: User) -> list[Mail]:
    found = db.session.scalars(select(Mail).where(Mail.address == person.email).order_by(Mail.id))
    return [mail for mail in found if "an answer" in mail.subject]


def nudged(at: datetime) -> int:
    with clock.frozen(at):
        return nudge()


@both_databases
def test_who_has_to_answer_is_reminded_once_with_all_that_waits(cast: Cast) -> None:
    ask(cast.booker, cast.raman, start=24)
    ask(cast.rival, cast.raman, start=28)
    assert nudged(NOW + timedelta(hours=1)) == 0
    assert nudged(TOMORROW_EARLY) == 2
    assert nudged(TOMORROW_EARLY) == 0
    (mail,) = reminders_to(cast.manager)
    assert "Arta Polymer" in mail.text
    assert "Rival Coatings" in mail.text
    assert len(reminders_to(cast.safety)) == 1
    for other in (cast.liaison, cast.technician, cast.other_manager, cast.booker):
        assert reminders_to(other) == []
    assert list(findings()) == []


def test_nobody_is_reminded_when_the_office_is_closed(cast: Cast) -> None:
    ask(cast.booker, cast.raman, start=24)
    assert nudged(NOW + timedelta(hours=13)) == 0
    assert nudged(TOMORROW_EARLY) == 1


def test_what_is_overdue_is_told_to_the_office_as_well(cast: Cast) -> None:
    ask(cast.booker, cast.raman, start=24)
    assert nudged(LATE) == 1
    assert nudged(LATE) == 0
    assert len(reminders_to(cast.liaison)) == len(reminders_to(cast.manager)) == 1


def test_what_was_answered_is_not_reminded_of(cast: Cast) -> None:
    approve_booking(actor=cast.manager, reference=ask(cast.booker, cast.raman).reference)
    assert nudged(LATE) == 0


def test_a_request_that_moved_has_its_clock_anew(cast: Cast) -> None:
    reference = ask(cast.booker, cast.raman, start=24).reference
    assert nudged(TOMORROW_EARLY) == 1
    with clock.frozen(TOMORROW_EARLY):
        move_booking(actor=cast.booker, reference=reference, span=span(48, 2))
    assert nudged(TOMORROW_EARLY + timedelta(minutes=30)) == 0
    assert nudged(TOMORROW_EARLY + timedelta(days=1)) == 1


def test_how_long_answers_usually_take_counts_working_time(cast: Cast) -> None:
    references = [ask(cast.booker, cast.raman, start=24 * day).reference for day in (1, 2, 5, 6)]
    references.append(ask(cast.rival, cast.raman, start=24 * 7).reference)
    with clock.frozen(NOW + timedelta(hours=2)):
        for reference in references[:4]:
            approve_booking(actor=cast.manager, reference=reference)
        assert usual_answer_minutes(cast.materials) is None, "four say nothing"
    with clock.frozen(NOW + timedelta(hours=24)):
        approve_booking(actor=cast.manager, reference=references[4])
        assert usual_answer_minutes(cast.materials) == 120
        assert usual_answer_minutes(cast.electronics) is None
