"""The pages about what cannot be used."""

from typing import Any

import pytest
from sqlalchemy import select

from app.booking.models import OccurrenceState, Outage
from app.extensions import db
from tests.booking.outages.test_declare import approved, fail, second_raman, the_date
from tests.cast import Cast
from tests.visitor import Visitor

MONDAY = {"date": "2026-11-23", "start": "08:00", "end_date": "2026-11-23", "end": "18:00"}


def typed(cast: Cast, **more: Any) -> dict[str, Any]:
    return MONDAY | {"place": f"equipment:{cast.raman.id}", "kind": "outage", "reason": "The laser"} | more


def test_what_would_happen_is_shown_and_then_happens(client: Visitor, cast: Cast) -> None:
    other = second_raman(cast)
    booking = approved(cast, cast.booker, cast.raman)
    client.sign_in(cast.manager)
    looked = client.submit("/outages/new", typed(cast, step="look"), form="outage")
    assert looked.status_code == 200
    assert "same time, on" in looked.text
    assert "Arta Polymer" in looked.text
    assert not db.session.scalars(select(Outage)).all()
    done = client.submit("/outages/new", typed(cast, step="declare"), form="outage")
    assert done.status_code == 302
    page = client.page(done.location)
    assert "1 date gave way" in page.text
    assert other.name in page.text
    assert the_date(cast, booking).items[0].equipment_id == other.id
    assert "Raman spectrometer" in client.page("/outages").text


def test_it_is_prolonged_looked_at_again_and_ended(client: Visitor, cast: Cast) -> None:
    booking = approved(cast, cast.booker, cast.raman)
    outage = fail(cast, cast.raman, start=-30, end=None)
    client.sign_in(cast.technician)
    address = f"/outages/{outage.id}"
    assert "Look once more" in client.page(address).text
    assert client.submit(address, form=f"{address}/repair").status_code == 302
    assert "Nothing free was found" in client.page(address).text
    until = {"end_date": "2026-11-22", "end": "18:00", "reason": "A fuse"}
    assert client.submit(address, until, form="until").location == address
    assert the_date(cast, booking).state is OccurrenceState.APPROVED
    assert client.submit(address, until | {"end": ""}, form="until").status_code == 422
    assert client.submit(address, form=f"{address}/end").location == address
    assert "It can be used again" not in client.page(address).all("button")[-1].text
    assert "A fuse" in client.page("/outages?over=1").text


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"end": "07:00"}, "The end must come after the start."),
        ({"end_date": "2026-11-21"}, "This time is past."),
        ({"end_date": "", "end": ""}, "Say until when"),
        ({"number": "7"}, "There are not so many in service."),
        ({"unit": "7"}, "There is no unit of this number in service."),
        ({"date": ""}, "This is needed."),
        ({"place": "equipment:999"}, "Not a valid choice"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    client: Visitor, cast: Cast, wrong: dict[str, str], said: str
) -> None:
    client.sign_in(cast.manager)
    answer = client.submit("/outages/new", typed(cast, step="declare", **wrong), form="outage")
    assert (answer.status_code, said in answer.text) == (422, True), answer.text
    assert "The laser" in answer.text, "nothing that was typed is lost"


def test_the_address_fills_the_form_in(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.technician)
    page = client.page(
        f"/outages/new?equipment={cast.stations.id}&unit=2&kind=maintenance&reason=Yearly+check"
        "&from=2026-11-24T09:00&to=2026-11-24T11:00"
    )
    filled = page.typed(page.form("outage"))
    assert filled["place"] == [f"equipment:{cast.stations.id}"]
    assert (filled["unit"], filled["kind"], filled["start"]) == (["2"], ["maintenance"], ["09:00"])
    assert filled["end"] == ["11:00"]


def test_the_company_is_told_what_to_do(client: Visitor, cast: Cast) -> None:
    booking = approved(cast, cast.booker, cast.raman)
    fail(cast, cast.raman, start=-30, end=None)
    client.sign_in(cast.booker)
    text = client.page(f"/bookings/{booking.reference}").text
    assert "Choose another time, or call it off" in text
    assert "The laser is broken" in text
    assert "Change the time" in text


@pytest.mark.parametrize("who", ["booker", "loner", "student"])
def test_it_is_not_for_everybody(client: Visitor, cast: Cast, who: str) -> None:
    outage = fail(cast, cast.raman)
    client.sign_in(getattr(cast, who))
    for address in ("/outages", "/outages/new", f"/outages/{outage.id}"):
        assert client.get(address).status_code == 404


def test_another_labs_people_find_none(client: Visitor, cast: Cast) -> None:
    outage = fail(cast, cast.raman)
    client.sign_in(cast.other_manager)
    assert client.get(f"/outages/{outage.id}").status_code == 404
    assert "Raman" not in client.page("/outages").text
    assert "Raman" not in client.page("/outages/new").text


def test_who_only_approves_reads_and_changes_nothing(client: Visitor, cast: Cast) -> None:
    outage = fail(cast, cast.raman)
    client.sign_in(cast.safety)
    page = client.page(f"/outages/{outage.id}")
    assert not [form for form in page.all("form") if "/outages/" in (form.attrs.get("action") or "")]
    assert client.get("/outages/new").status_code == 404
