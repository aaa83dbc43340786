"""Which migrations this program brings, and what a database has had of them."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

_MIGRATIONS = Path(__file__).parents[2] / "migrations"


def heads() -> set[str]:
    """The last migrations of this program: a database it can work on is there, and no further."""
    return set(_scripts().get_heads())


def known() -> set[str]:
    """Every migration of this program: it can bring a database on from any of them."""
    return {script.revision for script in _scripts().walk_revisions()}


def revisions_of(connection: Connection) -> set[str]:
    """Where the database stands; empty for one without tables."""
    return set(MigrationContext.configure(connection).get_current_heads())


def missing_triggers(connection: Connection, names: Sequence[str]) -> list[str]:
    """Those of the triggers that are not in this database, or are switched off."""
    if connection.dialect.name == "sqlite":
        found = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    else:
        found = connection.exec_driver_sql(
            "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
        )
    present = {row[0] for row in found}
    return [name for name in names if name not in present]


@cache
def _scripts() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    return ScriptDirectory.from_config(config)
