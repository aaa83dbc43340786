"""Do what labs ask of those who come, and what was let pass, make sense?"""

from collections.abc import Iterator
from datetime import time
from itertools import pairwise

from sqlalchemy import and_, or_, select

from app.booking.models import (
    Authorisation,
    Occurrence,
    OccurrenceItem,
    Override,
    Policy,
    QuotaLimit,
    SampleDuration,
)
from app.extensions import db
from app.inventory.models import DatedHours, Equipment

DAY = 24 * 60


def grids_fit_a_day() -> Iterator[str]:
    """A grid that does not divide a day would begin anew at midnight in the middle of a step."""
    rows = db.session.execute(select(Policy.id, Policy.grid_minutes).where(Policy.grid_minutes > 0))
    for id_, grid in rows:
        if grid and DAY % grid:
            yield f"policy {id_}: a grid of {grid} minutes does not fit into a day"


def rights_stay_in_their_lab() -> Iterator[str]:
    """Quotas and authorisations of one equipment name its own lab."""
    for what, kind in (("quota", QuotaLimit), ("authorisation", Authorisation)):
        rows = db.session.execute(
            select(kind.id, kind.equipment_id)
            .join(Equipment, Equipment.id == kind.equipment_id)
            .where(Equipment.lab_id != kind.lab_id)
        )
        for id_, equipment_id in rows:
            yield f"{what} {id_}: equipment {equipment_id} is of another lab"


def overrides_are_about_their_dates() -> Iterator[str]:
    """Each has a reason, and the equipment it names, if any, is of its date."""
    asked = (
        select(OccurrenceItem.id)
        .where(
            OccurrenceItem.occurrence_id == Override.occurrence_id,
            OccurrenceItem.equipment_id == Override.equipment_id,
        )
        .exists()
    )
    wrong = or_(Override.reason == "", and_(Override.equipment_id.is_not(None), ~asked))
    for id_, occurrence_id in db.session.execute(select(Override.id, Override.occurrence_id).where(wrong)):
        yield f"override {id_} of date {occurrence_id}: without a reason, or about another equipment"


def late_dates_were_called_off() -> Iterator[str]:
    rows = db.session.execute(
        select(Occurrence.id, Occurrence.state).where(
            Occurrence.is_late_cancel, Occurrence.state != "cancelled"
        )
    )
    for id_, state in rows:
        yield f"date {id_}: {state}, and marked as called off late"


def more_samples_take_longer() -> Iterator[str]:
    last: tuple[int, int] | None = None
    rows = db.session.execute(
        select(SampleDuration.equipment_id, SampleDuration.up_to, SampleDuration.minutes).order_by(
            SampleDuration.equipment_id, SampleDuration.up_to
        )
    )
    for equipment_id, up_to, minutes in rows:
        if last is not None and last[0] == equipment_id and minutes < last[1]:
            yield f"equipment {equipment_id}: {up_to} samples take less time than fewer"
        last = (equipment_id, minutes)


def single_days_can_be_read() -> Iterator[str]:
    """Openings of a day end after they begin and follow each other."""
    for id_, hours in db.session.execute(select(DatedHours.id, DatedHours.hours)):
        try:
            pairs = [(time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in hours]
        except (TypeError, ValueError):
            yield f"hours of a day {id_}: cannot be read"
            continue
        ends = [(opens, closes if closes != time() else time.max) for opens, closes in pairs]
        in_order = all(before[1] <= after[0] for before, after in pairwise(ends))
        if not in_order or any(opens >= closes for opens, closes in ends):
            yield f"hours of a day {id_}: they overlap, or end before they begin"
