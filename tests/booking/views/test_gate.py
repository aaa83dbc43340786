"""The list for the gate: who is on it, who sees it, and what is forgotten."""

from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select

from app.accounts.models import Role, RoleGrant, User
from app.booking.models import BookingPerson
from app.booking.rules.visitors import Visitor as Comer
from app.booking.services.cancel import cancel_booking
from app.booking.services.decide import approve_booking
from app.booking.services.visitors import forget_visitors, name_visitors
from app.core import clock
from app.core.errors import Forbidden, InvalidInput, NotFound, WrongState
from app.core.event_log import EventRecord
from app.extensions import db
from tests.booking.making import ask
from tests.cast import NOW, Cast
from tests.occupancy.making import at
from tests.visitor import Visitor

MONDAY = "/gate?day=2026-11-23"


@pytest.fixture
def guard(cast: Cast) -> User:
    db.session.add(RoleGrant(user=cast.loner, role=Role.GATE, granted_at=NOW))
    db.session.commit()
    return cast.loner


def expected(cast: Cast, **more: object) -> str:
    people = [("Sara Amini", "sara@example.com"), ("Reza Karimi", None)]
    booking = ask(cast.booker, cast.raman, people=people, **more)
    approve_booking(actor=cast.manager, reference=booking.reference)
    return booking.reference


def test_the_guard_sees_who_comes_and_nothing_of_why(client: Visitor, cast: Cast, guard: User) -> None:
    reference = expected(cast)
    name_visitors(
        actor=cast.booker,
        reference=reference,
        visitors=[
            Comer("Sara Amini", identity="۰۰۱۲۳۴۵۶۷۸", plate="۱۲ ب ۳۴۵ ایران ۱۶"),
            Comer("Reza Karimi"),
        ],
    )
    client.sign_in(guard)
    page = client.page(MONDAY)
    assert "Sara Amini" in page.text
    assert "0012345678" in page.text
    assert "12 ب 345 ایران 16" in page.text
    assert "Arta Polymer" in page.text
    assert "batch 12" not in page.text
    assert reference not in page.text
    assert "Reza" not in client.page(f"{MONDAY}&q=sara").text
    assert "Sara" in client.page(f"{MONDAY}&q=345").text
    assert "Nobody is expected" in client.page("/gate?day=1405/09/04").text
    for address in ("/approvals", f"/bookings/{reference}", "/labs-day", "/admin"):
        assert client.get(address).status_code == 404


def test_who_waits_or_has_called_off_is_not_expected(client: Visitor, cast: Cast) -> None:
    ask(cast.rival, cast.raman, start=4, people=[("Not yet", None)])
    gone = expected(cast)
    cancel_booking(actor=cast.booker, reference=gone)
    client.sign_in(cast.technician)
    assert "Nobody is expected" in client.page(MONDAY).text


def test_where_nobody_is_named_who_asked_is_expected(client: Visitor, cast: Cast) -> None:
    ask(cast.booker, cast.stations)
    client.sign_in(cast.liaison)
    assert "Booker" in client.page(MONDAY).text


def test_the_list_can_be_taken_along_and_holds_no_formula(client: Visitor, cast: Cast) -> None:
    reference = expected(cast)
    name_visitors(actor=cast.booker, reference=reference, visitors=[Comer("=HYPERLINK(1)", plate="-1")])
    client.sign_in(cast.manager)
    answer = client.get("/gate/list/xlsx?day=2026-11-23")
    sheet = load_workbook(BytesIO(answer.data)).active
    cells = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert cells[0][1] == "=HYPERLINK(1)"
    assert sheet["B2"].data_type == "s"
    assert "'=HYPERLINK" in client.get("/gate/list/csv?day=2026-11-23").text
    assert client.get("/gate/list/ods").status_code == 404


@pytest.mark.parametrize("who", ["booker", "student", "loner", "donor"])
def test_it_is_not_for_everybody(client: Visitor, cast: Cast, who: str) -> None:
    client.sign_in(getattr(cast, who))
    for address in ("/gate", "/gate/list/csv"):
        assert client.get(address).status_code == 404


def test_the_company_says_who_comes(client: Visitor, cast: Cast) -> None:
    reference = expected(cast)
    client.sign_in(cast.booker)
    address = f"/bookings/{reference}/visitors"
    wrong = client.submit(address, {"people-1-name": "", "people-1-plate": "12 B 345"}, form="visitors")
    assert (wrong.status_code, "Write the name." in wrong.text) == (422, True)
    right = client.submit(address, {"people-2-name": "Mina", "people-2-identity": "12"}, form="visitors")
    assert right.status_code == 302
    names = db.session.scalars(select(BookingPerson.name).order_by(BookingPerson.id)).all()
    assert names == ["Sara Amini", "Reza Karimi", "Mina"]
    told = db.session.scalars(select(EventRecord).where(EventRecord.name == "VisitorsNamed")).one()
    assert "Mina" not in str(told.data)


def test_not_for_others_and_not_when_it_is_over(cast: Cast) -> None:
    reference = expected(cast)
    with pytest.raises(NotFound):
        name_visitors(actor=cast.rival, reference=reference, visitors=[])
    with pytest.raises(Forbidden):
        name_visitors(actor=cast.liaison, reference=reference, visitors=[])
    with pytest.raises(InvalidInput):
        name_visitors(actor=cast.boss, reference=reference, visitors=[Comer("x" * 201)])
    with pytest.raises(InvalidInput):
        name_visitors(actor=cast.boss, reference=reference, visitors=[Comer("x")] * 51)
    with clock.frozen(at(3)), pytest.raises(WrongState):
        name_visitors(actor=cast.boss, reference=reference, visitors=[])


def test_it_is_forgotten_in_time_and_once(cast: Cast) -> None:
    expected(cast)
    with clock.frozen(at(2) + timedelta(days=89)):
        assert forget_visitors(90) == 0
    with clock.frozen(at(2) + timedelta(days=90)):
        assert forget_visitors(90) == 2
        assert forget_visitors(90) == 0
    assert db.session.scalar(select(func.count(BookingPerson.id))) == 0
