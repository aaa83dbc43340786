"""The demo data: sound, the same every time, and only for an empty database that is not in production."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.accounts.models import Organisation, User
from app.accounts.passwords import is_right
from app.booking.models import Booking, Occurrence, OccurrenceItem, WaitlistEntry
from app.cli.demo import catalogue, diary, gifts
from app.cli.doctor import findings
from app.extensions import db
from app.inventory.models import Equipment, Lab
from tests.conftest import application, build_at_head, close
from tests.databases import SqliteFiles
from tests.visitor import Visitor

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


def test_it_fills_an_empty_database_and_everybody_of_the_contract_signs_in(app: Flask, short: None) -> None:
    done = app.test_cli_runner().invoke(args=["demo"])

    assert done.exit_code == 0, done.output
    assert (count(Lab), count(Equipment)) == (6, 63)
    along = {"کارشناسان میکروسکوپ", "اتاق متالوگرافی"}
    names = {one.name_fa for one in db.session.scalars(select(Equipment))}
    assert names == {thing.name_fa for thing in catalogue.THINGS} | {gifts.GIVEN_FA} | along
    assert {"completed", "approved", "requested"} <= set(db.session.scalars(select(Occurrence.state)))
    assert set(db.session.scalars(select(WaitlistEntry.state))) == {"waiting", "offered"}
    assert list(findings()) == []
    emails = set(db.session.scalars(select(User.email)))
    assert emails >= set(CONTRACT)
    booker = db.session.scalars(select(User).where(User.email == "booker@example.com")).one()
    assert is_right(booker.password_hash, "demo")
    assert db.session.scalar(select(func.count(Organisation.id)).where(Organisation.kind == "company")) == 8
    for email in CONTRACT:
        visitor: Visitor = app.test_client()  # type: ignore[assignment]
        answer = visitor.submit("/sign-in", {"email": email, "password": "demo"}, form="/sign-in")
        assert answer.status_code in (302, 303), email


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


@pytest.mark.long
def test_the_same_instant_makes_the_same_story(
    short: None, sqlite_files: SqliteFiles, files: dict[str, str]
) -> None:
    first, second = (story_in_a_new_database(sqlite_files, files) for _ in range(2))

    assert first == second
    assert len(first) > 20


def story_in_a_new_database(sqlite_files: SqliteFiles, files: dict[str, str]) -> list[tuple[object, ...]]:
    """What was asked for, by whom, and what became of it; references are random and left out."""
    url = sqlite_files.copy("head", build_at_head)
    app = application(url, **files)
    with app.app_context():
        assert app.test_cli_runner().invoke(args=["demo"]).exit_code == 0
        rows = db.session.execute(
            select(
                User.email, Booking.purpose, Occurrence.starts_at, Occurrence.ends_at, Occurrence.state,
                Occurrence.requested_at, Occurrence.decided_at, Equipment.name, OccurrenceItem.quantity,
            )
            .join(Booking.requester)
            .join(Booking.occurrences)
            .join(Occurrence.items)
            .join(OccurrenceItem.equipment)
            .order_by(Occurrence.id, Equipment.name)
        )  # fmt: skip
        story = [tuple(row) for row in rows]
    close(app)
    sqlite_files.drop(url)
    return story
