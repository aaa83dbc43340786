"""Company against company, over every call that names a thing: what is theirs is not there."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from app.booking.models import DeclineReason, OutageKind
from app.booking.services.outages.declare import declare_outage
from app.booking.services.outages.plan import Trouble
from app.booking.services.refusals import add_refusal
from tests.api.caller import Caller, Document, problem
from tests.api.conftest import As
from tests.api.wishes import TOMORROW, waiting_for, wish
from tests.booking.services.test_absences import leave
from tests.booking.services.test_deputies import deputise
from tests.cast import NOW, Cast
from tests.charges.making import ask_prices, charge
from tests.donations.making import offered
from tests.inventory.upkeep import planned, reported
from tests.needs.making import write

EVERYBODYS = {"/api/v1/labs/{lab}", "/api/v1/equipment/{id}", "/api/v1/equipment/{id}/requirements"}
"""What there is to book is for all to see."""

UNIVERSITYS = ("/api/v1/offers", "/api/v1/donations")
"""What is offered to the university is there for every manager of its labs."""
FOR_ANYBODY = {("GET", "/api/v1/gaps"), ("GET", "/api/v1/needs"), ("GET", "/api/v1/needs/{id}")}
"""What is published is read without a token."""

PROPER_BODIES: dict[str, dict[str, Any]] = {
    "close": {"reason": "obsolete"},
    "comments": {"text": "Hello"},
    "refusal-templates": {"reason_code": "other", "title": "No", "text": "No"},
    "dismiss": {"reason": "No"},
    "done": {"done_on": "2026-11-22"},
    "decline": {"reason_code": "other", "reason": "No"},
    "move": {"starts_at": TOMORROW.isoformat(), "ends_at": TOMORROW.replace(hour=8).isoformat()},
    "reject": {"reason": "No"},
    "remove": {"reason": "No"},
}
"""What a call of this name wants; the others are content with an empty object."""


@pytest.fixture
def theirs(as_: As, cast: Cast) -> dict[str, str]:
    """Things of Arta and a draft of a lab, by the beginning of their address and what names them."""
    charge(cast)
    ask_prices(cast)
    booker = as_(cast.booker)
    booking = booker.post("/bookings", wish(cast.raman)).json["reference"]
    feed = booker.post("/feeds", {"scope": "mine"}).json["id"]
    offer = str(offered(cast, actor=cast.booker).id)
    wait = booker.post("/waitlist", waiting_for(cast.raman)).json["id"]
    draft = write(cast.manager, cast).id
    trouble = Trouble(OutageKind.OUTAGE, NOW, NOW + timedelta(hours=1), equipment_id=cast.microscope.id)
    outage = declare_outage(actor=cast.manager, trouble=trouble).id
    no = {"reason_code": DeclineReason.OTHER, "title": "Arta", "text": "Arta waits its turn"}
    ready = add_refusal(actor=cast.manager, lab_id=cast.materials.id, **no).id
    return {
        "/api/v1/bookings/{reference}": booking,
        "/api/v1/feeds/{id}": str(feed),
        "/api/v1/waitlist/{id}": str(wait),
        "/api/v1/offers/{id}": offer,
        "/api/v1/donations/{id}": offer,
        "/api/v1/needs/{id}": str(draft),
        "/api/v1/outages/{id}": str(outage),
        "/api/v1/deputies/{id}": str(deputise(cast, email=cast.technician.email).id),
        "/api/v1/absences/{id}": str(leave(cast, cast.safety).id),
        "/api/v1/faults/{id}": str(reported(cast).id),
        "/api/v1/maintenance-plans/{id}": str(planned(cast, what="Service for Arta").id),
        "/api/v1/refusal-templates/{id}": str(ready),
        "/api/v1/labs/{lab}/refusal-templates": "materials/refusal-templates",
    }


def calls_about_a_thing(document: Document) -> list[tuple[str, str]]:
    return sorted((m, path) for m, path in document.operations() if "{" in path and path not in EVERYBODYS)


@pytest.mark.parametrize("who", ["rival", "newcomer", "other_manager", "loner", "student", "donor"])
def test_what_belongs_to_one_company_is_not_there_for_another(
    as_: As, cast: Cast, document: Document, theirs: dict[str, str], who: str
) -> None:
    stranger = as_(getattr(cast, who))
    for method, path in calls_about_a_thing(document):
        if who == "other_manager" and path.startswith(UNIVERSITYS):
            continue
        (begins,) = [begins for begins in theirs if path.startswith(begins)]
        address = path.replace(begins[begins.index("{") :], theirs[begins])
        proper = PROPER_BODIES.get(path.rpartition("/")[2], {})
        for body in ({"nonsense": 1}, proper):
            sent = {"json": body} if method == "POST" else {}
            problem(stranger.send(method, address, **sent), 404, "not-found")


def test_the_same_answer_as_for_what_does_not_exist(as_: As, cast: Cast, theirs: dict[str, str]) -> None:
    rival = as_(cast.rival)
    for begins, name in theirs.items():
        address = begins[: begins.index("{")]
        method = "DELETE" if "feeds" in begins else "GET"
        real = rival.send(method, f"{address}{name}")
        invented = rival.send(method, f"{address}999999")
        assert real.data == invented.data


def test_lists_hold_nothing_of_theirs(
    as_: As, cast: Cast, document: Document, theirs: dict[str, str]
) -> None:
    rival = as_(cast.rival)
    needed = {"/api/v1/free": "?minutes=30"}
    for method, path in document.operations():
        if method == "GET" and "{" not in path:
            answer = rival.get(path + needed.get(path, ""))
            assert answer.status_code == 200, path
            for secret in (theirs["/api/v1/bookings/{reference}"], "Arta", "Polymer blends", "booker@"):
                assert secret not in answer.text, path


def test_dates_of_other_bookings_are_not_there(as_: As, cast: Cast, theirs: dict[str, str]) -> None:
    reference = theirs["/api/v1/bookings/{reference}"]
    other = as_(cast.rival).post("/bookings", wish(cast.stations)).json
    dates = {"occurrences": [other["occurrences"][0]["id"]]}

    for caller, verb in (
        (as_(cast.manager), "approve"),
        (as_(cast.booker), "cancel"),
        (as_(cast.booker), "move"),
    ):
        body = dates | PROPER_BODIES.get(verb, {})
        problem(caller.post(f"/bookings/{reference}/{verb}", body), 404, "not-found")
    assert as_(cast.rival).get(f"/bookings/{other['reference']}").json == other


def test_without_a_token_nothing_is_there_to_see(app: Flask, document: Document, anybody: Caller) -> None:
    for method, path in document.operations():
        address = path.replace("{reference}", "KG-1").replace("{lab}", "materials").replace("{id}", "1")
        if (method, path) in FOR_ANYBODY:
            continue
        problem(anybody.send(method, address), 401, "unauthorized")
