"""What is true after every step of every story, read from the tables anew."""

from sqlalchemy import select, text

from app.booking.models import Occurrence, OccurrenceItem, OccurrenceState, Outcome, WaitlistEntry, WaitState
from app.booking.rules.states import HOLDING, TAKEN
from app.core.spans import Span
from app.extensions import db
from app.occupancy.models import Capacity, Claim, ClaimKind, ClaimUnit
from app.occupancy.rules.peaks import Taken, peak
from tests.occupancy.making import at

ORACLE = """
CREATE TEMPORARY TABLE oracle (equipment int8, during tstzrange,
  EXCLUDE USING gist (int8range(equipment, equipment, '[]') WITH &&, during WITH &&)) ON COMMIT DROP
"""


def no_more_than_there_is() -> None:
    whole = Span(at(-24), at(48))
    for capacity in db.session.scalars(select(Capacity)):
        rows = db.session.scalars(select(Claim).where(Claim.equipment_id == capacity.equipment_id))
        assert peak(whole, [Taken(row.span, row.quantity) for row in rows]) <= capacity.quantity


def claims_are_what_the_states_say() -> None:
    said = set()
    for item in db.session.scalars(select(OccurrenceItem).join(OccurrenceItem.occurrence)):
        date: Occurrence = item.occurrence
        waits = date.competes and date.state is OccurrenceState.REQUESTED
        assert date.holds == (date.state in HOLDING and not waits)
        if date.state in TAKEN and not waits:
            said.add((item.id, item.equipment_id, item.quantity, item.claimed_span))
    claims = db.session.scalars(select(Claim).where(Claim.kind == ClaimKind.BOOKING)).all()
    assert {(c.source_id, c.equipment_id, c.quantity, c.span) for c in claims} == said
    assert len(claims) == len(said)


def holds_are_what_is_offered() -> None:
    said = set()
    for entry in db.session.scalars(select(WaitlistEntry)):
        offers = [offer for offer in entry.offers if offer.outcome is Outcome.OPEN]
        assert len(offers) == (entry.state is WaitState.OFFERED)
        said |= {(one.id, one.equipment_id, entry.quantity, one.claimed) for one in offers}
        said |= {
            (its.offer_id, its.equipment_id, its.quantity, its.claimed) for o in offers for its in o.along
        }
    claims = db.session.scalars(select(Claim).where(Claim.kind == ClaimKind.HOLD)).all()
    assert {(c.source_id, c.equipment_id, c.quantity, c.span) for c in claims} == said
    assert len(claims) == len(said)


def no_unit_is_in_two_places() -> None:
    rows = db.session.execute(select(ClaimUnit.unit_id, Claim).join(ClaimUnit.claim)).all()
    for index, (unit, claim) in enumerate(rows):
        for other_unit, other in rows[index + 1 :]:
            assert unit != other_unit or not claim.span.overlaps(other.span)


def the_oracle_agrees() -> None:
    """PostgreSQL's own exclusion constraint takes every claim on equipment that there is one of."""
    db.session.execute(text(ORACLE))
    db.session.execute(
        text(
            "INSERT INTO oracle SELECT c.equipment_id, tstzrange(c.starts_at, c.ends_at) FROM claim c"
            " JOIN equipment_capacity k USING (equipment_id) WHERE k.quantity = 1"
        )
    )
    db.session.rollback()
