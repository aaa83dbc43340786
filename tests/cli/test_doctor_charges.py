"""What is wrong with prices and quotes is found."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import delete, text, update

from app.booking.services.move import move_booking
from app.charges.models import PriceList, Quote, QuoteLine
from app.charges.services.settle import mark_paid
from app.cli.doctor import findings
from app.extensions import db
from tests.booking.making import ask
from tests.cast import NOW, Cast
from tests.charges.making import ask_prices, charge
from tests.occupancy.making import span


@pytest.fixture
def charging(cast: Cast) -> Cast:
    """A quote that was paid and replaced by one that costs the same; another one; a list of its own."""
    charge(cast)
    ask_prices(cast)
    ask_prices(cast, of=cast.raman)
    booking = ask(cast.booker, cast.raman)
    mark_paid(actor=cast.liaison, reference=booking.reference, number=1)
    move_booking(actor=cast.booker, reference=booking.reference, span=span(3, 2))
    ask(cast.rival, cast.stations)
    return cast


def test_what_is_kept_of_money_is_healthy(app: Flask, charging: Cast) -> None:
    assert list(findings()) == []


def wrong_sum(_cast: Cast) -> None:
    db.session.execute(update(QuoteLine).where(QuoteLine.quote_id == 1).values(amount=1))


def no_lines(_cast: Cast) -> None:
    db.session.execute(delete(QuoteLine).where(QuoteLine.quote_id == 2))


def two_that_count(_cast: Cast) -> None:
    db.session.execute(text("DROP INDEX uq_quote_current"))
    db.session.execute(update(Quote).values(replaced_at=None))


def another_bookings_line(_cast: Cast) -> None:
    db.session.execute(update(QuoteLine).where(QuoteLine.quote_id == 3).values(occurrence_id=1))


def paid_behind_everybodys_back(cast: Cast) -> None:
    db.session.execute(update(Quote).where(Quote.id == 3).values(paid_at=NOW, paid_by_id=cast.booker.id))


def prices_of_another_lab(cast: Cast) -> None:
    of_one = PriceList.equipment_id.is_not(None)
    db.session.execute(update(PriceList).where(of_one).values(lab_id=cast.electronics.id))


@pytest.mark.parametrize(
    ("plant", "finding"),
    [
        (wrong_sum, "the total of a quote is the sum of its lines"),
        (no_lines, "the total of a quote is the sum of its lines"),
        (two_that_count, "one quote of a booking counts, and it is the last"),
        (another_bookings_line, "quotes are of their booking"),
        (paid_behind_everybodys_back, "what is paid was said to be"),
        (prices_of_another_lab, "prices are of their lab"),
    ],
)
def test_each_planted_corruption_is_found(
    app: Flask, charging: Cast, plant: Callable[[Cast], None], finding: str
) -> None:
    plant(charging)
    db.session.commit()

    assert {name for name, _sentence in findings()} == {finding}
