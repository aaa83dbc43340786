"""INSERT that says what happens when the row is there already; both databases speak ON CONFLICT."""

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

from app.extensions import db


def insert_into(table: Any) -> postgresql.Insert | sqlite.Insert:
    """An INSERT of this database's dialect, for `on_conflict_do_nothing` and `on_conflict_do_update`."""
    return (postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert)(table)


def insert_new(table: Any, **values: Any) -> bool:
    """Write the row unless a unique key of it is taken; whether it was written."""
    statement = insert_into(table).values(**values).on_conflict_do_nothing()
    result = db.session.execute(statement.returning(*table.__table__.primary_key.columns))
    return result.first() is not None
