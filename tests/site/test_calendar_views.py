"""The calendar as an address asks for it: what is shown, folded, left out; and whether it has changed."""

import pytest

from app.booking.services.decide import approve_booking
from app.booking.services.policies import set_equipment_policy
from app.core.errors import NotFound
from app.extensions import db
from app.inventory.models import EquipmentStatus, Mode
from app.site.calendar import Chosen
from tests.booking.making import ask
from tests.booking.outages.test_declare import fail
from tests.cast import NOW, Cast
from tests.visitor import Visitor

TOMORROW = "date=2026-11-23"


def rows(client: Visitor, query: str) -> list[str]:
    """The names in the first column, from the top."""
    page = client.page(f"/calendar?{TOMORROW}&{query}")
    return [one.one("a").text for one in page.all(class_="tl-name")]


@pytest.mark.parametrize("view", ["day", "week"])
def test_rows_are_those_of_the_filter_in_the_order_asked_for(client: Visitor, cast: Cast, view: str) -> None:
    names = [cast.raman.name, cast.microscope.name, cast.stations.name, cast.oscilloscope.name]
    assert sorted(rows(client, f"view={view}")) == sorted(names)
    assert rows(client, f"view={view}&rows=name") == sorted(names)
    assert rows(client, f"view={view}&lab=electronics") == rows(client, f"view={view}&q=oscillo")
    assert rows(client, f"view={view}&category={cast.raman.category.slug}") == [cast.raman.name]
    assert rows(client, f"view={view}&q=no such thing") == []


def test_what_may_be_booked_leaves_out_what_this_person_lacks_something_for(
    client: Visitor, cast: Cast
) -> None:
    set_equipment_policy(actor=cast.manager, equipment_id=cast.raman.id, needs_authorisation=True)
    cast.raman.modes = [Mode.SELF.value]
    db.session.commit()
    client.sign_in(cast.booker)
    assert cast.raman.name not in rows(client, "bookable=1")
    assert cast.microscope.name in rows(client, "bookable=1")
    client.sign_in(cast.manager)  # who asks in the name of others
    assert cast.raman.name in rows(client, "bookable=1")


def test_what_is_out_of_service_is_shown_and_is_not_bookable(client: Visitor, cast: Cast) -> None:
    broken = cast.stations
    broken.status = EquipmentStatus.OUT_OF_SERVICE
    db.session.commit()
    assert broken.name in rows(client, "")
    assert broken.name not in rows(client, "bookable=1")
    row = client.page(f"/calendar?{TOMORROW}").one(id=f"e{broken.id}")
    assert row.all("a", class_="tl-pick") == []


def test_a_folded_group_stands_in_the_address(client: Visitor, cast: Cast) -> None:
    page = client.page(f"/calendar?{TOMORROW}&shut=electronics")
    open_ = {one.attrs["data-part"]: "open" in one.attrs for one in page.all("details", class_="tl-part")}
    assert open_ == {"electronics": False, "materials": True}


def test_an_address_says_only_what_is_not_as_usual(cast: Cast) -> None:
    asked = {"view": "nonsense", "date": "later", "rows": "?", "page": "0"}
    chosen = Chosen.of(asked, [cast.materials], None, NOW)
    assert chosen.query() == {"view": "day", "date": "2026-11-22"}
    assert chosen.query(text="x", page=2) == {"view": "day", "date": "2026-11-22", "q": "x", "page": "2"}


@pytest.mark.parametrize("args", [{"lab": "nowhere"}, {"category": "nothing"}])
def test_a_lab_or_category_that_there_is_not_is_not_found(cast: Cast, args: dict[str, str]) -> None:
    with pytest.raises(NotFound):
        Chosen.of(args, [cast.materials], None, NOW)


def test_a_company_has_no_labs_of_its_own(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.booker)
    assert len(rows(client, "lab=mine")) == 4
    client.sign_in(cast.other_manager)
    assert rows(client, "lab=mine") == [cast.oscilloscope.name]


def test_requests_that_compete_stand_below_each_other_and_are_counted(client: Visitor, cast: Cast) -> None:
    set_equipment_policy(actor=cast.manager, equipment_id=cast.raman.id, requests_compete=True)
    ask(cast.booker, cast.raman)
    ask(cast.rival, cast.raman, start=1)
    client.sign_in(cast.manager)
    page = client.page(f"/calendar?{TOMORROW}")
    row = page.one(id=f"e{cast.raman.id}")
    assert "2 requests compete" in row.text
    lanes = [one.attrs["class"].split()[-1] for one in row.all("li") if one.all(class_="claim--wait")]
    assert lanes[1] == "lane2"
    assert "Arta Polymer" in row.text
    client.sign_in(cast.donor)
    assert "Arta Polymer" not in client.page(f"/calendar?{TOMORROW}").text


def test_an_outage_says_why(client: Visitor, cast: Cast) -> None:
    fail(cast, cast.microscope)
    page = client.page(f"/calendar?{TOMORROW}")
    assert "The laser is broken" in page.one(id=f"e{cast.microscope.id}").text


@pytest.mark.parametrize("view", ["day", "week", "month", "list"])
def test_nothing_changed_is_said_without_drawing(client: Visitor, cast: Cast, view: str) -> None:
    address = f"/calendar?{TOMORROW}&view={view}&part=1"
    first = client.get(address)
    assert "<html" not in first.text
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    reference = ask(cast.booker, cast.raman).reference
    changed = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200
    approve_booking(actor=cast.manager, reference=reference)
    assert client.get(address, headers={"If-None-Match": changed.headers["ETag"]}).status_code == 200


def test_two_people_have_no_version_in_common(client: Visitor, cast: Cast) -> None:
    ask(cast.booker, cast.raman)
    address = f"/calendar?{TOMORROW}&part=1"
    tags = {client.get(address).headers["ETag"]}
    for person in (cast.booker, cast.rival):
        client.sign_in(person)
        tags.add(client.get(address).headers["ETag"])
    assert len(tags) == 3


def test_an_entry_tells_those_concerned_everything_and_others_when(client: Visitor, cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)
    key = f"b{booking.occurrences[0].items[0].id}"
    for part in ("", "?part=1"):
        client.sign_in(cast.booker)
        page = client.page(f"/calendar/entries/{key}{part}")
        assert booking.reference in page.text
        assert booking.purpose in page.text
        client.sign_in(cast.rival)
        page = client.page(f"/calendar/entries/{key}{part}")
        assert booking.reference not in page.text
        assert "Arta Polymer" not in page.text
        assert "12:00" not in page.text
        assert "08:30–10:30" in page.text


@pytest.mark.parametrize("key", ["b99", "c99", "x1", "b", "b1x", "b²", "c" + "9" * 40])
def test_an_entry_that_there_is_not_is_not_found(client: Visitor, cast: Cast, key: str) -> None:
    assert client.get(f"/calendar/entries/{key}").status_code == 404


def test_a_time_that_is_pointed_at_is_judged_as_a_request_would_be(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.booker)
    look = f"/bookings/look?equipment={cast.raman.id}&{TOMORROW}"
    assert "Needs approval" in client.page(f"{look}&start=10:00&end=11:00").text
    ask(cast.rival, cast.raman)
    taken = client.page(f"{look}&start=09:00&end=10:00")
    assert "Taken" in taken.text
    assert client.get(f"{look}&start=&end=").status_code == 422
    assert client.get("/bookings/look").status_code == 404


def test_a_move_is_looked_at_beside_the_entry_and_comes_back_to_the_calendar(
    client: Visitor, cast: Cast
) -> None:
    booking = ask(cast.booker, cast.raman)
    client.sign_in(cast.booker)
    path = f"/bookings/{booking.reference}/move"
    for start, wanted, place in (("13", "/calendar?lab=", "/calendar?lab="), ("14", "//else", "/bookings/")):
        look = f"{path}?{TOMORROW}&start={start}:00&end=16:00&part=1"
        answer = client.submit(look, {"next": wanted, "do": "move"}, form=path)
        assert answer.location.startswith(place)
