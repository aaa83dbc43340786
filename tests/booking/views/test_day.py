"""Who came: the list of a lab's day."""

from sqlalchemy import select

from app.booking.models import Occurrence, OccurrenceState
from app.core import clock
from app.extensions import db
from tests.booking.making import ask
from tests.booking.services.test_use import approved
from tests.cast import Cast
from tests.occupancy.making import at
from tests.visitor import Visitor

S = OccurrenceState


def states() -> list[OccurrenceState]:
    return list(db.session.scalars(select(Occurrence.state).order_by(Occurrence.id)))


def test_yesterday_all_came_in_one_action(client: Visitor, cast: Cast) -> None:
    approved(cast)
    approved(cast, start=3)
    ask(cast.rival, cast.oscilloscope)
    with clock.frozen(at(25)):
        client.sign_in(cast.technician)
        page = client.page("/labs-day")
        assert page.text.count("Arta Polymer") == 2
        assert "Rival" not in page.text
        client.submit("/labs-day", form="all-came")
        page = client.page("/labs-day")
        assert "Saved." in page.text
        assert "All came" not in page.text
    assert states() == [S.COMPLETED, S.COMPLETED, S.REQUESTED]


def test_one_did_not_come_and_is_counted(client: Visitor, cast: Cast) -> None:
    approved(cast)
    date_id = db.session.scalar(select(Occurrence.id))
    with clock.frozen(at(25)):
        client.sign_in(cast.manager)
        client.submit("/labs-day?day=2026-11-23", form=f"missed-{date_id}")
        assert "did not come 1 time in 90 days" in client.page("/labs-day?day=2026-11-23").text
        again = client.post("/labs-day", data={"missed": date_id, "day": "2026-11-23"})
        assert "Nothing was changed." in client.page(str(again.location)).text
    assert states() == [S.NO_SHOW]


def test_a_day_without_bookings_says_so_and_other_labs_do_not_exist(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.manager)
    assert "Nobody was expected" in client.page("/labs-day?day=rubbish").text
    client.page("/labs-day?lab=electronics", status=404)
    client.post("/sign-out")
    client.sign_in(cast.booker)
    client.page("/labs-day", status=404)
