"""The doctor finds what is planted about faults and maintenance."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import text, update

from app.cli.doctor import CHECKS, findings
from app.extensions import db
from app.inventory.models import Fault, MaintenanceDone, MaintenancePlan
from app.inventory.services.faults import dismiss_fault, repair_fault
from app.inventory.services.maintenance import carry_out
from tests.cast import NOW, Cast
from tests.inventory.upkeep import confirmed, planned, reported

STORY = "faults tell one story"
UNITS = "faults and plans are about their own units"
DUE = "maintenance is due after it was done"


@pytest.fixture
def kept(cast: Cast) -> Cast:
    """A fault in each state, and a plan that was carried out."""
    reported(cast, unit_id=cast.raman.units[0].id)
    confirmed(cast, of=cast.stations)
    repair_fault(actor=cast.manager, fault_id=confirmed(cast, of=cast.microscope).id)
    dismiss_fault(actor=cast.manager, fault_id=reported(cast, by=cast.rival).id, reason="It is meant so")
    plan = planned(cast, unit_id=cast.raman.units[0].id)
    carry_out(actor=cast.manager, plan_id=plan.id, done_on=date(2026, 11, 20))
    planned(cast, every=None, per=None)
    assert list(findings()) == []
    return cast


def unchecked(statement: object) -> None:
    """What the constraints of the table would refuse."""
    db.session.execute(text("PRAGMA ignore_check_constraints = ON"))
    db.session.execute(statement)  # type: ignore[call-overload]
    db.session.commit()
    db.session.execute(text("PRAGMA ignore_check_constraints = OFF"))


def in_state(state: str) -> object:
    return update(Fault).where(Fault.state == state)


def nobody_closed_it(_cast: Cast) -> None:
    unchecked(in_state("repaired").values(closed_at=None, closed_by_id=None))


def open_and_closed(_cast: Cast) -> None:
    unchecked(in_state("confirmed").values(closed_at=NOW, closed_by_id=1))


def confirmed_by_nobody(_cast: Cast) -> None:
    unchecked(in_state("confirmed").values(confirmed_at=None, confirmed_by_id=None, known_as=None))


def known_as_nothing(_cast: Cast) -> None:
    unchecked(in_state("confirmed").values(known_as=""))


def reported_and_confirmed(cast: Cast) -> None:
    unchecked(
        in_state("reported").values(confirmed_at=NOW, confirmed_by_id=cast.manager.id, known_as="The laser")
    )


def dismissed_without_a_reason(_cast: Cast) -> None:
    unchecked(in_state("dismissed").values(closing_note=""))


def repaired_before_it_was_reported(_cast: Cast) -> None:
    unchecked(in_state("repaired").values(closed_at=NOW - timedelta(days=1)))


def another_state_than_was_said(_cast: Cast) -> None:
    unchecked(in_state("repaired").values(state="dismissed", closing_note="It is meant so"))


def fault_of_another_unit(cast: Cast) -> None:
    unchecked(in_state("reported").values(unit_id=cast.stations.units[0].id))


def plan_of_another_unit(cast: Cast) -> None:
    unchecked(
        update(MaintenancePlan)
        .where(MaintenancePlan.unit_id.is_not(None))
        .values(unit_id=cast.stations.units[0].id)
    )


def done_after_it_is_due(_cast: Cast) -> None:
    unchecked(update(MaintenanceDone).values(done_on=date(2027, 6, 1)))


PLANTED: dict[Callable[[Cast], None], str] = {
    nobody_closed_it: STORY,
    open_and_closed: STORY,
    confirmed_by_nobody: STORY,
    known_as_nothing: STORY,
    reported_and_confirmed: STORY,
    dismissed_without_a_reason: STORY,
    repaired_before_it_was_reported: STORY,
    another_state_than_was_said: STORY,
    fault_of_another_unit: UNITS,
    plan_of_another_unit: UNITS,
    done_after_it_is_due: DUE,
}


@pytest.mark.parametrize("plant", PLANTED, ids=lambda plant: plant.__name__)
def test_what_is_planted_is_found(kept: Cast, plant: Callable[[Cast], None]) -> None:
    plant(kept)
    # SQLite's own look at the database finds what its constraints would have refused.
    found = {name for name, _sentence in findings()} - {"the database is whole"}
    assert found == {PLANTED[plant]}
    assert PLANTED[plant] in dict(CHECKS)
