"""A booking's page and the lists: who sees it, and what each may do there."""

import pytest

from app.booking.services.cancel import cancel_booking
from app.booking.services.decide import approve_booking
from app.inventory.models import Mode
from tests.booking.making import ask
from tests.booking.views.asking import PURPOSE
from tests.cast import Cast
from tests.pages import Page
from tests.visitor import Visitor

MAY = {
    "booker": {"move", "cancel"},
    "boss": {"move", "cancel"},
    "manager": {"move", "cancel", "approve", "decline"},
    "technician": {"move", "cancel"},
    "safety": {"move", "cancel", "approve", "decline"},
    "liaison": set(),
    "admin": {"move", "cancel", "approve", "decline"},
}
STRANGERS = ("rival", "newcomer", "other_manager", "donor", "student", "loner")


def offered(page: Page) -> set[str]:
    links = {link.attrs.get("href", "").rsplit("/", 1)[-1] for link in page.all("a")}
    forms = {form.attrs.get("id") for form in page.all("form")}
    return (links & {"move", "cancel"}) | (forms & {"approve", "decline", "verify"})


@pytest.mark.parametrize("who", MAY)
def test_each_is_offered_what_they_may_do(client: Visitor, cast: Cast, who: str) -> None:
    reference = ask(cast.booker, cast.raman, purpose=PURPOSE).reference
    client.sign_in(getattr(cast, who))
    page = client.page(f"/bookings/{reference}")
    assert PURPOSE in page.text
    assert offered(page) == MAY[who]


@pytest.mark.parametrize("who", STRANGERS)
def test_strangers_find_no_such_booking(client: Visitor, cast: Cast, who: str) -> None:
    reference = ask(cast.booker, cast.raman).reference
    client.sign_in(getattr(cast, who))
    unknown = client.get("/bookings/KG-ZZZZZZ")
    for path in ("", "/move", "/cancel"):
        answer = client.get(f"/bookings/{reference}{path}")
        assert (answer.status_code, Page(answer.text).text) == (404, Page(unknown.text).text)
    assert reference not in client.page("/bookings").text


def test_a_visitor_signs_in_first_and_comes_back(client: Visitor, cast: Cast) -> None:
    reference = ask(cast.booker, cast.raman).reference
    answer = client.get(f"/bookings/{reference}")
    assert answer.location == f"/sign-in?next=/bookings/{reference}"


def test_what_is_over_offers_nothing(client: Visitor, cast: Cast) -> None:
    reference = ask(cast.booker, cast.raman).reference
    cancel_booking(actor=cast.booker, reference=reference, note="The samples broke")
    client.sign_in(cast.manager)
    page = client.page(f"/bookings/{reference}")
    assert offered(page) == set()
    assert "The samples broke" in page.text


def test_the_list_is_found_by_state_and_by_words(client: Visitor, cast: Cast) -> None:
    waits = ask(cast.booker, cast.raman, purpose="Polymer films").reference
    stands = ask(cast.booker, cast.microscope, mode=Mode.OPERATOR, purpose="Broken gears").reference
    approve_booking(actor=cast.manager, reference=stands)
    client.sign_in(cast.booker)
    for query, found in {
        "": {waits, stands},
        "?state=waiting": {waits},
        "?state=approved": {stands},
        "?state=off": set(),
        "?q=gears": {stands},
        f"?q={waits.lower()}": {waits},
        "?q=nonsense": set(),
        "?page=0": {waits, stands},
        "?page=99999999": set(),
        "?state=nonsense&whose=labs": {waits, stands},
    }.items():
        text = client.page(f"/bookings{query}").text
        assert {one for one in (waits, stands) if one in text} == found, query


def test_staff_may_look_at_those_of_their_labs(client: Visitor, cast: Cast) -> None:
    ours, theirs = ask(cast.booker, cast.raman).reference, ask(cast.booker, cast.oscilloscope).reference
    client.sign_in(cast.manager)
    assert ours not in client.page("/bookings").text
    text = client.page("/bookings?whose=labs").text
    assert ours in text
    assert theirs not in text
