"""Where every page is found, who opens it, and what has to be there for it to show something."""

from datetime import timedelta

from flask import Flask
from werkzeug.routing import Rule

from app.accounts.models import MembershipRole, TokenPurpose
from app.accounts.services.invitations import invite_member
from app.accounts.services.links import make_link
from app.booking.models import AnswerPurpose, DeclineReason
from app.booking.services.answer_links import make_answer_link
from app.booking.services.comments import add_comment
from app.booking.services.decide import propose_time
from app.booking.services.refusals import add_refusal
from app.inventory.services.maintenance import carry_out
from app.needs.models import NeedState
from tests.accounts.making import GOOD_PASSWORD, token_for
from tests.admin.test_diary import TABLE
from tests.admin.test_imports import LIST, upload
from tests.admin.test_timetables import look
from tests.booking.making import ask
from tests.booking.outages.test_declare import fail
from tests.booking.services.test_waitlist import wait
from tests.booking.teaching.test_timetables import teach
from tests.booking.views.asking import send
from tests.cast import NOW, Cast
from tests.charges.making import ask_prices, charge
from tests.donations.making import agreed, arrived, in_service, offered, published_need
from tests.donations.views.test_give import GUEST, filled, link
from tests.inventory.upkeep import confirmed, planned, reported
from tests.occupancy.making import span
from tests.visitor import Visitor

NOT_PAGES = ("/api/", "/static/", "/assets/", "/healthz", "/readyz", "/metrics")
FILES = {
    "admin_equipment.list_of_lab",
    "admin_overrides.as_file",
    "booking.comment_file",
    "booking.gate_file",
    "booking.result",
    "calendars.lab_feed",
    "calendars.secret_feed",
    "charges.pro_forma",
    "charges.statement_file",
    "donations.file",
    "inventory.catalogue_file",
    "inventory.fault_photo",
    "inventory.file",
    "needs.on_paper",
    "reports.file",
    "site.sign_on_paper",
}
"""What is downloaded, and shows no page."""
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
        "/bookings/{reference}/cancel",
        "/calendar/entries/b1",
        "{take_over}",
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
    "liaison": [
        "/needs/{draft}/reject",
        "/organisation/2",
        "/donations/{gift}",
        "/donations/{waiting}",
        "/donations/{waiting}/decline",
    ],
    "manager": [
        "/needs/{draft}/edit",
        "/gaps/raman-spectroscopy/materials",
        "/bookings/{reference}/propose",
        "{diary}",
        "{list}",
        "{term}",
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
        "/activate/{activate}",
        "/reset/{reset}",
        "/invitations/{invited}",
        "{offer}",
        "/calendar/entries/b1",
        "/guide/company",
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


def pages(app: Flask) -> list[Rule]:
    """Every address behind which there is a page."""
    return [
        rule
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ())
        and not rule.rule.startswith(NOT_PAGES)
        and rule.endpoint not in FILES
    ]


def plain_pages(app: Flask) -> list[str]:
    """Those without parameters, which anybody may try."""
    return sorted(rule.rule for rule in pages(app) if not rule.arguments)


def furnished(app: Flask, cast: Cast) -> dict[str, object]:
    """Something of every kind, and how its pages are called."""
    charge(cast)
    ask_prices(cast)
    draft = published_need(cast, state=NeedState.UNDER_REVIEW, published_at=None)
    need = published_need(cast, quantity=2)
    gift, waiting = agreed(cast, need), offered(cast, need)
    in_service(cast, gift, arrived(cast, gift)[0])
    ids: dict[str, object] = {"draft": draft.id, "need": need.id, "gift": gift.id, "waiting": waiting.id}
    ids["reference"] = ask(cast.booker, cast.raman).reference
    ids["wait"] = wait(cast.boss, cast.raman, length=1, minutes=60).id
    ids |= letters(cast)
    ids |= {"outage": fail(cast, cast.microscope).id, "timetable": teach(cast, first_on=NOW.date()).id}
    ids |= {"fault": reported(cast, by=cast.rival).id, "known": confirmed(cast).id}
    plan = planned(cast, due_on=NOW.date() - timedelta(days=30))
    ids["plan"] = plan.id
    carry_out(actor=cast.manager, plan_id=plan.id, done_on=NOW.date(), note="Certificate 7")
    return ids | links(app.test_client(), cast) | kept_tables(app.test_client(), cast)


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


def links(client: Visitor, cast: Cast) -> dict[str, object]:
    """What mails lead to: an account, a new password, a company, and what was asked for as a guest."""
    _link, activate = make_link(TokenPurpose.ACTIVATE, email="new@example.com", user_id=cast.newcomer.id)
    _link, reset = make_link(TokenPurpose.RESET, email=cast.rival.email, user_id=cast.rival.id)
    invite_member(
        actor=cast.boss,
        organisation_id=cast.arta.id,
        email="invited@example.com",
        role=MembershipRole.MEMBER,
    )
    asked = {"organisation": "Zarin Steel", "name": "Sara Ahmadi", "email": cast.booker.email}
    send(client, cast.stations, password=GOOD_PASSWORD, **asked)
    take_over = f"/bookings/confirm/{token_for(cast.booker.email)}"
    client.submit("/donate", filled(cast, **GUEST), form="give")
    return {
        "activate": activate,
        "reset": reset,
        "invited": token_for("invited@example.com"),
        "take_over": take_over,
        "offer": link(),
    }


def kept_tables(client: Visitor, cast: Cast) -> dict[str, object]:
    """Tables that were handed in and not brought in yet: a list, a diary and a timetable."""
    client.sign_in(cast.manager)
    lab = str(cast.materials.id)
    diary = client.submit("/admin/diary", {"lab": lab, "pasted": TABLE}, form="diary")
    return {
        "diary": diary.location,
        "list": upload(client, LIST).location,
        "term": look(client, cast),
    }
