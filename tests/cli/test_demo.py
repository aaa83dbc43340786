"""The demo data: sound, the same every time, and only for an empty database that is not in production."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.accounts.models import Organisation, User
from app.accounts.passwords import is_right
from app.booking.models import Booking, Occurrence
from app.cli.demo import catalogue, diary
from app.cli.doctor import findings
from app.extensions import db
from app.inventory.models import Equipment, Lab

CONTRACT = (
    "admin@example.edu", "liaison@example.edu", "manager@example.edu", "safety@example.edu",
    "booker@example.com", "boss@example.com", "rival@example.net", "donor@example.org", "student@example.edu",
)  # fmt: skip


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """A few days instead of months: the story is the same, only shorter."""
    monkeypatch.setattr(diary, "DAYS_BACK", 6)
    monkeypatch.setattr(diary, "DAYS_AHEAD", 6)


def count(table: type) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_it_fills_an_empty_database_and_every_invariant_holds(app: Flask, short: None) -> None:
    done = app.test_cli_runner().invoke(args=["demo"])

    assert done.exit_code == 0, done.output
    assert (count(Lab), count(Equipment)) == (6, 60)
    assert {one.name_fa for one in db.session.scalars(select(Equipment))} == {
        t.name_fa for t in catalogue.THINGS
    }
    assert {"completed", "approved", "requested"} <= set(db.session.scalars(select(Occurrence.state)))
    assert list(findings()) == []
    emails = set(db.session.scalars(select(User.email)))
    assert emails >= set(CONTRACT)
    booker = db.session.scalars(select(User).where(User.email == "booker@example.com")).one()
    assert is_right(booker.password_hash, "demo")
    assert db.session.scalar(select(func.count(Organisation.id)).where(Organisation.kind == "company")) == 8


def test_a_second_time_it_says_so_and_changes_nothing(app: Flask, cast: object) -> None:
    before = (count(User), count(Booking))
    done = app.test_cli_runner().invoke(args=["demo"])
    assert done.exit_code == 1
    assert "nothing was changed" in done.output
    assert (count(User), count(Booking)) == before


def test_it_is_refused_in_production(make_app: Callable[..., Flask]) -> None:
    app = make_app(KARGAH_ENV="production")
    done = app.test_cli_runner().invoke(args=["demo"])
    assert done.exit_code == 1
    assert "not for production" in done.output
