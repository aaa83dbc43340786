"""What an organisation used in a month, added up. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """Why a date stands on a statement."""

    USED = "used"
    NO_SHOW = "no_show"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Charge:
    """What one lab asks for one date; without an amount, it was never priced."""

    lab_id: int
    kind: Kind
    amount: int | None
    currency: str | None
    is_paid: bool


@dataclass(frozen=True, slots=True)
class Total:
    """What one lab asks in one currency."""

    lab_id: int
    currency: str
    used: int
    unused: int
    """For time that was held and not used: nobody came, or it was called off late."""
    paid: int
    """Of both together."""

    @property
    def all(self) -> int:
        return self.used + self.unused

    @property
    def open(self) -> int:
        return self.all - self.paid


def totals(charges: Iterable[Charge]) -> list[Total]:
    """By lab and currency, in the order in which they first come; amounts of two currencies have no sum."""
    found: dict[tuple[int, str], list[Charge]] = {}
    for one in charges:
        if one.amount is not None and one.currency is not None:
            found.setdefault((one.lab_id, one.currency), []).append(one)
    return [
        Total(
            lab_id,
            currency,
            used=_sum(one for one in ones if one.kind is Kind.USED),
            unused=_sum(one for one in ones if one.kind is not Kind.USED),
            paid=_sum(one for one in ones if one.is_paid),
        )
        for (lab_id, currency), ones in found.items()
    ]


def _sum(charges: Iterable[Charge]) -> int:
    return sum(one.amount or 0 for one in charges)
