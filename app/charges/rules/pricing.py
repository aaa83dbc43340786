"""What a use costs: the prices in force on its day, in whole minor units. Pure.

An equipment's own list stands for its lab's. Of two prices for the same unit, that of the user's class
counts. Where samples are sent in and have a price, that stands for the price of the hours.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

HOUR = 60


class Unit(StrEnum):
    HOUR = "hour"
    SAMPLE = "sample"
    USE = "use"


UNITS = tuple(Unit)
"""In the order in which they are said."""


@dataclass(frozen=True, slots=True)
class Price:
    """So much for one of the unit, and at least `minimum` for all of it."""

    unit: Unit
    user_class: str | None
    """Whose price it is; None: everyone's who has no own."""
    amount: int
    minimum: int | None = None


@dataclass(frozen=True, slots=True)
class Prices:
    """A list: what a lab, or one equipment of it, asks from a day on. Without prices nothing is asked."""

    lab_id: int
    equipment_id: int | None
    valid_from: date
    currency: str
    prices: tuple[Price, ...]


@dataclass(frozen=True, slots=True)
class Use:
    """What is to be paid for: so many of an equipment for so long, with so many samples."""

    minutes: int
    quantity: int = 1
    samples: int | None = None
    """How many are sent in; None where none are, or nobody has said."""


@dataclass(frozen=True, slots=True)
class Priced:
    """A price, how much of its unit there is, and what it comes to."""

    price: Price
    measure: int
    """Minutes of an hour's price, samples of a sample's, one of a use's."""
    quantity: int
    amount: int


def in_force(lists: Iterable[Prices], *, lab_id: int, equipment_id: int, day: date) -> Prices | None:
    """The list that counts for the equipment on the local day; None: nobody asks anything."""
    begun = [one for one in lists if one.valid_from <= day and one.lab_id == lab_id]
    own = [one for one in begun if one.equipment_id == equipment_id]
    labs = [one for one in begun if one.equipment_id is None]
    return max(own or labs, key=lambda one: one.valid_from, default=None)


def priced(prices: Iterable[Price], use: Use, user_class: str | None) -> list[Priced]:
    """What the use comes to, a line for each price that counts; no price, no line (and not zero).

    Parts of an hour are paid by the minute. An amount is rounded once, half up, to the minor unit.
    """
    theirs = _of_class(prices, user_class)
    if use.samples and Unit.SAMPLE in theirs:
        theirs.pop(Unit.HOUR, None)
    else:
        theirs.pop(Unit.SAMPLE, None)
    return [_line(theirs[unit], use) for unit in UNITS if unit in theirs]


def total(lines: Sequence[Priced]) -> int:
    return sum(line.amount for line in lines)


def _of_class(prices: Iterable[Price], user_class: str | None) -> dict[Unit, Price]:
    """For each unit the price of the class, else everyone's."""
    found: dict[Unit, Price] = {}
    for price in prices:
        own = price.user_class is not None and price.user_class == user_class
        if own or (price.user_class is None and price.unit not in found):
            found[price.unit] = price
    return found


def _line(price: Price, use: Use) -> Priced:
    match price.unit:
        case Unit.HOUR:
            measure, quantity, parts = use.minutes, use.quantity, HOUR
        case Unit.SAMPLE:
            measure, quantity, parts = use.samples or 0, 1, 1  # the samples are so many, whatever does them
        case Unit.USE:
            measure, quantity, parts = 1, use.quantity, 1
    amount = half_up(price.amount * measure * quantity, parts)
    return Priced(price, measure, quantity, max(amount, price.minimum or 0))


def half_up(number: int, parts: int) -> int:
    """The number divided, rounded to the nearest; a half goes up. Never through a float."""
    return (2 * number + parts) // (2 * parts)
