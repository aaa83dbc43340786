"""The server starts only on a database that refuses a double booking."""

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from app.extensions import db
from app.inventory.models import Equipment
from app.occupancy.services.canary import CanaryDead, prove
from tests.databases import both_databases


@both_databases
def test_it_lives_and_leaves_nothing_behind(app: Flask) -> None:
    prove(db.engine)
    assert db.session.scalar(select(func.count(Equipment.id))) == 0


@both_databases
def test_a_missing_trigger_is_named(app: Flask, dialect: str) -> None:
    on = " ON claim" if dialect == "postgresql" else ""
    db.session.execute(text(f"DROP TRIGGER claim_capacity{on}"))
    db.session.commit()
    with pytest.raises(CanaryDead, match="claim_capacity"):
        prove(db.engine)


def test_a_trigger_that_does_nothing_is_found_out(app: Flask) -> None:
    db.session.execute(text("DROP TRIGGER claim_capacity"))
    db.session.execute(text("CREATE TRIGGER claim_capacity AFTER INSERT ON claim WHEN 0 BEGIN SELECT 1; END"))
    db.session.commit()
    with pytest.raises(CanaryDead, match="accepted a double booking"):
        prove(db.engine)
