"""A quote is made with the request, and never changes: what moves the booking makes another one."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.accounts.models import UserClass
from app.booking.events import BookingReplaced
from app.booking.models import Occurrence
from app.booking.rules.states import DeclineReason
from app.booking.services.cancel import cancel_booking
from app.booking.services.decide import approve_booking, decline_booking, propose_time
from app.booking.services.move import move_booking
from app.booking.services.transitions import happened
from app.charges.rules.pricing import Price, Unit
from app.charges.services.settle import mark_paid, set_purchase_order
from app.core.db import unit_of_work
from app.core.errors import Forbidden, InvalidInput, NotFound, WrongState
from app.core.event_log import EventRecord
from app.core.events import publish, untold
from app.extensions import db
from app.inventory.models import Mode
from app.notifications.models import Mail
from tests.booking.making import ask, weekly
from tests.cast import Cast
from tests.charges.making import HOURLY, ask_prices, charge, quotes_of
from tests.databases import both_databases
from tests.occupancy.making import span


@pytest.fixture(autouse=True)
def prices(cast: Cast) -> None:
    charge(cast)
    ask_prices(cast)


@both_databases
def test_a_request_is_quoted_in_the_prices_of_its_day_and_class(cast: Cast) -> None:
    cheap = Price(Unit.HOUR, UserClass.INTERNAL, 750_000)
    ask_prices(cast, HOURLY, cheap, Price(Unit.USE, None, 10), of=cast.raman)

    (quote,) = quotes_of(ask(cast.booker, cast.raman))
    (inside,) = quotes_of(ask(cast.student, cast.raman, start=3))

    assert (quote.number, quote.currency, quote.total, quote.replaced_at) == (1, "IRR", 3_000_010, None)
    assert [(line.unit, line.measure, line.unit_amount, line.amount, line.name) for line in quote.lines] == [
        (Unit.HOUR, 120, 1_500_000, 3_000_000, "Raman spectrometer"),
        (Unit.USE, 1, 10, 10, "Raman spectrometer"),
    ]
    assert inside.total == 1_500_010
    assert inside.lines[0].user_class is UserClass.INTERNAL


def test_without_a_price_there_is_no_quote(cast: Cast) -> None:
    assert quotes_of(ask(cast.rival, cast.oscilloscope)) == []


def test_a_site_that_asks_for_no_money_makes_no_quote(cast: Cast) -> None:
    charge(cast, on=False)

    assert quotes_of(ask(cast.booker, cast.raman)) == []


def test_what_is_approved_at_once_is_quoted_too_and_by_how_many(cast: Cast) -> None:
    (quote,) = quotes_of(ask(cast.booker, (cast.stations, 3), length=1))

    assert quote.total == 4_500_000


def test_samples_are_paid_by_their_number(cast: Cast) -> None:
    ask_prices(cast, HOURLY, Price(Unit.SAMPLE, None, 200_000), of=cast.raman)
    sent = {"count": 4, "hazards": "", "give_back": False}

    (quote,) = quotes_of(ask(cast.booker, cast.raman, mode=Mode.SAMPLES, samples=sent))

    assert quote.total == 800_000


def test_each_date_has_the_price_of_its_own_day(cast: Cast) -> None:
    ask_prices(cast, Price(Unit.HOUR, None, 2_000_000), since=date(2026, 11, 25))

    (quote,) = quotes_of(ask(cast.booker, cast.raman, recurrence=weekly(2)))

    assert [line.amount for line in quote.lines] == [3_000_000, 4_000_000]
    assert quote.total == 7_000_000


def test_new_prices_change_no_quote(cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)
    ask_prices(cast, Price(Unit.HOUR, None, 9))
    approve_booking(actor=cast.manager, reference=booking.reference)

    (quote,) = quotes_of(booking)

    assert quote.total == 3_000_000


def test_an_answer_makes_no_quote_for_what_was_asked_without_a_price(cast: Cast) -> None:
    charge(cast, on=False)
    booking = ask(cast.booker, cast.raman)
    charge(cast)

    approve_booking(actor=cast.manager, reference=booking.reference)

    assert quotes_of(booking) == []


@both_databases
def test_a_move_makes_a_new_quote_and_keeps_the_old(cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)
    ask_prices(cast, Price(Unit.HOUR, None, 2_000_000))

    move_booking(actor=cast.booker, reference=booking.reference, span=span(3, 2))

    old, new = quotes_of(booking)
    assert (old.total, old.replaced_at is None) == (3_000_000, False)
    assert (new.number, new.total, new.replaced_at) == (2, 4_000_000, None)
    assert new.lines[0].starts_at == span(3, 2).start


def test_moving_one_date_leaves_the_others_as_they_were_quoted(cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman, recurrence=weekly(2))
    ask_prices(cast, Price(Unit.HOUR, None, 2_000_000))
    later = booking.occurrences[1]

    move_booking(
        actor=cast.booker,
        reference=booking.reference,
        span=later.span.shift(timedelta(hours=2)),
        occurrence_ids=[later.id],
    )

    assert [line.amount for line in quotes_of(booking)[-1].lines] == [3_000_000, 4_000_000]


def test_a_date_that_is_called_off_in_time_is_not_asked_for(cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman, recurrence=weekly(2))

    cancel_booking(actor=cast.booker, reference=booking.reference, occurrence_ids=[booking.occurrences[1].id])

    old, new = quotes_of(booking)
    assert (old.total, new.total) == (6_000_000, 3_000_000)


def test_when_all_is_called_off_or_declined_the_quote_stays_as_it_was(cast: Cast) -> None:
    cancelled, declined = ask(cast.booker, cast.raman), ask(cast.booker, cast.raman, start=3)

    cancel_booking(actor=cast.booker, reference=cancelled.reference)
    decline_booking(
        actor=cast.manager, reference=declined.reference, reason_code=DeclineReason.OTHER, reason="No"
    )

    for booking in (cancelled, declined):
        (quote,) = quotes_of(booking)
        assert (quote.total, quote.replaced_at) == (3_000_000, None)


def test_a_time_without_a_price_ends_the_quote(cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)
    ask_prices(cast, Price(Unit.HOUR, UserClass.INTERNAL, 5))

    move_booking(actor=cast.booker, reference=booking.reference, span=span(3, 2))

    (quote,) = quotes_of(booking)
    assert quote.replaced_at is not None
    assert db.session.query(EventRecord).filter_by(name="QuoteDropped", subject_id=quote.id).count() == 1


def test_what_changes_while_it_is_switched_off_is_quoted_no_more(cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)
    charge(cast, on=False)

    move_booking(actor=cast.booker, reference=booking.reference, span=span(3, 2))
    charge(cast)

    (quote,) = quotes_of(booking)
    assert quote.replaced_at is not None


def test_the_labs_other_time_is_quoted_too(cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)

    propose_time(actor=cast.manager, reference=booking.reference, span=span(3, 4))

    assert [quote.total for quote in quotes_of(booking)] == [3_000_000, 6_000_000]


def test_what_an_outage_puts_on_other_equipment_is_priced_as_that(cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)
    ask_prices(cast, Price(Unit.HOUR, None, 2_000_000), of=cast.microscope)
    (date,) = booking.occurrences
    date.items[0].equipment_id = cast.microscope.id
    db.session.commit()

    _replaced(date, cast)

    assert [quote.lines[0].name for quote in quotes_of(booking)] == [
        "Raman spectrometer",
        "Scanning electron microscope",
    ]
    assert quotes_of(booking)[1].total == 4_000_000


@unit_of_work
def _replaced(date: Occurrence, cast: Cast) -> None:
    was = (cast.raman.id,)
    with untold():
        publish(happened(BookingReplaced, date, cast.manager, outage_id=1, from_equipment_ids=was))


def test_amounts_of_two_currencies_have_no_sum(cast: Cast) -> None:
    ask_prices(cast, of=cast.stations, currency="EUR")

    assert quotes_of(ask(cast.booker, cast.raman, cast.stations)) == []
    assert len(quotes_of(ask(cast.booker, cast.stations))) == 1


@both_databases
def test_the_office_says_what_was_paid_and_takes_it_back(cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)

    paid = mark_paid(actor=cast.liaison, reference=booking.reference, number=1)
    assert (paid.paid_at is not None, paid.paid_by_id) == (True, cast.liaison.id)

    unpaid = mark_paid(actor=cast.admin, reference=booking.reference, number=1, paid=False)
    assert (unpaid.paid_at, unpaid.paid_by_id) == (None, None)
    names = [row.name for row in db.session.query(EventRecord).filter_by(subject_kind="quote")]
    assert names == ["QuoteMade", "QuotePaid", "QuoteUnpaid"]


@pytest.mark.parametrize(
    ("who", "refusal"),
    [("booker", Forbidden), ("boss", Forbidden), ("manager", Forbidden), ("rival", NotFound),
     ("other_manager", NotFound), ("loner", NotFound)],
)  # fmt: skip
def test_nobody_else_says_so(cast: Cast, who: str, refusal: type[Exception]) -> None:
    booking = ask(cast.booker, cast.raman)

    with pytest.raises(refusal):
        mark_paid(actor=getattr(cast, who), reference=booking.reference, number=1)


def test_what_was_replaced_is_not_paid_by_mistake(cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)
    move_booking(actor=cast.booker, reference=booking.reference, span=span(3, 3))

    with pytest.raises(WrongState):
        mark_paid(actor=cast.liaison, reference=booking.reference, number=1)


def test_a_move_that_costs_the_same_stays_paid_and_keeps_the_order(cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)
    mark_paid(actor=cast.liaison, reference=booking.reference, number=1)
    set_purchase_order(actor=cast.booker, reference=booking.reference, number=1, purchase_order="PO 7")

    move_booking(actor=cast.booker, reference=booking.reference, span=span(3, 2))
    same = quotes_of(booking)[-1]
    move_booking(actor=cast.booker, reference=booking.reference, span=span(3, 3))
    dearer = quotes_of(booking)[-1]

    assert (same.paid_by_id, same.purchase_order) == (cast.liaison.id, "PO 7")
    assert (dearer.paid_at, dearer.purchase_order) == (None, "PO 7")


def test_a_company_gives_its_own_number_and_nobody_elses(cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)
    of_arta = {"reference": booking.reference, "number": 1}

    quote = set_purchase_order(actor=cast.boss, purchase_order="  4500\n17 ", **of_arta)

    assert quote.purchase_order == "4500 17"
    with pytest.raises(NotFound):
        set_purchase_order(actor=cast.rival, purchase_order="1", **of_arta)
    with pytest.raises(Forbidden):
        set_purchase_order(actor=cast.manager, purchase_order="1", **of_arta)
    with pytest.raises(InvalidInput):
        set_purchase_order(actor=cast.boss, purchase_order="1" * 61, **of_arta)


def test_what_is_switched_off_is_not_there(cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)
    charge(cast, on=False)

    with pytest.raises(NotFound):
        mark_paid(actor=cast.liaison, reference=booking.reference, number=1)


def test_who_asked_hears_that_it_costs_something_else(cast: Cast) -> None:
    def letters() -> list[str]:
        found = select(Mail).where(Mail.subject.contains("costs")).order_by(Mail.id)
        return [mail.address for mail in db.session.scalars(found)]

    booking = ask(cast.booker, cast.raman)
    move_booking(actor=cast.booker, reference=booking.reference, span=span(3, 2))
    assert letters() == [], "the first is no news, and as long costs the same"
    move_booking(actor=cast.booker, reference=booking.reference, span=span(3, 3))
    assert letters() == [cast.booker.email]
