"""One search: everything that the reader may see, and nothing else."""

from urllib.parse import quote

import pytest
from sqlalchemy import event, select

from app.accounts.models import User
from app.booking.models import Booking
from app.booking.services.authorisations import authorise
from app.core.clock import now
from app.demand.models import Miss
from app.extensions import db
from app.inventory.models import EquipmentStatus
from app.needs.models import Need, NeedState
from tests.booking.making import ask
from tests.cast import Cast
from tests.databases import both_databases
from tests.donations.making import offered, published_need
from tests.pages import Page
from tests.visitor import Visitor

pytestmark = both_databases


def a_draft(cast: Cast, title: str) -> Need:
    """Known to the lab that writes it alone."""
    return published_need(cast, title=title, state=NeedState.PROPOSED, published_at=None)


def questions(client: Visitor) -> int:
    """How often a search asks the database."""
    statements: list[str] = []
    listener = lambda *args: statements.append(args[2])  # noqa: E731
    event.listen(db.engine, "before_cursor_execute", listener)
    client.page("/search?q=raman")
    event.remove(db.engine, "before_cursor_execute", listener)
    return len(statements)


def page_of(client: Visitor, path: str) -> Page:
    """The page, or that to which it leads."""
    answer = client.get(path)
    return client.page(answer.location if answer.location else path)


def found(client: Visitor, text: str, who: User | None = None) -> dict[str, list[str]]:
    """The hits by kind, each as title, number and detail in a line."""
    if who is not None:
        client.sign_in(who)
    page = page_of(client, f"/search?q={quote(text)}").one("main")
    return {
        section.one("h2").text: [" ".join(one.text.split()) for one in section.all("li")]
        for section in page.all("section")
    }


def addresses(client: Visitor, text: str) -> list[str]:
    return [one.attrs["href"] for one in client.page(f"/search?q={quote(text)}").one("main").all("a")]


def test_a_visitor_finds_what_is_public(client: Visitor, cast: Cast) -> None:
    published_need(cast)
    a_draft(cast, "A Raman in secret")
    ask(cast.booker, cast.raman)
    offered(cast)
    hits = found(client, "raman")
    assert set(hits) == {"Equipment", "Needs"}
    assert len(hits["Needs"]) == 1
    assert f"/equipment/{cast.raman.id}" in addresses(client, "raman")


def test_every_word_must_be_met_however_it_is_spelt(client: Visitor, cast: Cast) -> None:
    assert found(client, "spectrometer RAMAN")["Equipment"]
    assert found(client, "رامان")["Equipment"]
    assert "Equipment" not in found(client, "raman oscilloscope")


def test_a_booking_is_found_by_who_may_see_it_alone(client: Visitor, cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman, purpose="Zirconia coatings")
    for who in (cast.booker, cast.boss, cast.manager, cast.admin):
        (line,) = found(client, "zirconia", who)["Bookings"]
        assert booking.reference in line
    for who in (cast.rival, cast.other_manager, cast.donor, cast.loner):
        assert "Bookings" not in found(client, "zirconia", who)


@pytest.mark.parametrize("way", ["{}", "{} ", "bare", "small"])
def test_a_reference_leads_to_the_thing_itself(client: Visitor, cast: Cast, way: str) -> None:
    booking = ask(cast.booker, cast.raman)
    typed = {"bare": booking.reference.replace("-", ""), "small": booking.reference.lower()}.get(
        way, way.format(booking.reference)
    )
    client.sign_in(cast.booker)
    assert client.get("/search", query_string={"q": typed}).location == f"/bookings/{booking.reference}"


def test_a_reference_says_nothing_to_who_may_not_know(client: Visitor, cast: Cast) -> None:
    booking, draft = ask(cast.booker, cast.raman), a_draft(cast, "A need in secret")
    gift = offered(cast)
    client.sign_in(cast.rival)
    for reference in (booking.reference, draft.reference, gift.reference):
        here, nowhere = (
            client.get("/search", query_string={"q": one})
            for one in (reference, reference.replace(reference[-2:], "9X"))
        )
        assert here.status_code == nowhere.status_code == 200
        assert "Nothing found" in here.text


def test_needs_and_gifts_have_numbers_too_in_either_digits(client: Visitor, cast: Cast) -> None:
    need, gift = published_need(cast), offered(cast)
    client.sign_in(cast.donor)
    persian = need.reference.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
    assert client.get("/search", query_string={"q": persian}).location == f"/needs/{need.id}"
    assert client.get("/search", query_string={"q": gift.reference}).location == f"/donations/{gift.id}"


def test_the_label_of_a_thing_leads_to_it(client: Visitor, cast: Cast) -> None:
    answer = client.get("/search", query_string={"q": "oscilloscope-01"})
    assert answer.location == f"/equipment/{cast.oscilloscope.id}"
    cast.oscilloscope.status = EquipmentStatus.RETIRED
    db.session.commit()
    assert client.get("/search", query_string={"q": "oscilloscope-01"}).status_code == 200


def test_a_slip_is_mended_and_said(client: Visitor, cast: Cast) -> None:
    page = page_of(client, "/search?q=ramna")
    said = page.one("main").text
    assert "Nothing is called ramna" in said
    assert "Raman spectrometer" in said
    assert page.one("input", name="q").attrs["value"] == "Raman"


def test_mending_knows_no_word_that_the_reader_may_not_see(client: Visitor, cast: Cast) -> None:
    a_draft(cast, "Ultracentrifuge")
    typed = "ultracentrifgue"
    assert not found(client, typed)
    assert not found(client, typed, cast.rival)
    assert found(client, typed, cast.manager)["Needs"]


def test_people_are_found_by_right(client: Visitor, cast: Cast) -> None:
    authorise(actor=cast.manager, lab_id=cast.materials.id, email=cast.rival.email, valid_from=now().date())
    assert found(client, "rival", cast.admin)["People"]
    assert found(client, "boss", cast.booker)["Colleagues"]
    assert found(client, "rival", cast.technician)["Who may work alone"]
    for who, name in ((cast.rival, "booker"), (cast.other_manager, "rival"), (cast.booker, "rival")):
        hits = found(client, name, who)
        assert not {"People", "Colleagues", "Who may work alone"} & set(hits)
    assert not found(client, "booker").keys() & {"People", "Colleagues"}


def test_organisations_are_the_offices(client: Visitor, cast: Cast) -> None:
    name = cast.rival_company.name
    assert found(client, name, cast.liaison)["Organisations"]
    for who in (cast.manager, cast.booker):
        assert "Organisations" not in found(client, name, who)


def test_pages_and_words_are_found_by_who_has_them(client: Visitor, cast: Cast) -> None:
    assert found(client, "calendar")["Pages"]
    assert found(client, "waitlist")["Words used here"]
    assert "Administration" not in found(client, "holidays", cast.booker)
    assert found(client, "holidays", cast.admin)["Administration"]
    assert "/search?q=" not in "".join(addresses(client, "holidays"))


def test_nothing_asked_and_nothing_found_say_what_to_do(client: Visitor, cast: Cast) -> None:
    assert "the number on a label" in client.page("/search").one("main").text
    for text in ("zzzzzz", "%%%", "'; --", "…"):
        page = client.page(f"/search?q={quote(text)}").one("main")
        assert "Nothing found" in page.text
        assert "/find?q=" in str(page.all("a")[0].attrs["href"])


def test_a_part_is_what_stands_below_the_field(client: Visitor, cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)
    client.sign_in(cast.booker)
    part = client.get(f"/search?part=1&q={booking.reference}")
    assert "<html" not in part.text
    assert f"/bookings/{booking.reference}" in part.text


def test_as_many_questions_whatever_there_is(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.admin)

    ask(cast.booker, cast.raman)
    published_need(cast)
    offered(cast)
    few = questions(client)
    for start in (26, 28, 48):
        ask(cast.booker, cast.raman, start=start)
        offered(cast)
        published_need(cast)
    assert questions(client) == few <= 15


def test_the_catalogue_and_the_finder_ask_what_was_meant(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.booker)
    for path in ("/equipment", "/find"):
        (link,) = [
            one for one in client.page(f"{path}?q=ramna").one("main").all("a") if "Did you mean" in one.text
        ]
        assert "Raman spectrometer" in client.page(str(link.attrs["href"])).one("main").text
        assert "Did you mean" not in client.page(f"{path}?q=centrifuge").one("main").text


def test_a_slip_is_no_demand(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.booker)
    client.page("/find?q=ramna")
    assert not db.session.scalars(select(Miss)).all()
    client.page("/find?q=centrifuge")
    assert db.session.scalars(select(Miss)).all()
    assert not db.session.scalars(select(Booking)).all()
