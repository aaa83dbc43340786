"""The one writer: all or nothing, touching is free, and the database has the last word."""

from datetime import timedelta

import pytest
from sqlalchemy import func, insert, select, text
from sqlalchemy.exc import DBAPIError

from app.core.db import unit_of_work
from app.extensions import db
from app.occupancy.errors import SlotTaken
from app.occupancy.models import LONGEST_CLAIM, Claim, ClaimKind
from app.occupancy.services import claims
from tests.cast import Cast
from tests.databases import both_databases
from tests.occupancy.making import at, claim, source, span


def held(number: int) -> list[tuple[int, int]]:
    rows = db.session.execute(select(Claim.equipment_id, Claim.quantity).where(Claim.source_id == number))
    return [tuple(row) for row in rows]


@both_databases
def test_a_second_claim_of_the_only_unit_is_refused(cast: Cast) -> None:
    claim(1, (cast.raman.id, span(0, 1), 1))
    with pytest.raises(SlotTaken):
        claim(2, (cast.raman.id, span(0.5, 1), 1))
    assert held(2) == []


@both_databases
def test_touching_claims_and_other_equipment_are_free(cast: Cast) -> None:
    claim(1, (cast.raman.id, span(0, 1), 1))
    claim(2, (cast.raman.id, span(1, 1), 1))
    claim(3, (cast.oscilloscope.id, span(0, 1), 1))
    assert held(2) == [(cast.raman.id, 1)]


@both_databases
def test_a_pool_is_counted_by_its_exact_peak(cast: Cast) -> None:
    claim(1, (cast.stations.id, span(0, 1), 2))
    claim(2, (cast.stations.id, span(1, 1), 2))
    claim(3, (cast.stations.id, span(0, 2), 2))  # 4 of 4 at each instant, though 6 are claimed in all
    with pytest.raises(SlotTaken):
        claim(4, (cast.stations.id, span(1.5, 1), 1))


@both_databases
def test_several_things_are_claimed_all_or_none(cast: Cast) -> None:
    claim(1, (cast.raman.id, span(0, 1), 1))
    with pytest.raises(SlotTaken):
        claim(2, (cast.oscilloscope.id, span(0, 1), 1), (cast.raman.id, span(0, 1), 1))
    assert held(2) == []


@both_databases
def test_replacing_moves_over_its_own_time_and_swaps_two_full_things(cast: Cast) -> None:
    claim(1, (cast.raman.id, span(0, 2), 1))
    claim(1, (cast.raman.id, span(1, 2), 1))
    claim(2, (cast.oscilloscope.id, span(1, 2), 1))

    @unit_of_work
    def swap() -> None:
        claims.replace(
            {
                source(1): [claims.Wanted(cast.oscilloscope.id, span(1, 2), 1)],
                source(2): [claims.Wanted(cast.raman.id, span(1, 2), 1)],
            }
        )

    swap()
    assert held(1) == [(cast.oscilloscope.id, 1)]
    assert held(2) == [(cast.raman.id, 1)]


def test_what_stays_keeps_its_row(cast: Cast) -> None:
    claim(1, (cast.raman.id, span(0, 1), 1), (cast.oscilloscope.id, span(0, 1), 1))
    ids = {row.equipment_id: row.id for row in db.session.scalars(select(Claim))}
    claim(1, (cast.raman.id, span(0, 1), 1))
    assert [(row.equipment_id, row.id) for row in db.session.scalars(select(Claim))] == [
        (cast.raman.id, ids[cast.raman.id])
    ]


@both_databases
def test_what_is_longer_than_a_claim_may_be_is_chopped(cast: Cast) -> None:
    days = LONGEST_CLAIM.days * 2 + 1
    claim(1, (cast.raman.id, span(0, 24 * days), 1))
    lengths = [row.span.length for row in db.session.scalars(select(Claim).order_by(Claim.starts_at))]
    assert lengths == [LONGEST_CLAIM, LONGEST_CLAIM, timedelta(days=1)]


def test_claims_are_written_inside_a_unit_of_work_only(cast: Cast) -> None:
    with pytest.raises(RuntimeError, match="inside a unit of work"):
        claims.replace({source(1): [claims.Wanted(cast.raman.id, span(0, 1), 1)]})


def raw(equipment_id: int, start: float, end: float, quantity: int = 1):  # type: ignore[no-untyped-def]
    return insert(Claim).values(
        equipment_id=equipment_id,
        quantity=quantity,
        starts_at=at(start),
        ends_at=at(end),
        kind=ClaimKind.BOOKING,
        source_id=99,
    )


@both_databases
def test_the_database_refuses_what_no_service_was_asked(cast: Cast) -> None:
    claim(1, (cast.raman.id, span(0, 1), 1))
    with pytest.raises(DBAPIError, match="claim_capacity"):
        db.session.execute(raw(cast.raman.id, 0.5, 2))
    db.session.rollback()
    assert db.session.scalar(select(func.count(Claim.id))) == 1


@both_databases
def test_the_database_refuses_an_update_into_taken_time(cast: Cast) -> None:
    claim(1, (cast.raman.id, span(0, 1), 1))
    claim(2, (cast.raman.id, span(1, 1), 1))
    with pytest.raises(DBAPIError, match="claim_capacity"):
        db.session.execute(text("UPDATE claim SET starts_at = :at WHERE source_id = 2"), {"at": raw_at(0.5)})
    db.session.rollback()


def raw_at(hours: float) -> str:
    return at(hours).strftime("%Y-%m-%d %H:%M:%S.%f")


@both_databases
@pytest.mark.parametrize(
    ("start", "end", "quantity"),
    [(1, 1, 1), (2, 1, 1), (0, 1, 0), (0, 1, -1), (0, 24 * 14 + 0.1, 1), (0, 1, 10**9)],
)
def test_the_database_refuses_claims_that_make_no_sense(
    cast: Cast, start: float, end: float, quantity: int
) -> None:
    with pytest.raises(DBAPIError):
        db.session.execute(raw(cast.raman.id, start, end, quantity))
    db.session.rollback()
