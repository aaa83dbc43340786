"""What becomes of a fault."""

from itertools import product

from app.inventory.rules.faults import OPEN, FaultState, may_become


def test_what_is_over_stays_over_and_nothing_becomes_itself() -> None:
    every = set(product(FaultState, FaultState))
    assert {pair for pair in every if may_become(*pair)} == {
        (FaultState.REPORTED, FaultState.CONFIRMED),
        *product(OPEN, (FaultState.REPAIRED, FaultState.DISMISSED)),
    }
