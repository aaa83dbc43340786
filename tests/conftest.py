"""Fixtures of every test: an application on a database of its own, a visitor, the cast, a still clock."""

import gc
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import hypothesis
import pytest
from flask import Flask
from flask_migrate import upgrade

from app import create_app
from app.accounts import passwords
from app.core import clock
from app.extensions import db, limiter
from app.web import steadily
from tests import cast as stage
from tests.databases import Databases, PostgresDatabases, SqliteFiles, postgres_server
from tests.visitor import Visitor
from tools.translate import compile_stale

# Before any application is made: the machine's own settings are no part of a test.
for name in ("DATABASE_URL", "KARGAH_NOW", "PUBLIC_URL", "MAIL_URL", "RATE_LIMIT_STORAGE"):
    os.environ.pop(name, None)
os.environ["KARGAH_ENV"] = "testing"
os.environ["SECRET_KEY"] = "tests only, and long enough to be taken"

# A busy machine is no fault of the code, and a fast test gives the same answer each time it is asked;
# the long tests (HYPOTHESIS_PROFILE=long) look for new examples.
hypothesis.settings.register_profile("fast", deadline=None, derandomize=True)
hypothesis.settings.register_profile("long", deadline=None)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fast"))


@pytest.fixture(autouse=True)
def still_clock() -> Iterator[None]:
    """Every test takes place at the same instant (tests.cast.NOW)."""
    with clock.frozen(stage.NOW):
        yield


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords are hashed with the least work; tests about the work itself make their own hasher."""
    monkeypatch.setattr(passwords, "hasher", stage.QUICK)


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Answers come when they are ready; tests about the time they take set the wait themselves."""
    monkeypatch.setattr(steadily, "WHILE_SECONDS", 0.0)


@pytest.fixture(scope="session")
def sqlite_files(tmp_path_factory: pytest.TempPathFactory) -> SqliteFiles:
    return SqliteFiles(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgres_databases() -> Iterator[PostgresDatabases]:
    # Not pytest's folder: another run of pytest closes that to everybody but its owner, and as root
    # the server runs as somebody else.
    with TemporaryDirectory(prefix="kargah-postgres-") as folder, postgres_server(Path(folder)) as address:
        databases = PostgresDatabases(address)
        yield databases
        databases.close()


@pytest.fixture
def dialect(request: pytest.FixtureRequest) -> str:
    """'sqlite', unless the test is marked @both_databases or @on_postgresql."""
    return str(getattr(request, "param", "sqlite"))


@pytest.fixture
def databases(dialect: str, request: pytest.FixtureRequest) -> Databases:
    kind = "sqlite_files" if dialect == "sqlite" else "postgres_databases"
    return request.getfixturevalue(kind)  # type: ignore[no-any-return]


@pytest.fixture
def database_url(databases: Databases, request: pytest.FixtureRequest) -> Iterator[str]:
    """A database at head, with the cast in it if the test asks for the cast.

    New for each test, and always at the same address: so one application can serve them all.
    """
    if "cast" in request.fixturenames:
        url = databases.copy("cast", build_with_cast, name="test")
    else:
        url = databases.copy("head", build_at_head, name="test")
    yield url
    databases.drop(url)


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    """Settings that keep the files of this test to itself."""
    return {"MAIL_URL": f"file://{tmp_path / 'mail'}", "UPLOADS": str(tmp_path / "uploads")}


@pytest.fixture
def make_app(database_url: str, files: dict[str, str]) -> Iterator[Callable[..., Flask]]:
    """Makes applications of this test's own on its database; keywords override settings."""
    made: list[Flask] = []

    def make(**settings: Any) -> Flask:
        app = application(database_url, **files | settings)
        made.append(app)
        return app

    yield make
    for app in made:
        close(app)


@pytest.fixture(scope="session")
def kept_apps() -> dict[str, Flask]:
    """Applications by the address of their database: to make one takes longer than most tests."""
    return {}


@pytest.fixture
def app(kept_apps: dict[str, Flask], database_url: str, files: dict[str, str]) -> Iterator[Flask]:
    """The application; its context is open, so a test may call services and queries at once.

    It is used again by the next test, with its settings as they were. A test that changes more than
    settings (plants a page, say) takes one from make_app.
    """
    app = kept_apps.get(database_url) or application(database_url)
    kept_apps[database_url] = app
    settings = dict(app.config)
    app.config.update(files)
    with app.app_context():
        yield app
    close(app)
    limiter.reset()
    app.config.clear()
    app.config.update(settings)


@pytest.fixture
def client(app: Flask) -> Visitor:
    """Somebody who is not signed in. For another one at the same time: app.test_client()."""
    return app.test_client()  # type: ignore[return-value]


@pytest.fixture
def cast(app: Flask) -> stage.Cast:
    """The people and things of tests/cast.py."""
    return stage.Cast.load()


@pytest.fixture
def save(app: Flask) -> Callable[..., None]:
    """save(row, …): what the test made is in the database, for everybody to see."""

    def save(*rows: object) -> None:
        db.session.add_all(rows)
        db.session.commit()

    return save


def application(url: str, **settings: Any) -> Flask:
    """An application for tests, on this database."""
    instant = stage.NOW.isoformat()  # create_app() sets the clock
    app = create_app({"SQLALCHEMY_DATABASE_URI": url, "KARGAH_NOW": instant, **settings})
    app.test_client_class = Visitor
    return app


def close(app: Flask) -> None:
    """Let go of every connection, or the database could not be dropped or copied."""
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def build_at_head(url: str) -> None:
    app = application(url)
    with app.app_context():
        upgrade()
    close(app)


def build_with_cast(url: str) -> None:
    build_at_head(url)
    app = application(url)
    with app.app_context():
        stage.populate()
    close(app)


def pytest_collection_finish(session: pytest.Session) -> None:
    """What is imported by now stays to the end: there is no need to look through it for garbage."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def pytest_configure(config: pytest.Config) -> None:
    """Read the translations as they stand in the tree, not as they were when somebody last ran setup."""
    if not hasattr(config, "workerinput"):  # with several processes, the first does it for all
        compile_stale()


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """The last lines say what was not tested and why."""
    skipped = terminalreporter.stats.get("skipped", [])
    if not skipped:
        return
    reasons: dict[str, int] = {}
    for report in skipped:
        reason = str(report.longrepr[2]).removeprefix("Skipped: ")
        reasons[reason] = reasons.get(reason, 0) + 1
    terminalreporter.section("Not tested on this machine")
    for reason, count in sorted(reasons.items()):
        terminalreporter.write_line(f"{count} skipped: {reason}")
