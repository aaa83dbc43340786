"""The migrations make the schema of the models, leave it, and make it again, on both databases."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import CheckConstraint, Column, Integer, MetaData, Table, inspect, select, text
from sqlalchemy.engine import Connection
from sqlalchemy.sql.schema import Constraint

from app.accounts.models import User
from app.extensions import db
from app.occupancy.invariants import drop_statements, missing_triggers
from tests import cast as stage
from tests.cast import Cast
from tests.conftest import application, close
from tests.databases import Databases, both_databases, on_postgresql
from tests.house.reading import ROOT

BOOKKEEPING = "alembic_version"


@pytest.fixture
def bare_app(databases: Databases) -> Iterator[Flask]:
    """An application on a database that has no table yet."""
    url = databases.empty()
    app = application(url)
    with app.app_context():
        yield app
    close(app)
    databases.drop(url)


def drift(connection: Connection, metadata: MetaData) -> list[Any]:
    """What `flask db migrate` would write into a new migration."""
    context = MigrationContext.configure(
        connection,
        opts={"compare_type": True, "include_object": lambda *what: what[1] != BOOKKEEPING},
    )
    return list(compare_metadata(context, metadata))


def lost_constraints(connection: Connection, metadata: MetaData) -> Iterator[str]:
    """Constraints of the models that are not in the database. Alembic's comparison overlooks CHECKs."""
    look = inspect(connection)
    for table in metadata.sorted_tables:
        there = {check["name"] for check in look.get_check_constraints(table.name)}
        there |= {unique["name"] for unique in look.get_unique_constraints(table.name)}
        there |= {foreign["name"] for foreign in look.get_foreign_keys(table.name)}
        there.add(look.get_pk_constraint(table.name)["name"])
        for constraint in table.constraints:
            if _name(constraint) not in there:
                yield f"{table.name}: {_name(constraint) or constraint}"


def schema(connection: Connection) -> set[str]:
    """Everything in the database, by name: tables, columns, indexes and triggers."""
    look = inspect(connection)
    found = {
        f"{table}.{column['name']}" for table in look.get_table_names() for column in look.get_columns(table)
    }
    found |= {f"{index['name']}" for table in look.get_table_names() for index in look.get_indexes(table)}
    triggers = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }
    return found | {name for (name,) in connection.execute(text(triggers[connection.dialect.name]))}


def _name(constraint: Constraint) -> str | None:
    return str(constraint.name) if constraint.name else None


@both_databases
def test_the_database_at_head_is_what_the_models_say(app: Flask) -> None:
    with db.engine.connect() as connection:
        assert drift(connection, db.metadata) == []
        assert list(lost_constraints(connection, db.metadata)) == []
        assert missing_triggers(connection) == []


@both_databases
def test_a_drift_would_be_found(app: Flask) -> None:
    models = MetaData(naming_convention=db.metadata.naming_convention)
    for table in db.metadata.sorted_tables:
        table.to_metadata(models)
    Table("forgotten", models, Column("id", Integer, primary_key=True))
    models.tables["claim"].append_constraint(CheckConstraint("quantity < 9", name="planted"))

    with db.engine.connect() as connection:
        assert [change[0] for change in drift(connection, models)] == ["add_table"]
        models.remove(models.tables["forgotten"])
        assert list(lost_constraints(connection, models)) == ["claim: ck_claim_planted"]


@both_databases
def test_a_lost_trigger_would_be_found(app: Flask) -> None:
    with db.engine.connect() as connection:
        for statement in drop_statements(connection.dialect.name):
            connection.execute(text(statement))

        assert missing_triggers(connection) != []


@both_databases
def test_migrations_go_up_and_down_and_up_with_data(bare_app: Flask) -> None:
    upgrade()
    with db.engine.connect() as connection:
        first = schema(connection)
    stage.populate()
    db.session.remove()

    for _ in ScriptDirectory(str(ROOT / "migrations")).walk_revisions():
        downgrade()

    with db.engine.connect() as connection:
        assert inspect(connection).get_table_names() == [BOOKKEEPING]
        assert {name for name in schema(connection) if not name.startswith(BOOKKEEPING)} == set()
    upgrade()
    with db.engine.connect() as connection:
        assert schema(connection) == first
        assert drift(connection, db.metadata) == []


@both_databases
def test_the_last_migration_can_be_taken_back_without_losing_people(
    app: Flask, cast: Cast, save: Callable[..., None]
) -> None:
    before = {user.email for user in db.session.scalars(select(User))}
    db.session.remove()

    downgrade()
    upgrade()

    assert {user.email for user in db.session.scalars(select(User))} == before


@on_postgresql
def test_servers_that_start_together_migrate_once(databases: Databases) -> None:
    url = databases.empty()
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "db", "upgrade"]

    both = [subprocess.Popen(command, env=os.environ | {"DATABASE_URL": url}) for _ in range(2)]

    assert [process.wait(60) for process in both] == [0, 0]
    databases.drop(url)


def test_migrations_are_one_numbered_line() -> None:
    scripts = list(ScriptDirectory(str(ROOT / "migrations")).walk_revisions())
    names = sorted(path.name for path in (ROOT / "migrations" / "versions").glob("*.py"))

    assert len(scripts) == len(names)
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))
    assert all(len(script.nextrev) <= 1 for script in scripts), "two migrations follow the same one"
