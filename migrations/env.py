"""Alembic's entrance: migrations run on the application's own engine, inside one transaction.

SQLite rebuilds tables in batch mode, and a rebuild silently drops their triggers: a migration that
alters claim, equipment_capacity or event must install them again (a test looks).
"""

from typing import Any

from alembic import context
from flask import current_app
from sqlalchemy import Connection, text

from app.core.db import UtcDateTime

db = current_app.extensions["migrate"].db


def render_item(kind: str, item: Any, _context: Any) -> str | bool:
    """Migrations are history: they name plain types, not ours, which may change."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def run_online() -> None:
    with db.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_item=render_item,
            render_as_batch=connection.dialect.name == "sqlite",
            compare_type=True,
            transactional_ddl=True,
        )
        with context.begin_transaction():
            wait_for_other_migrators(connection)
            context.run_migrations()


def wait_for_other_migrators(connection: Connection) -> None:
    """Of two servers that start together, the second finds the work done. (SQLite has one server.)"""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('kargah migrations'))"))


def run_offline() -> None:
    """`flask db upgrade --sql`: the same as a script, for a database somebody else runs."""
    context.configure(
        url=str(db.engine.url), target_metadata=db.metadata, literal_binds=True, render_item=render_item
    )
    with context.begin_transaction():
        context.run_migrations()


if context.is_offline_mode():
    run_offline()
else:
    run_online()
