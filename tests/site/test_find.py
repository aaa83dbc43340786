"""Finding a time: what fits, why something does not, and what is remembered of a search that found none."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from app.booking.services.policies import set_equipment_policy
from app.core import clock
from app.demand.models import Miss, MissReason
from app.extensions import db
from app.inventory.models import EquipmentStatus, Mode
from app.site.views import find
from tests.booking.making import ask
from tests.cast import NOW, Cast, add_equipment
from tests.pages import Page
from tests.visitor import Visitor

Save = Callable[..., None]
TOMORROW = "from=2026-11-23&until=2026-11-23"


def misses() -> list[Miss]:
    return db.session.query(Miss).order_by(Miss.id).all()


def results(page: Page) -> list[str]:
    return [node.text for node in page.all("li", class_="result")]


def test_the_link_of_a_result_asks_for_the_time_it_names(client: Visitor, cast: Cast) -> None:
    ask(cast.rival, cast.raman, start=-0.5, length=3)
    page = client.page(f"/find?q=raman&length=3:00&{TOMORROW}")
    (link,) = [a.attrs["href"] for a in page.all("a") if "/bookings/new" in a.attrs.get("href", "")]
    assert "start=11%3A00" in link
    assert "Free at this time." in client.page(link).one("section", id="findings").text


@pytest.mark.parametrize(
    ("query", "said", "reason"),
    [
        (f"q=raman&length=9:00&{TOMORROW}", "Book at most 8 h", MissReason.REFUSED_BY_RULE),
        (f"q=raman&length=0:10&{TOMORROW}", "Book at least 30 min", MissReason.REFUSED_BY_RULE),
        ("q=raman&from=2026-11-27&until=2026-11-27", "closed on this day", MissReason.REFUSED_BY_RULE),
        ("q=raman&from=2026-11-22&until=2026-11-22&length=6:00", "4 h of notice", MissReason.REFUSED_BY_RULE),
        ("q=raman&from=2027-11-22&until=2027-11-23", "up to 90 days ahead", MissReason.REFUSED_BY_RULE),
        (f"q=solder&quantity=5&{TOMORROW}", "the lab has 4", MissReason.NONE_FREE),
        (f"q=microscope&{TOMORROW}", "out of service", MissReason.OUT_OF_SERVICE),
        (f"q=oscilloscope&length=8:00&{TOMORROW}", "", MissReason.NONE_FREE),
        (f"q=cyclotron&{TOMORROW}", "", MissReason.NONE_FREE),
    ],
    ids=["too long", "too short", "closed", "too soon", "too far", "too many", "broken", "taken", "unknown"],
)
def test_why_there_is_no_time_is_said_and_remembered(
    client: Visitor, cast: Cast, save: Save, query: str, said: str, reason: MissReason
) -> None:
    ask(cast.rival, cast.oscilloscope)
    cast.microscope.status = EquipmentStatus.OUT_OF_SERVICE
    save()
    client.sign_in(cast.booker)
    assert said in client.page(f"/find?{query}").text
    client.page(f"/find?{query}")
    assert [miss.reason for miss in misses()] == [reason]


def test_who_finds_a_time_or_belongs_nowhere_leaves_nothing(client: Visitor, cast: Cast) -> None:
    client.page(f"/find?q=cyclotron&{TOMORROW}")
    for person, query in ((cast.loner, "cyclotron"), (cast.booker, "raman"), (cast.booker, "")):
        visitor = client.application.test_client()
        visitor.sign_in(person)
        visitor.page(f"/find?q={query}&{TOMORROW}")
    assert misses() == []


def test_everything_that_is_called_so_is_looked_at_before_a_page_is_cut(
    client: Visitor, cast: Cast, save: Save, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(find, "SHOWN", 2)
    for number in range(3):
        furnace = add_equipment(cast.materials, cast.soldering, f"F{number} furnace", "کوره", [Mode.SELF])
        furnace.status = EquipmentStatus.OUT_OF_SERVICE if number < 2 else EquipmentStatus.IN_SERVICE
    save()
    client.sign_in(cast.booker)
    first = client.page(f"/find?q=furnace&{TOMORROW}")
    second = client.page(next(a.attrs["href"] for a in first.all("a", rel="next")))
    assert [text.split(maxsplit=1)[0] for text in results(first) + results(second)] == ["F2", "F0", "F1"]
    assert misses() == []


def test_a_miss_falls_on_the_day_of_the_site(client: Visitor, cast: Cast) -> None:
    """At two in the night in Tehran the day before is still going on in UTC."""
    with clock.frozen(datetime(2026, 11, 22, 22, 30, tzinfo=UTC)):
        client.sign_in(cast.booker)
        client.page(f"/find?q=cyclotron&{TOMORROW}")
    (miss,) = misses()
    assert miss.on == date(2026, 11, 23)
    assert miss.at.date() == NOW.date()


def test_each_result_speaks_the_time_of_its_own_site(client: Visitor, cast: Cast, save: Save) -> None:
    cast.site.zone_name = "Europe/Berlin"
    save()
    link = next(
        a.attrs["href"]
        for a in client.page(f"/find?q=raman&{TOMORROW}").all("a")
        if "/bookings/new" in a.attrs.get("href", "")
    )
    assert "start=08%3A00" in link
    assert "Free at this time." in client.page(link).one("section", id="findings").text


RAMAN = f"/find?q=raman&length=6:00&{TOMORROW}"


@pytest.mark.parametrize("language", ["en", "fa"])
def test_what_comes_too_late_is_remembered_once_and_the_search_stays(
    client: Visitor, cast: Cast, language: str
) -> None:
    ask(cast.rival, cast.raman, length=4)
    client.sign_in(cast.booker)
    client.set_cookie("language", language)
    answer = client.submit(RAMAN, {"needed_on": "2026-11-23"}, form="too-late-form")
    assert "q=raman" in answer.headers["Location"]
    client.submit(RAMAN, {"needed_on": "2026-11-23"}, form="too-late-form")
    assert [miss.organisation_id for miss in misses()] == [cast.arta.id]


def test_what_is_still_free_before_it_is_needed_is_not_too_late(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.booker)
    answer = client.submit(RAMAN, {"needed_on": "2026-11-24"}, form="too-late-form")
    assert (answer.status_code, "It is not too late" in answer.text) == (422, True)
    assert client.submit(RAMAN, {"needed_on": "2026-11-21"}, form="too-late-form").status_code == 422
    assert misses() == []


def test_only_who_is_signed_in_and_counts_can_say_that_it_is_too_late(client: Visitor, cast: Cast) -> None:
    assert "Sign in to say so" in client.page("/find?q=cyclotron").text
    for who in (cast.loner, cast.manager):
        visitor = client.application.test_client()
        visitor.sign_in(who)
        visitor.submit("/find?q=cyclotron", {"needed_on": "2026-11-24"}, form="too-late-form")
    assert misses() == []


def test_what_is_lacking_stands_beside_the_time_with_its_remedy(client: Visitor, cast: Cast) -> None:
    set_equipment_policy(actor=cast.manager, equipment_id=cast.raman.id, needs_authorisation=True)
    cast.raman.modes = [Mode.SELF.value]
    db.session.commit()
    client.sign_in(cast.booker)
    page = client.page(f"/find?q=raman&{TOMORROW}")
    assert "Something is missing" in results(page)[0]
    assert page.one("div", class_="go").one("a").text == "See what is missing"
    set_equipment_policy(actor=cast.manager, equipment_id=cast.raman.id, needs_authorisation=False)
    assert "Needs approval" in results(client.page(f"/find?q=raman&{TOMORROW}"))[0]
    set_equipment_policy(actor=cast.manager, equipment_id=cast.raman.id, needs_approval=False)
    assert "Ready to book" in results(client.page(f"/find?q=raman&{TOMORROW}"))[0]


def test_a_way_of_working_leaves_out_what_does_not_offer_it(client: Visitor, cast: Cast) -> None:
    cast.raman.modes = [Mode.SELF.value]
    db.session.commit()
    assert len(results(client.page(f"/find?q=raman&{TOMORROW}&mode=self"))) == 1
    assert results(client.page(f"/find?q=raman&{TOMORROW}&mode=samples")) == []
    assert client.get(f"/find?{TOMORROW}&mode=nonsense").status_code == 200


def test_what_is_ticked_is_found_together_and_asked_for_together(client: Visitor, cast: Cast) -> None:
    ids = f"with={cast.raman.id}&with={cast.oscilloscope.id}"
    page = client.page(f"/find?{TOMORROW}&{ids}")
    together = page.one("section", aria_labelledby="together-h")
    link = together.all("a")[0].attrs["href"]
    asked = client.page(link)
    assert {one.attrs["value"] for one in asked.all("input", name="equipment")} == {
        str(cast.raman.id),
        str(cast.oscilloscope.id),
    }
    assert client.page(f"/find?{TOMORROW}&with={cast.raman.id}").all(aria_labelledby="together-h") == []
