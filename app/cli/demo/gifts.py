"""Two gifts: one in service for three months, one on its way to a need that everybody can read."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime, time, timedelta

from app.accounts.models import User
from app.booking.rules.facts import Want
from app.booking.services.decide import approve_booking
from app.booking.services.request import Request, request_booking
from app.cli.demo.wishes import wish_in_vain
from app.core import clock
from app.core.errors import DomainError
from app.core.spans import Span
from app.donations.models import Offer
from app.donations.rules.states import Condition, Result, ValueBasis
from app.donations.services.decide import accept_offer, sign_agreement
from app.donations.services.deliver import Arrived, commission, inspect, receive
from app.donations.services.offer import Line, draft_offer, submit_offer
from app.inventory.models import Equipment, Mode
from app.needs.models import Need
from app.needs.services.publish import publish_need
from app.needs.services.write import submit_need, write_need

GIVEN = "Liquid chromatograph, quaternary pump"
GIVEN_FA = "کروماتوگراف مایع با پمپ چهارگانه"
ASKING = (
    "booker@example.com",
    "rival@example.net",
    "zarvan@example.com",
    "golshid@example.com",
    "rastin@example.com",
)


def give_the_first(people: Mapping[str, User], equipment: Sequence[Equipment], today: datetime) -> Equipment:
    """What was missed five months ago, asked for, given, and in service since three months."""
    like = _called(equipment, "Liquid chromatograph")
    _take_all_of(like, people, today, days=range(-145, -130))
    wish_in_vain(_asking(people), like, today, days=range(-145, -130), a_day=1)
    need = _need(
        people["chemistry@example.edu"],
        like,
        today - timedelta(days=128),
        title="A third liquid chromatograph",
        title_fa="کروماتوگراف مایع سوم",
        justification="Food and medicine makers wait for weeks: two units are not enough.",
    )
    offer = _agreed(people, need, today, days_ago=120, description=GIVEN, number="1405/110/21")
    lab_id, staff = like.lab_id, people["chemistry@example.edu"]
    with clock.frozen(today - timedelta(days=100)):
        (unit,) = receive(
            actor=staff, offer_id=offer.id, lines=[Arrived(line_id=offer.lines[0].id, received=1)]
        )
    with clock.frozen(today - timedelta(days=97)):
        inspect(actor=staff, offer_id=offer.id, unit_id=unit.id, result=Result.PASS, note="Passed its test.")
    with clock.frozen(today - timedelta(days=92)):
        _, given = commission(
            actor=staff, offer_id=offer.id, unit_id=unit.id, lab_id=lab_id, responsible=staff.name
        )
    given.name_fa = GIVEN_FA
    return given


def promise_the_second(people: Mapping[str, User], equipment: Sequence[Equipment], today: datetime) -> None:
    """Two gaps of today; for one of them a published need, an agreed gift on its way, and another beyond."""
    raman, chamber = _called(equipment, "Raman spectrometer"), _called(equipment, "Climate chamber")
    wish_in_vain(_asking(people), raman, today, days=range(-85, 5), a_day=0.2)
    wish_in_vain(_asking(people)[1:], chamber, today, days=range(-60, 5), a_day=0.2)
    need = _need(
        people["manager@example.edu"],
        raman,
        today - timedelta(days=12),
        title="A second Raman spectrometer",
        title_fa="طیف‌سنج رامان دوم",
        justification="Battery makers check electrodes with it, polymer makers trace impurities, the food "
        "plant proves what is in a film. They need it in the same weeks, and there is one.",
        specification="785 nm and 532 nm, a microscope stage for samples up to 100 mm, maps of an area. "
        "There is a table of 90 × 75 cm and one 230 V socket, but no cooling water.",
    )
    _agreed(
        people, need, today, days_ago=9, description="Raman spectrometer, 785 nm, used", number="1405/110/63"
    )
    with clock.frozen(today - timedelta(days=1)):
        _offer(people["tavansaz@example.com"], need, "Portable Raman spectrometer")


def _take_all_of(equipment: Equipment, people: Mapping[str, User], today: datetime, *, days: range) -> None:
    """Days on which one company had booked all of it long before the others asked."""
    zone, staff = equipment.lab.site.zone, people["chemistry@example.edu"]
    for offset in days:
        day = (today + timedelta(days=offset)).astimezone(zone).date()
        start = datetime.combine(day, time(8), zone)
        request = Request(
            wants=[Want(equipment.id, len(equipment.units))],
            span=Span(start, start + timedelta(hours=8)),
            mode=Mode(equipment.modes[0]),
            purpose="Release of the autumn batches",
        )
        with clock.frozen(today - timedelta(days=149)), suppress(DomainError):  # it is closed on some days
            booking = request_booking(actor=people["barsam@example.com"], request=request)
            approve_booking(actor=staff, reference=booking.reference)


def _need(
    writer: User,
    like: Equipment,
    at: datetime,
    *,
    title: str,
    title_fa: str,
    justification: str,
    specification: str = "",
) -> Need:
    with clock.frozen(at):
        need = write_need(
            actor=writer,
            lab_id=like.lab_id,
            category_id=like.category_id,
            from_gap=True,
            title=title,
            title_fa=title_fa,
            quantity=1,
            justification=justification,
            specification=specification,
        )
        submit_need(actor=writer, need_id=need.id)
        return publish_need(actor=writer, need_id=need.id)


def _offer(giver: User, need: Need, description: str) -> Offer:
    line = Line(
        description=description,
        category_id=need.category_id,
        quantity=1,
        condition=Condition.USED,
        value_minor=12_000_000_000,
        currency="IRR",
        value_basis=ValueBasis.DONOR_DECLARED,
        need_ids=[need.id],
    )
    drafted = draft_offer(actor=giver, lines=[line], message="We renew our laboratory this winter.")
    return submit_offer(actor=giver, offer_id=drafted.id)


def _agreed(
    people: Mapping[str, User], need: Need, today: datetime, *, days_ago: int, description: str, number: str
) -> Offer:
    """Offered so long ago, accepted three days later, signed after two more."""
    at, liaison = today - timedelta(days=days_ago), people["liaison@example.edu"]
    with clock.frozen(at):
        offer = _offer(people["donor@example.org"], need, description)
    with clock.frozen(at + timedelta(days=3)):
        accept_offer(actor=liaison, offer_id=offer.id)
    with clock.frozen(at + timedelta(days=5)):
        return sign_agreement(actor=liaison, offer_id=offer.id, number=number, signed_on=clock.now().date())


def _asking(people: Mapping[str, User]) -> list[User]:
    return [people[email] for email in ASKING]


def _called(equipment: Sequence[Equipment], name: str) -> Equipment:
    return next(one for one in equipment if one.name == name)
