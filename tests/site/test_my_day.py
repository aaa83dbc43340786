"""What a day brings to each kind of person."""

from datetime import timedelta

import pytest
from sqlalchemy import event

from app.accounts.models import User
from app.booking.services.decide import approve_booking, propose_time
from app.booking.services.nudge import nudge
from app.core import clock
from app.extensions import db
from tests.booking.making import ask
from tests.booking.services.test_use import approved
from tests.booking.services.test_waitlist import wait
from tests.cast import NOW, Cast
from tests.databases import both_databases
from tests.donations.making import offered, published_need
from tests.inventory.upkeep import reported
from tests.occupancy.making import at, span
from tests.visitor import Visitor

pytestmark = both_databases


def day_of(client: Visitor, who: User) -> str:
    client.sign_in(who)
    return client.page("/my-day").one("main").text


def test_a_company_sees_its_own_dates_and_no_one_else_s(client: Visitor, cast: Cast) -> None:
    approved(cast)
    approve_booking(actor=cast.other_manager, reference=ask(cast.rival, cast.oscilloscope).reference)
    with clock.frozen(at(-0.1)):
        said = day_of(client, cast.booker)
        assert "Raman spectrometer" in said
        assert "Check in" in said
        assert "Good to know" in said
        assert "Oscilloscope" not in said
        assert "Raman" not in day_of(client, cast.rival)


def test_another_time_asks_for_an_answer(client: Visitor, cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman, start=24)
    propose_time(actor=cast.manager, reference=booking.reference, span=span(48, 2))
    said = day_of(client, cast.booker)
    assert "Waits for you" in said
    assert "names another time" in said


def test_a_manager_sees_requests_arrivals_and_faults_of_the_own_lab(client: Visitor, cast: Cast) -> None:
    ask(cast.booker, cast.raman, start=24)
    approved(cast, start=3)
    reported(cast, by=cast.rival)
    with clock.frozen(at(0)):
        said = day_of(client, cast.manager)
        for line in (
            "1 request waits for your answer.",
            "1 new report of a fault",
            "Open the day of the lab",
        ):
            assert line in said
        assert "Nothing asks for you today" in day_of(client, cast.other_manager)


def test_yesterday_is_asked_for_until_somebody_says_it(client: Visitor, cast: Cast) -> None:
    approved(cast)
    with clock.frozen(at(25)):
        assert "Nobody has said of 1 date of yesterday" in day_of(client, cast.technician)
        assert "Nobody has said" not in day_of(client, cast.booker)


def test_the_office_sees_what_no_lab_has_answered_in_time(client: Visitor, cast: Cast) -> None:
    overdue = ask(cast.booker, cast.raman, start=24)
    ask(cast.rival, cast.oscilloscope, start=28)
    late = NOW + timedelta(hours=25)
    with clock.frozen(late - timedelta(hours=24)):
        nudge()
        assert "longer than" not in day_of(client, cast.liaison)
    with clock.frozen(late):
        ask(cast.rival, cast.raman, start=24 * 7)
        nudge()
        client.sign_in(cast.liaison)
        page = client.page("/my-day")
        assert "wait longer than their labs have promised" in page.one("main").text
        assert [one for one in page.all("a") if overdue.reference in one.attrs["href"]]
        assert "promised" not in day_of(client, cast.manager)


def test_the_office_and_the_donor_see_gifts_each_in_its_way(client: Visitor, cast: Cast) -> None:
    offered(cast, published_need(cast, quantity=2))
    said = day_of(client, cast.liaison)
    assert "1 gift waits for an answer." in said
    assert "Newcomer Alloys" in said
    assert "See what comes next" in day_of(client, cast.donor)
    assert "gift" not in day_of(client, cast.rival)


def test_who_runs_it_sees_what_does_not_run(client: Visitor, cast: Cast) -> None:
    assert "Something does not run as it should." in day_of(client, cast.admin)
    assert "does not run" not in day_of(client, cast.manager)


def test_an_empty_day_says_what_to_do(client: Visitor, cast: Cast) -> None:
    ask(cast.booker, cast.raman)
    wait(cast.boss, cast.raman, length=1, minutes=60)
    said = day_of(client, cast.loner)
    assert "Nothing asks for you today" in said
    assert "Find a time" in said


def test_a_stranger_is_asked_to_sign_in(client: Visitor) -> None:
    assert str(client.get("/my-day").location).startswith("/sign-in")


@pytest.mark.parametrize("who", ["booker", "manager", "admin"])
def test_more_of_everything_asks_the_database_no_more_often(client: Visitor, cast: Cast, who: str) -> None:
    ask(cast.booker, cast.raman, start=24)
    approved(cast, start=3)
    first = count(client, getattr(cast, who))
    for hour in (26, 28, 48):
        ask(cast.booker, cast.raman, start=hour)
    for hour in (0, 50):
        approved(cast, start=hour)
    assert count(client, getattr(cast, who)) == first


def count(client: Visitor, who: User) -> int:
    client.sign_in(who)
    statements: list[str] = []
    listener = lambda *args: statements.append(args[2])  # noqa: E731
    event.listen(db.engine, "before_cursor_execute", listener)
    client.page("/my-day")
    event.remove(db.engine, "before_cursor_execute", listener)
    return len(statements)


def test_the_first_page_leads_to_it_who_is_signed_in(client: Visitor, cast: Cast) -> None:
    assert not client.page("/").one("main").all("a", href="/my-day")
    client.sign_in(cast.booker)
    assert client.page("/").one("main").all("a", href="/my-day")
