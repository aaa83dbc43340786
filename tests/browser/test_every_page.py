"""Every page, as the people who open it: nothing that axe finds, nothing wider than the window, and not a
word in the console. The twelve main pages in all eight corners (direction, theme, width), the rest in two.
"""

from collections.abc import Callable
from datetime import timedelta
from itertools import product

import pytest
from flask import Flask

from app.booking.models import AnswerPurpose, DeclineReason
from app.booking.services.answer_links import make_answer_link
from app.booking.services.comments import add_comment
from app.booking.services.decide import propose_time
from app.booking.services.refusals import add_refusal
from app.inventory.services.maintenance import carry_out
from tests.booking.making import ask
from tests.booking.outages.test_declare import fail
from tests.booking.services.test_waitlist import wait
from tests.booking.teaching.test_timetables import teach
from tests.browser.conftest import DESKTOP, PHONE, Tab
from tests.cast import NOW, Cast
from tests.charges.making import ask_prices, charge
from tests.donations.making import agreed, arrived, in_service, offered, published_need
from tests.inventory.upkeep import confirmed, planned, reported
from tests.occupancy.making import span

NOT_PAGES = ("/api/", "/static/", "/assets/", "/healthz", "/readyz", "/metrics")
PATHS = {
    "admin": [
        "/admin/categories/1",
        "/admin/equipment/1",
        "/admin/equipment/1/along",
        "/admin/labs/1",
        "/admin/organisations/2",
        "/admin/organisations/2/agreements",
        "/admin/people/1",
        "/admin/prices/lab/1",
        "/admin/rules/equipment/1",
        "/admin/rules/lab/1",
        "/admin/sites/1",
        "/admin/units/1",
        "/approvals/1",
    ],
    "booker": [
        "/equipment/1",
        "/labs/materials",
        "/bookings/{reference}",
        "/bookings/{reference}/move",
        "/bookings/new?equipment=1&date=2026-11-23&start=11:00&end=12:00",
        "/waitlist/new?equipment=1&length=1:00&from=2026-11-24",
        "/equipment/1/fault",
        "/units/1/here",
        "/waitlist/{wait}",
        "/bookings/{reference}/visitors",
    ],
    "donor": [
        "/donate?need={need}",
        "/donations/{gift}",
        "/donations/{gift}/impact",
        "/donations/{waiting}",
        "/donations/{waiting}/withdraw",
    ],
    "liaison": ["/donations/{gift}", "/donations/{waiting}", "/donations/{waiting}/decline"],
    "manager": [
        "/admin/authorisations/lab/1",
        "/admin/faults/{fault}",
        "/admin/faults/{known}",
        "/admin/hours/equipment/1",
        "/admin/hours/lab/1",
        "/admin/maintenance/{plan}",
        "/admin/maintenance/new?equipment=1",
        "/admin/quotas/lab/1",
        "/admin/refusals/lab/1",
        "/admin/refusals/lab/1/{ready}",
        "/admin/timetables/{timetable}",
        "/outages/{outage}",
        "/outages/new?equipment=1&kind=maintenance&from=2026-11-24T09:00&to=2026-11-24T11:00",
        "/gate?day=2026-11-23",
        "/reports?period=month",
        "/reports/unmet?period=half",
        "/reports/times?period=week",
        "/labs/materials/day?day=2026-11-23",
        "/donations/{gift}",
        "/needs/{need}",
        "/needs/{need}/close",
    ],
    "safety": ["/labs/materials/day?day=2026-11-23", "/equipment/1"],
    "technician": ["/labs/materials/day?day=2026-11-23", "/admin/maintenance/{plan}", "/units/1/here"],
    "visitor": [
        "/donate?need={need}",
        "/needs/{need}",
        "/answer/{answer}/approve",
        "/answer/{answer}/decline",
        "/answer/{proposed}/accept",
        "/answer/nothing/approve",
        "/labs/materials/sign",
        "/labs/materials/wall",
        "/bookings/new?equipment=1&date=2026-11-23&start=09:00&end=11:00",
        "/equipment/1",
    ],
}

MAIN = {
    "visitor": ["/", "/equipment", "/equipment/1", "/needs"],
    "booker": [
        "/calendar",
        "/find?q=raman",
        "/bookings/new?equipment=1&date=2026-11-23&start=11:00&end=12:00",
        "/bookings/{reference}",
    ],
    "manager": ["/my-day", "/approvals", "/labs/materials/day?day=2026-11-23", "/reports"],
}
TWO = [("en", DESKTOP, "light"), ("fa", PHONE, "dark")]
OTHER_SIX = [one for one in product(("en", "fa"), (DESKTOP, PHONE), ("light", "dark")) if one not in TWO]


@pytest.mark.long
@pytest.mark.parametrize(("language", "size", "scheme"), OTHER_SIX)
def test_the_main_pages_in_the_other_corners(
    visit: Callable[..., Tab], cast: Cast, language: str, size: dict[str, int], scheme: str
) -> None:
    ids = furnished(cast)
    for who, paths in MAIN.items():
        tab = visit(language, size, color_scheme=scheme)
        if who != "visitor":
            tab.sign_in(getattr(cast, who), checked=False)
        for path in paths:
            look(tab, path.format(**ids))


@pytest.mark.long
@pytest.mark.parametrize(("language", "size", "scheme"), TWO)
@pytest.mark.parametrize("who", PATHS)
def test_every_page(
    app: Flask,
    visit: Callable[..., Tab],
    cast: Cast,
    who: str,
    language: str,
    size: dict[str, int],
    scheme: str,
) -> None:
    ids = furnished(cast)
    tab = visit(language, size, color_scheme=scheme)
    if who != "visitor":
        tab.sign_in(getattr(cast, who))
    for path in [*plain_pages(app), *PATHS[who]]:
        look(tab, path.format(**ids))


def furnished(cast: Cast) -> dict[str, object]:
    """Something of every kind, and how its pages are called."""
    charge(cast)
    ask_prices(cast)
    need = published_need(cast, quantity=2)
    gift, waiting = agreed(cast, need), offered(cast, need)
    in_service(cast, gift, arrived(cast, gift)[0])
    ids: dict[str, object] = {"need": need.id, "gift": gift.id, "waiting": waiting.id}
    ids["reference"] = ask(cast.booker, cast.raman).reference
    ids["wait"] = wait(cast.boss, cast.raman, length=1, minutes=60).id
    ids |= letters(cast)
    ids |= {"outage": fail(cast, cast.microscope).id, "timetable": teach(cast, first_on=NOW.date()).id}
    ids |= {"fault": reported(cast, by=cast.rival).id, "known": confirmed(cast).id}
    plan = planned(cast, due_on=NOW.date() - timedelta(days=30))
    ids["plan"] = plan.id
    carry_out(actor=cast.manager, plan_id=plan.id, done_on=NOW.date(), note="Certificate 7")
    return ids


def letters(cast: Cast) -> dict[str, object]:
    """A ready answer, and links as letters carry them: to decide, and to accept."""
    ready = add_refusal(
        actor=cast.manager,
        lab_id=cast.materials.id,
        reason_code=DeclineReason.OTHER,
        title="Term",
        text="In term time students come first.",
    )
    asked, other = ask(cast.booker, cast.raman, start=24), ask(cast.booker, cast.raman, start=48)
    propose_time(actor=cast.manager, reference=other.reference, span=span(52, 2))
    answer, proposed = (
        make_answer_link(user=user, dates=booking.occurrences, purpose=purpose)
        for user, booking, purpose in (
            (cast.manager, asked, AnswerPurpose.DECIDE),
            (cast.booker, other, AnswerPurpose.ACCEPT),
        )
    )
    add_comment(actor=cast.manager, reference=asked.reference, text="Bring goggles")
    return {"ready": ready.id, "answer": answer, "proposed": proposed}


def look(tab: Tab, path: str) -> None:
    """Open it; a refusal is a page too, of which the browser says that it is none."""
    answer = tab.page.goto(f"{path}{'&' if '?' in path else '?'}lang={tab.language}")
    assert answer is not None
    if answer.status in (403, 404):
        tab.complaints.clear()
    tab.check()


def plain_pages(app: Flask) -> list[str]:
    """The addresses without parameters that somebody may open."""
    return sorted(
        rule.rule
        for rule in app.url_map.iter_rules()
        if "GET" in rule.methods and not rule.arguments and not rule.rule.startswith(NOT_PAGES)
    )
