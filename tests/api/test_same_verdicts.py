"""Forty requests, and every way to ask them: each hears the same of each.

A case is a wish and what the lab asks. The same wish is judged as a dry run, by the API (check and request),
on the page, as the only date of a series, as a move, as an approval of what was asked before the lab asked so
much, and as a time that was held on the waitlist.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from flask import Flask

from app.booking.errors import OutsidePolicy
from app.booking.models import Booking, Policy
from app.booking.queries.quotas import list_quotas
from app.booking.rules.allowances import Per
from app.booking.rules.recurrence import Recurrence
from app.booking.services.cancel import cancel_booking
from app.booking.services.decide import evaluate_again
from app.booking.services.move import check_move
from app.booking.services.policies import set_equipment_policy
from app.booking.services.quotas import lift_quota, set_quota
from app.booking.services.request import Request, check_booking, check_dates, request_booking
from app.booking.services.waitlist.answer import accept_held
from app.booking.services.waitlist.join import Awaited, join_waitlist, leave_waitlist
from app.booking.verdicts import Severity, Verdict
from app.booking.wording import worded
from app.core.errors import DomainError
from app.extensions import db
from app.inventory.models import Mode
from tests.api.caller import Caller, Document, token_of
from tests.booking.making import a_request
from tests.cast import Cast
from tests.occupancy.making import span
from tests.visitor import Visitor

Said = frozenset[tuple[str, str]]
"""What was found: code and severity of each verdict that is not simply met."""
EVENING, FRIDAY, ELSEWHERE = 11, 96, 48


@dataclass(frozen=True)
class Case:
    """A wish for the Raman spectrometer, what the lab asks of it, and what it has to hear."""

    codes: str
    """What stands against it, in words apart; '' for nothing but the lab's own answer."""
    start: float = 0
    length: float = 2
    mode: Mode = Mode.SELF
    samples: int | None = None
    quota: int | None = None
    """Minutes a week."""
    rules: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        asked = {"start": self.start, "length": self.length, "mode": self.mode.value, "quota": self.quota}
        return f"{self.codes or 'nothing'}: {asked | self.rules}"


def asks(codes: str, start: float = 0, length: float = 2, **rules: Any) -> Case:
    wish = {name: rules.pop(name) for name in ("mode", "samples", "quota") if name in rules}
    return Case(codes, start, length, rules=rules, **wish)


CASES = (
    asks(""),
    asks("", length=0.5),
    asks("", mode=Mode.OPERATOR),
    asks("", mode=Mode.SAMPLES, samples=3),
    asks("outside_hours", EVENING),
    asks("", EVENING - 2, outside_hours=True),
    asks("outside_hours", 8.5),
    asks("closed_day", FRIDAY),
    asks("closed_day", FRIDAY, outside_hours=True),
    asks("too_short", length=0.25),
    asks("too_short", min_minutes=150),
    asks("too_long", max_minutes=90),
    asks("too_long", length=9),
    asks("", length=9, max_minutes=600),
    asks("off_grid", grid_minutes=60),
    asks("off_grid", length=1.75, grid_minutes=30),
    asks("", grid_minutes=30),
    asks("too_soon", notice_minutes=48 * 60),
    asks("", notice_minutes=60),
    asks("too_far", ELSEWHERE, horizon_days=1),
    asks("too_far", ELSEWHERE, external_horizon_days=1),
    asks("", ELSEWHERE, horizon_days=5),
    asks("not_authorised", needs_authorisation=True),
    asks("", mode=Mode.OPERATOR, needs_authorisation=True),
    asks("no_agreement", needs_agreement=True),
    asks("paperwork_missing", needs_papers=["insurance"]),
    asks("paperwork_missing", needs_papers=["insurance", "identity"]),
    asks("quota_spent", quota=90),
    asks("", quota=120),
    asks("quota_spent", length=3, quota=150),
    asks("too_short off_grid", length=0.25, grid_minutes=60),
    asks("too_long too_soon", max_minutes=60, notice_minutes=48 * 60),
    asks("outside_hours too_short", EVENING, min_minutes=150),
    asks("outside_hours no_agreement", EVENING, needs_agreement=True),
    asks("not_authorised no_agreement", needs_authorisation=True, needs_agreement=True),
    asks("closed_day too_soon", FRIDAY, notice_minutes=30 * 24 * 60),
    asks("closed_day off_grid too_long", FRIDAY, grid_minutes=60, max_minutes=60),
    asks("too_long quota_spent", max_minutes=60, quota=60),
    asks("too_far no_agreement", ELSEWHERE, horizon_days=1, needs_agreement=True),
    asks("off_grid not_authorised", grid_minutes=60, needs_authorisation=True),
)  # fmt: skip
NOTHING_SAID = dict.fromkeys(
    column.name
    for column in Policy.__table__.columns
    if column.name not in ("id", "lab_id", "equipment_id", "needs_approval")
)
FREE = {
    "min_minutes": 5,
    "max_minutes": 24 * 60,
    "notice_minutes": 0,
    "horizon_days": 365,
    "outside_hours": True,
}
"""A lab that asks for next to nothing."""


@pytest.mark.parametrize(
    "case",
    [pytest.param(one, marks=() if n % 5 == 0 else pytest.mark.long) for n, one in enumerate(CASES)],
    ids=str,
)
def test_every_way_to_ask_hears_the_same(
    app: Flask, client: Visitor, cast: Cast, document: Document, case: Case
) -> None:
    api = Caller(app, document, token_of(cast.booker))
    client.sign_in(cast.booker)
    heard = dict(every_way(client, api, cast, case))
    wanted = frozenset((code, "block") for code in case.codes.split()) | {("lab_decides", "approval")}
    assert heard == dict.fromkeys(heard, wanted)
    assert {"dry run", "page", "series", "api check", "move", "request"} <= set(heard)


def test_there_are_forty_of_them() -> None:
    assert len(set(map(str, CASES))) == 40


def every_way(client: Visitor, api: Caller, cast: Cast, case: Case) -> Iterator[tuple[str, Said]]:
    """Each way to ask, and what is heard."""
    wish = wished(cast, case)
    free(cast)
    if check_booking(actor=cast.booker, request=wish).allowed:
        yield from approved_later(cast, case, wish)
        yield from held_before(cast, case, wish)
    there = request_booking(actor=cast.booker, request=a_request(cast.raman, start=24, mode=case.mode))
    lay_down(cast, case)
    yield "move", said(check_move(date=there.occurrences[0], span=wish.span).verdicts)
    call_off(cast, there)
    found = check_booking(actor=cast.booker, request=wish)
    yield "dry run", said(found.verdicts)
    yield "page", on_the_page(client, cast, case, found.verdicts)
    once = Recurrence(rrule="FREQ=DAILY;COUNT=1")
    (date,) = check_dates(actor=cast.booker, request=Request(**{**vars(wish), "recurrence": once}))
    yield "series", said(date.verdicts)
    yield "api check", told(api.post("/bookings/check", body(cast, case)).json["verdicts"])
    answer = api.post("/bookings", body(cast, case))
    refused = told(answer.json.get("verdicts", []))
    yield "request", refused or frozenset({("lab_decides", "approval")} if answer.status_code == 201 else ())


def approved_later(cast: Cast, case: Case, wish: Request) -> Iterator[tuple[str, Said]]:
    """Asked for while the lab asked for nothing, and judged again when it is to be approved."""
    booking = request_booking(actor=cast.booker, request=wish)
    lay_down(cast, case)
    yield "approve", said(evaluate_again(booking.occurrences[0]).verdicts)
    free(cast)
    call_off(cast, booking)


def held_before(cast: Cast, case: Case, wish: Request) -> Iterator[tuple[str, Said]]:
    """Waited for and held while the lab asked for nothing, and taken when it asks for more."""
    theirs = request_booking(actor=cast.rival, request=Request(**{**vars(wish), "organisation_id": None}))
    awaited = Awaited(
        minutes=wish.span.minutes, quantity=1, window=wish.span, equipment_id=cast.raman.id, mode=case.mode
    )
    entry = join_waitlist(actor=cast.booker, awaited=awaited)
    cancel_booking(actor=cast.rival, reference=theirs.reference)
    assert entry.open_offer is not None
    lay_down(cast, case)
    try:
        booking = accept_held(actor=cast.booker, entry_id=entry.id, purpose="x", samples=wish.samples)
    except OutsidePolicy as refused:
        yield "waitlist", said(refused.verdicts)
        free(cast)
    else:
        yield "waitlist", frozenset({("lab_decides", "approval")})
        free(cast)
        call_off(cast, booking)
    give_back(cast, entry.id)


def give_back(cast: Cast, entry_id: int) -> None:
    """What is still held is let go."""
    try:
        leave_waitlist(actor=cast.booker, entry_id=entry_id)
    except DomainError:
        db.session.rollback()


def lay_down(cast: Cast, case: Case) -> None:
    """What the lab asks from now on."""
    set_equipment_policy(actor=cast.manager, equipment_id=cast.raman.id, **(NOTHING_SAID | case.rules))
    if case.quota:
        set_quota(
            actor=cast.manager,
            lab_id=cast.materials.id,
            equipment_id=cast.raman.id,
            minutes=case.quota,
            per=Per.WEEK,
        )


def free(cast: Cast) -> None:
    """The lab asks for nothing."""
    set_equipment_policy(actor=cast.manager, equipment_id=cast.raman.id, **(NOTHING_SAID | FREE))
    for quota in list_quotas(cast.materials.id):
        lift_quota(actor=cast.manager, quota_id=quota.id)


def call_off(cast: Cast, booking: Booking) -> None:
    cancel_booking(actor=cast.booker, reference=booking.reference)


def wished(cast: Cast, case: Case) -> Request:
    return a_request(
        cast.raman, start=case.start, length=case.length, mode=case.mode, samples=samples(case), purpose="x"
    )


def samples(case: Case) -> dict[str, Any] | None:
    return {"count": case.samples, "hazards": "", "give_back": False} if case.samples else None


def body(cast: Cast, case: Case) -> dict[str, Any]:
    when = span(case.start, case.length)
    sent = {"count": case.samples, "hazards": "", "return": False} if case.samples else None
    return {
        "equipment": [{"id": cast.raman.id, "quantity": 1}],
        "starts_at": when.start.isoformat(),
        "ends_at": when.end.isoformat(),
        "mode": case.mode.value,
        "purpose": "x",
        "samples": sent,
    }


def on_the_page(client: Visitor, cast: Cast, case: Case, verdicts: tuple[Verdict, ...]) -> Said:
    """The verdicts whose words stand on the page that looks at the time."""
    zone = cast.site.zone
    when = span(case.start, case.length)
    start, end = when.start.astimezone(zone), when.end.astimezone(zone)
    query = f"date={start:%Y-%m-%d}&start={start:%H:%M}&end_date={end:%Y-%m-%d}&end={end:%H:%M}"
    many = f"&samples_count={case.samples}" if case.samples else ""
    page = client.page(f"/bookings/new?equipment={cast.raman.id}&{query}&mode={case.mode}{many}")
    shown = " ".join(page.text.split())
    with client.application.test_request_context():
        return said(one for one in verdicts if " ".join(worded(one, zone).text.split()) in shown)


def said(verdicts: Any) -> Said:
    return frozenset((v.code.value, v.severity.value) for v in verdicts if v.severity is not Severity.MET)


def told(verdicts: list[dict[str, Any]]) -> Said:
    return frozenset((one["code"], one["severity"]) for one in verdicts)
